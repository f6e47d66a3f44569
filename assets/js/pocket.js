// The note in the pocket: kept locked on the telephone (kept.js), and sent when there is coverage.
(function () {
  "use strict";

  const MOST = 400;

  // Without coverage nobody is logged in: the mark of whoever last opened the page stands in a cookie of its own, which
  // logging in or out takes away.
  function lastAuthor() {
    const found = document.cookie.split("; ").find((one) => one.startsWith("samtun_pocket="));
    const [mark, letters] = (found ? found.slice("samtun_pocket=".length) : "").split(".");
    return { mark: mark || "", letters: decodeURIComponent(letters || "") };
  }

  // Returns how many were sent; those that were not stay.
  async function sendAll(kept, form, author) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (!token) return 0;
    const came = await kept.sendAll(author, (note) => ({
      url: form.getAttribute("action"), headers: { "X-Pocket": "1" },
      body: {
        csrfmiddlewaretoken: token.value, key: note.key, words: note.words, author: author, age: String(note.age),
      },
    }));
    return came.sent;
  }

  async function waiting(kept, form, author) {
    const number = (await kept.own(author)).length;
    form.querySelector("[data-pocket-waits]").hidden = number === 0;
    return number;
  }

  async function comeBack(form) {
    try {
      await fetch(form.getAttribute("action"), { method: "HEAD", cache: "no-store" });
    } catch {
      return;
    }
    if (!form.querySelector("textarea").value.trim()) location.reload();
  }

  async function start(form) {
    const kept = await window.samtunKept("samtun-pocket");
    const outside = form.dataset.pocket === "outside";
    const last = lastAuthor();
    const author = outside ? last.mark : form.dataset.author;
    const field = form.querySelector("textarea");
    await kept.forgetOld();
    if (outside) {
      document.querySelector(author ? "[data-pocket-for]" : "[data-pocket-nobody]").hidden = false;
      document.querySelectorAll("[data-pocket-letters]").forEach((part) => (part.textContent = last.letters));
      form.querySelectorAll("textarea, button").forEach((part) => (part.disabled = !author));
    }

    async function send() {
      const sent = outside ? 0 : await sendAll(kept, form, author);
      await waiting(kept, form, author);
      if (sent) location.reload();
      return sent;
    }

    form.addEventListener("submit", async function (event) {
      const words = field.value.trim();
      if (!words) return;
      event.preventDefault();
      const long = form.querySelector("[data-pocket-long]");
      long.hidden = words.length <= MOST;
      if (!long.hidden || !author) return;
      await kept.keep(words, author);
      field.value = "";
      await send();
    });
    window.addEventListener("online", () => (outside ? comeBack(form) : send()));
    // "online" tells that there is a network, not that it reaches us: in a valley the first try often does not.
    if (outside) setInterval(() => comeBack(form), 10000);
    if ((await waiting(kept, form, author)) && !outside) await send();
    field.focus();
    if (!outside && "serviceWorker" in navigator) {
      const worker = await navigator.serviceWorker.register(form.dataset.pocket, { scope: "/lommelapp/" });
      const ready = worker.active || (await navigator.serviceWorker.ready).active;
      ready.postMessage({ language: form.dataset.language });
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.querySelector("form[data-pocket]");
    if (form && window.samtunKept) start(form);
  });
})();
