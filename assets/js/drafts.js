// What is being written in a meeting is kept on this device until the server says that it has it: no network, no way
// through, a reload or a dead server loses no word. Each draft carries an opaque mark of who writes, and is shown to
// nobody else; it is taken away when it is saved, at logging out, and when it has lain fourteen days (ADR 26).
(function () {
  "use strict";

  const PREFIX = "samtun-draft:";
  const LASTS = 14 * 24 * 60 * 60 * 1000;
  const PATIENCE = 15000;

  const name = (form) => PREFIX + form.dataset.draft + ":" + form.dataset.writer;
  const fields = (form) => Array.from(form.elements).filter((one) => one.name && one.name !== "csrfmiddlewaretoken");
  const picks = (field) => field.type === "checkbox" || field.type === "radio";

  function kept(form) {
    try {
      const found = JSON.parse(localStorage.getItem(name(form)) || "null");
      return found && Date.now() - found.at < LASTS ? found : null;
    } catch {
      return null;
    }
  }

  function keep(form) {
    const values = fields(form).filter((one) => one.type !== "submit" && (!picks(one) || one.checked));
    const text = JSON.stringify({ at: Date.now(), values: values.map((one) => [one.name, one.value]) });
    try {
      localStorage.setItem(name(form), text);
    } catch {
      return; // nothing can be kept here: it stands in its field
    }
  }

  function forget(form) {
    localStorage.removeItem(name(form));
  }

  function clearOld() {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      try {
        if (Date.now() - JSON.parse(localStorage.getItem(key)).at < LASTS) continue;
      } catch {
        // what cannot be read is not kept either
      }
      localStorage.removeItem(key);
    }
  }

  function tell(form, words) {
    let told = form.querySelector("[data-told]");
    if (!told) {
      told = document.createElement("p");
      told.setAttribute("data-told", "");
      told.setAttribute("role", "status");
      form.append(told);
    }
    told.textContent = words;
  }

  // What was typed goes back into its fields, with the version it was written on top of: has another saved meanwhile,
  // the server keeps both texts.
  function restore(form) {
    const found = kept(form);
    if (!found || form.dataset.restored) return;
    form.dataset.restored = "1";
    const values = new Map(found.values);
    const now = fields(form);
    const differs = now.some((one) => !picks(one) && one.type !== "hidden" && values.has(one.name) && values.get(one.name) !== one.value);
    if (!differs) return;
    for (const field of now) {
      if (picks(field)) field.checked = found.values.some(([key, value]) => key === field.name && value === field.value);
      else if (values.has(field.name)) field.value = values.get(field.name);
    }
    tell(form, form.dataset.kept);
  }

  function restoreAll() {
    document.querySelectorAll("form[data-draft]").forEach(restore);
  }

  function goTo(address) {
    const there = new URL(address, window.location.href);
    if (there.pathname === window.location.pathname && there.search === window.location.search) window.location.reload();
    else window.location.assign(there.href);
  }

  async function send(form) {
    const give = new AbortController();
    const timer = window.setTimeout(() => give.abort(), PATIENCE);
    try {
      return await fetch(form.action, {
        method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Draft": "1" }, signal: give.signal,
      });
    } catch {
      return null;
    } finally {
      window.clearTimeout(timer);
    }
  }

  document.addEventListener("input", function (event) {
    const form = event.target.closest("form[data-draft]");
    if (form) keep(form);
  });

  document.addEventListener("submit", async function (event) {
    const form = event.target;
    if (!form.matches("form[data-draft]")) return;
    event.preventDefault();
    if (form.dataset.sends) return;
    keep(form);
    form.dataset.sends = "1";
    const answer = navigator.onLine ? await send(form) : null;
    delete form.dataset.sends;
    const saved = answer && answer.headers.get("X-Saved");
    if (saved) {
      forget(form);
      goTo(saved);
    } else if (!answer || answer.status >= 500) {
      tell(form, form.dataset.offline);
    } else {
      form.submit(); // refused, or logged out: the page that comes says so, and the draft stays
    }
  });

  document.addEventListener("htmx:after:swap", restoreAll);

  document.addEventListener("DOMContentLoaded", function () {
    clearOld();
    restoreAll();
  });
})();
