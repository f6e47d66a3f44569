// A workshop's page: the clock counts down, and a note that is typed without network is kept here until it has come in.
// Each note has a key of its own from the moment it is typed, so that one that is sent twice is one (ADR 31).
(function () {
  "use strict";

  const AGAIN = 3000;

  // The clock goes by the server's: what differs is found once, when a page or a part of it comes.
  let ahead = 0;

  function readClock() {
    const clock = document.querySelector("[data-ends]");
    if (clock && !clock.dataset.read) {
      ahead = Number(clock.dataset.now) - Date.now();
      clock.dataset.read = "1";
    }
    return clock;
  }

  function tick() {
    const clock = readClock();
    if (!clock) return;
    const left = Math.ceil((Number(clock.dataset.ends) - Date.now() - ahead) / 1000);
    const words = left > 0 ? Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0") : clock.dataset.over;
    const shown = clock.querySelector("[data-clock]");
    if (shown.textContent !== words) shown.textContent = words;
  }

  const page = () => document.querySelector("[data-workshop]");
  const name = () => "samtun-workshop:" + page().dataset.workshop;

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(name()) || "[]");
    } catch {
      return [];
    }
  }

  function keep(notes) {
    if (notes.length) localStorage.setItem(name(), JSON.stringify(notes));
    else localStorage.removeItem(name());
  }

  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // a page without https has no randomUUID
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  function show() {
    const list = document.querySelector("[data-waiting]");
    const form = document.querySelector("#skriv [data-note]");
    if (!list || !form) return;
    list.replaceChildren(
      ...kept().map(function (note) {
        const line = document.createElement("li");
        line.className = "note";
        line.dataset.own = line.dataset.waits = "";
        const words = document.createElement("p");
        words.textContent = note.note;
        const why = document.createElement("p");
        why.className = "soft small";
        why.textContent = note.refused || form.dataset.kept;
        line.append(words, why);
        return line;
      })
    );
  }

  function freshen() {
    const now = document.getElementById("now");
    if (!now || !window.htmx || !page()) return;
    const address = now.getAttribute("hx-get").split("?")[0] + "?q=" + encodeURIComponent(now.dataset.at);
    window.htmx.ajax("GET", address, { target: "#now", swap: "outerHTML" }).catch(() => {});
  }

  let sending = false;

  async function send() {
    if (sending || !page()) return;
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (!token) return;
    sending = true;
    let came = 0;
    try {
      for (const note of kept().filter((one) => !one.refused)) {
        const fields = Object.assign({ csrfmiddlewaretoken: token.value, act: "note" }, note);
        let answer;
        try {
          answer = await fetch(page().dataset.here, {
            method: "POST", body: new URLSearchParams(fields), headers: { "X-Workshop": "1" },
          });
        } catch {
          break;
        }
        // Only what the server says it has is taken away here. What it refuses stands with its reason.
        if (answer.ok) {
          keep(kept().filter((one) => one.key !== note.key));
          came += 1;
        } else if (answer.status === 422) {
          const why = await answer.text();
          keep(kept().map((one) => (one.key === note.key ? Object.assign(one, { refused: why }) : one)));
        } else {
          break;
        }
      }
    } finally {
      sending = false;
    }
    show();
    if (came) freshen();
  }

  function written(form) {
    const note = { key: newKey() };
    for (const [field, value] of new FormData(form)) {
      if (["note", "question", "share", "side", "on", "via"].includes(field)) note[field] = value;
    }
    return note;
  }

  function put(form) {
    const note = written(form);
    if (!note.note || !note.note.trim()) return false;
    keep(kept().concat([note]));
    form.querySelector("[name=note]").value = "";
    show();
    send();
    return true;
  }

  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form[data-note]") || !page()) return;
    try {
      localStorage.setItem("samtun-workshop", "1");
    } catch {
      return; // nothing can be kept here: the form is sent as it is
    }
    event.preventDefault();
    event.stopPropagation();
    put(event.target);
    const folded = event.target.closest("details");
    if (folded) folded.open = false;
  });

  // The form is changed when the workshop goes on. What is half written goes with it to the same question; else it is
  // kept as a note of one's own to the question it was written to.
  let half = null;

  function busy() {
    const cloth = document.getElementById("duk");
    const here = document.activeElement;
    return Boolean(cloth && here && cloth.contains(here) && here.matches("input:not([type=hidden]), textarea, select"));
  }

  document.addEventListener("htmx:before:request", function (event) {
    const asks = event.target && event.target.id === "now";
    if (asks && page() && busy()) event.preventDefault();
  });

  document.addEventListener("htmx:before:swap", function () {
    const form = document.querySelector("#skriv [data-note]");
    half = form && form.querySelector("[name=note]").value.trim() ? { form: form, note: written(form) } : null;
  });

  document.addEventListener("htmx:after:swap", function () {
    const form = document.querySelector("#skriv [data-note]");
    if (half && half.form !== form) {
      const field = form && form.querySelector("[name=note]");
      if (form && form.querySelector("[name=question]").value === half.note.question) {
        if (!field.value) field.value = half.note.note;
      } else {
        delete half.note.share;
        keep(kept().concat([half.note]));
        send();
      }
    }
    half = null;
    show();
    tick();
  });

  // Told that something is new (live.js): the wall asks at once, the telephones of a whole hall one after another.
  // However much comes meanwhile, it is one asking.
  let told = 0;

  document.addEventListener("samtun:changed", function (event) {
    if (!document.getElementById("now")) return;
    event.preventDefault();
    if (told) return;
    told = window.setTimeout(function () {
      told = 0;
      window.htmx.trigger(document.body, "fresh");
    }, page() ? 100 + Math.random() * Number(page().dataset.pace) : 40);
  });

  window.addEventListener("online", send);

  document.addEventListener("DOMContentLoaded", function () {
    tick();
    setInterval(tick, 500);
    if (!page()) return;
    show();
    send();
    setInterval(function () {
      if (kept().some((one) => !one.refused)) send();
    }, AGAIN);
  });
})();
