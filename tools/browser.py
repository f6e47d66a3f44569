"""Find a Chromium for the tests, or fetch one: the machine's own, else by apt when root, else Playwright's.

python tools/browser.py      print where it is; fetch it when there is none
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


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


def fetch() -> str | None:
    """Fetch a browser and return where it is, or None."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(command, env=quiet, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        if path := installed():
            return path
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, stdin=subprocess.DEVNULL)
    return playwrights_own()


if __name__ == "__main__":
    where = find() or fetch()
    if where is None:
        sys.exit("No browser for the tests: install Chromium, or set SAMTUN_CHROMIUM to one.")
    print(f"Browser: {where}")
