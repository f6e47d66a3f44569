"""A window as one person has it: opens, presses, and looks at every page it comes to."""

import hashlib
import re
from pathlib import Path

from playwright.sync_api import Error

AXE = (Path(__file__).parents[2] / "build" / "test" / "axe.min.js").read_text()
AXE_ADDRESS = "/static/test/axe.min.js"  # from the server: a browser compiles it cheaper than what is sent in
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations']})
  return found.violations.flatMap(v => v.nodes.map(n =>
    `${v.id}: ${n.target} ${n.html.slice(0, 160)} ${n.failureSummary}`))
}"""
LOAD = """address => window.axe !== undefined || new Promise(loaded => {
  const script = document.createElement('script')
  script.src = address
  script.onload = () => { script.remove(); loaded(true) }
  script.onerror = () => { script.remove(); loaded(false) }
  document.head.append(script)
})"""
STATE = """() => {
  const {scrollWidth, clientWidth} = document.documentElement
  const told = ':checked, :focus, :modal, :popover-open, :placeholder-shown, :user-invalid'
  const put = [...document.querySelectorAll('*')].flatMap((e, i) => e.matches(told) ? [i] : [])
  const media = ['(prefers-color-scheme: dark)', 'print', '(prefers-reduced-motion)'].map(q => matchMedia(q).matches)
  return [scrollWidth, clientWidth, [innerWidth, innerHeight, scrollX, scrollY, media, put].join(' ')]
}"""
NAMED_ANEW = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')
CLEAN = set()
"""Pages in which axe has found nothing: as they were shown, but for keys, which are new for each world."""
LEFT = "/live/ticket/"
"""Asked by a page that was left open: when its login is past, it hears that nothing is there, and asks no more."""
MOVED = re.compile("page is navigating|context was destroyed")
"""Said when the page that is read makes way for the next."""
DRIVER = "GL Driver Message"
"""A browser without a graphics card says how slow it is: no fault of a page."""
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


class Window:
    """One page in a browser of its own. `acts` are the addresses posted to, `seen` every page's HTML."""

    def __init__(self, page, javascript):
        self.page, self.javascript = page, javascript
        page.set_default_timeout(15_000)
        self.acts, self.seen, self.troubles = [], [], []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", self._note)
        page.on("response", lambda r: r.status >= 400 and self.troubles.append(f"{r.status} {r.url}"))

    def _hear(self, said):
        if said.type in {"error", "warning"} and DRIVER not in said.text:
            self.troubles.append(f"{said.text} {said.location.get('url', '')}")

    def _note(self, request):
        if request.method == "POST":
            self.acts.append(re.sub(r"^https?://[^/]+", "", request.url))

    def open(self, address):
        """Go to an address and look at the page."""
        self.page.goto(address)
        self.look()

    def press(self, name, *, within=None, role="button"):
        """Press a button or follow a link by its words, and look at the page it leads to."""
        target = (within or self.page).get_by_role(role, name=name, exact=True).first
        with self.page.expect_navigation():
            target.click()
        self.look()

    def panel(self, ident):
        """Return the part of the page that a heading stands over."""
        return self.page.locator(f"[aria-labelledby={ident}]")

    def post(self, address, **fields):
        """Post a form of the page and return the file that comes back."""
        token = self.page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
        headers = {"Referer": self.page.url}
        answer = self.page.context.request.post(address, form={"csrfmiddlewaretoken": token, **fields}, headers=headers)
        assert answer.ok, f"{answer.status} {answer.url}"
        return answer.body()

    def look(self):
        """Nothing that axe finds, nothing to scroll sideways, no complaint in the console."""
        page = self.page
        *wide, state = self._settled()
        if self.javascript:  # axe waits on timers, which never come without; the twin combination looks at the page
            self._axe(state)
        assert wide[0] <= wide[1], f"{page.url} is {wide[0]} px wide in {wide[1]}"
        assert "‽" not in self.seen[-1], f"a template at {page.url} asks for something that is not there"
        troubles, self.troubles[:] = list(self.troubles), []
        assert troubles == [], f"at {page.url}: {troubles}"

    def _settled(self):
        """Keep the page's HTML and return its state; where another navigation follows at once, those of the last."""
        for left in (2, 1, 0):
            self.page.wait_for_load_state("load")
            try:
                html, state = self.page.content(), self.page.evaluate(STATE)
                break
            except Error as error:
                if not left or not MOVED.search(error.message):
                    raise
        self.seen.append(html)
        return state

    def _axe(self, state):
        """Nothing that axe finds, in this page or in one that was the same in all that axe can see."""
        page, names = self.page, {}
        told = re.sub(r"^https?://[^/]+", "", page.url) + state + self.seen[-1]
        told = NAMED_ANEW.sub(lambda key: names.setdefault(key[0], f"key{len(names)}"), told)
        if (shown := hashlib.sha256(told.encode()).digest()) in CLEAN:
            return
        if not page.evaluate(LOAD, AXE_ADDRESS):
            page.evaluate(AXE)
        found = page.evaluate(RUN, TAGS)
        assert found == [], f"axe at {page.url}:\n" + "\n".join(found)
        CLEAN.add(shown)
