"""Find a Chromium for the tests, or fetch one: the machine's own, else by apt when root, else Playwright's.

python tools/browser.py      print where it is; fetch it when there is none

Its form without windows (headless shell) does the same in four fifths of the time: it is taken first where there is
one, and CI fetches it even where there is another.
"""

import os
import shutil
import subprocess
import sys

SHELL = "chromium-headless-shell"
NAMES = (
    SHELL,
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)


def installed() -> str | None:
    """The browser of this machine: named by SAMTUN_CHROMIUM, or on the path."""
    named = os.environ.get("SAMTUN_CHROMIUM", "")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def playwrights_own() -> str | None:
    """The browser that Playwright has fetched, if it has."""
    from playwright.sync_api import sync_playwright  # inline: optional, the machine's own needs none

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None  # noqa: PTH110 -- a plain string both ways


def find() -> str | None:
    """The path of a browser that can be used now, or None."""
    return installed() or playwrights_own()


def by_apt(package: str) -> None:
    """Install a package when this is root's machine; whatever goes wrong is no fault of the tests, and said by apt."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet, soon = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, ["-o", "Acquire::http::Timeout=20"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run(
            ["apt-get", *soon, *command],
            env=quiet, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip


def fetch() -> str | None:
    """Fetch a browser and return where it is, or None."""
    by_apt("chromium")
    if path := installed():
        return path
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, stdin=subprocess.DEVNULL)
    return playwrights_own()


if __name__ == "__main__":
    if os.environ.get("CI") and not os.environ.get("SAMTUN_CHROMIUM") and not shutil.which(SHELL):
        by_apt(SHELL)
    where = find() or fetch()
    if where is None:
        sys.exit("No browser for the tests: install Chromium, or set SAMTUN_CHROMIUM to one.")
    print(f"Browser: {where}")
