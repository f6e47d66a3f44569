"""A page opened in a browser on a slow line, by Chromium's own emulation, with nothing kept from before."""

from dataclasses import dataclass, field

from playwright.sync_api import sync_playwright

from tools import browser as chromiums

MEGABITS, ROUND_TRIP_MS = 1.6, 300
PAINTED = """() => new Promise(done => {
  const first = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  const all = [performance.getEntriesByType("navigation")[0], ...performance.getEntriesByType("resource")];
  const steps = all.map(e => [new URL(e.name).pathname, e.requestStart, e.responseStart, e.responseEnd].map(
    said => typeof said === "number" ? Math.round(said) : said));
  new PerformanceObserver(seen => done([first, seen.getEntries().at(-1).startTime, steps]))
    .observe({type: "largest-contentful-paint", buffered: true});
})"""


@dataclass(slots=True)
class Came:
    """One file: what kind, its address, how it was compressed, how many octets came over the line, headers too."""

    kind: str
    url: str
    packed: str
    octets: int = 0


@dataclass(slots=True)
class Shown:
    """When the first text and the largest stood on the screen, what came, and when each was asked for, began, ended."""

    first_ms: float = 0.0
    largest_ms: float = 0.0
    came: list[Came] = field(default_factory=list)
    steps: list[list[object]] = field(default_factory=list)

    @property
    def readable_ms(self):
        """When one can read: both are there."""
        return max(self.first_ms, self.largest_ms)


def opened(url):
    """Open a page, and return when it could be read and what came."""
    shown, files = Shown(), {}
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromiums.find(), args=["--no-sandbox"])
        page = running.new_page(viewport={"width": 412, "height": 823})
        wire = page.context.new_cdp_session(page)
        wire.on("Network.responseReceived", lambda said: files.update({said["requestId"]: _came(said)}))
        wire.on("Network.loadingFinished", lambda said: _weighed(files, said))
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        pace = MEGABITS * 1_000_000 / 8
        line = {"offline": False, "latency": ROUND_TRIP_MS, "downloadThroughput": pace, "uploadThroughput": pace}
        wire.send("Network.emulateNetworkConditions", line)
        page.goto(url, wait_until="networkidle")
        first, largest, shown.steps = page.evaluate(PAINTED)
        shown.first_ms, shown.largest_ms = round(first, 1), round(largest, 1)
        running.close()
    shown.came = list(files.values())
    return shown


def _came(said):
    headers = {name.lower(): value for name, value in said["response"]["headers"].items()}
    address = "/" + said["response"]["url"].split("/", 3)[3]
    return Came(said["type"], address, headers.get("content-encoding", "as it is"))


def _weighed(files, said):
    if said["requestId"] in files:
        files[said["requestId"]].octets = round(said["encodedDataLength"])
