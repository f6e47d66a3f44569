// One key hides the screen: at once here, and behind the login for every other window and way back.
// Escape is no letter, so it may work everywhere (WCAG 2.1.4); what is typed stays where it was.
(function () {
  "use strict";

  const AWAY = 10 * 60 * 1000; // then the page itself goes, and the way back is the login
  const form = document.getElementById("cover");
  let shown = null;

  function tick(root) {
    const clock = root.querySelector("[data-clock]");
    if (!clock) return;
    const parts = { timeZone: "Europe/Oslo", hour: "2-digit", minute: "2-digit" };
    clock.textContent = new Date().toLocaleTimeString("nb-NO", parts).replace(":", ".");
  }

  function send(url) {
    const body = new FormData(form);
    body.set("quiet", "1");
    return fetch(url, { method: "POST", body: body, credentials: "same-origin", keepalive: true });
  }

  function hide() {
    const was = { title: document.title, focus: document.activeElement, rest: [] };
    document.title = "Samtun";
    Array.from(document.body.children).forEach(function (part) {
      was.rest.push([part, part.hidden]);
      part.hidden = true;
    });
    const screen = document.getElementById("cover-screen").content.firstElementChild.cloneNode(true);
    document.body.append(screen);
    tick(screen);
    was.screen = screen;
    was.covered = send(form.action).catch(function () {});
    was.turn = setInterval(tick, 5000, screen);
    was.away = setTimeout(function () {
      window.location.replace(form.action);
    }, AWAY);
    screen.querySelector("button").addEventListener("click", show);
    screen.querySelector("button").focus();
    shown = was;
  }

  function show() {
    const was = shown;
    was.covered
      .then(function () {
        return send(form.dataset.back);
      })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        clearInterval(was.turn);
        clearTimeout(was.away);
        was.screen.remove();
        was.rest.forEach(function (pair) {
          pair[0].hidden = pair[1];
        });
        document.title = was.title;
        shown = null;
        if (was.focus && was.focus.isConnected) was.focus.focus();
      })
      .catch(function () {
        window.location.replace("/");
      });
  }

  const still = document.querySelector("body > main [data-neutral]");
  if (still) setInterval(tick, 5000, still);
  if (!form) return;

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    hide();
  });

  // A search that was on its way to be asked would be answered with the neutral page, and what is typed be lost.
  document.addEventListener("htmx:before:request", function (event) {
    if (shown) event.preventDefault();
  });

  // Before every other Escape, and alone: whatever is open or half typed, the first press hides it. When it is shown
  // again it stands as it stood.
  document.addEventListener(
    "keydown",
    function (event) {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (shown) show();
      else if (!event.repeat) hide();
    },
    true,
  );
})();
