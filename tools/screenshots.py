"""Take the README's pictures from a running demo into docs/pictures/.

make demo                                        in one window
make screenshots                                 in another (BASE=http://localhost:8123 for another port)
"""

import sys
from collections.abc import Callable
from pathlib import Path

import browser
from playwright.sync_api import Error, Page, sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MOST_BYTES = 400_000
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 780}


def be(page: Page, base: str, slug: str) -> None:
    """Log in as one of the demo's people."""
    page.goto(f"{base}/demo/")
    page.locator(f"form[action$='/ver/{slug}/'] button").click()
    page.wait_for_load_state()


def request_page(page: Page, base: str) -> None:
    """The leader of the volunteer centre looks for someone to ask: the first wish that has suggestions."""
    be(page, base, "ragnhild")
    page.goto(f"{base}/onske/")
    own = "a[href^='/onske/']"
    addresses = page.locator(own).evaluate_all("links => links.map(a => a.getAttribute('href'))")
    for address in (a for a in dict.fromkeys(addresses) if a.count("/") == 3):
        page.goto(base + address)
        if page.locator(".suggestion").count():
            return
    page.goto(f"{base}/i-dag/")


def phone_page(page: Page, base: str) -> None:
    """A visitor asks for help, in large type and with the telephone number in sight."""
    page.goto(f"{base}/hjelp/")


PICTURES: dict[str, tuple[dict[str, int], int, Callable[[Page, str], None]]] = {
    "request.png": (DESK, 1, request_page),
    "phone.png": (PHONE, 2, phone_page),
}


def take(base: str) -> list[str]:
    """Take every picture; return what is wrong with them, as sentences."""
    faults = []
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=["--no-sandbox"])
        for name, (size, scale, go) in PICTURES.items():
            context = chromium.new_context(
                viewport=size,  # type: ignore[arg-type] -- a plain dict, as the library takes it
                device_scale_factor=scale, locale="nn-NO", reduced_motion="reduce",
            )  # fmt: skip
            page = context.new_page()
            go(page, base)
            page.evaluate("document.activeElement && document.activeElement.blur()")
            path = TARGET / name
            page.screenshot(path=path)
            print(f"{path.name}: {path.stat().st_size // 1000} kB")
            if path.stat().st_size > MOST_BYTES:
                faults.append(f"{name} is larger than {MOST_BYTES // 1000} kB.")
            context.close()
        chromium.close()
    return faults


if __name__ == "__main__":
    try:
        wrong = take((sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000").rstrip("/"))
    except Error as error:
        sys.exit(f"No demo could be photographed: start one with `make demo`. ({str(error).splitlines()[0]})")
    if wrong:
        sys.exit("\n".join(wrong))
