// The note in the pocket. What is typed is locked on the telephone first, with a key that cannot leave it, and sent then;
// it is taken away here when the server has said that it has it, or when it has lain fourteen days.
// A telephone may be shared: each note carries an opaque mark of its author, and is counted and sent for no one else.
(function () {
  "use strict";

  const LASTS = 14 * 24 * 60 * 60 * 1000;
  const MOST = 400;
  const HAD = [204, 410]; // taken, or too old to be taken

  function opened() {
    return new Promise(function (resolve, reject) {
      const asked = indexedDB.open("samtun-pocket", 2);
      asked.onupgradeneeded = function () {
        const names = asked.result.objectStoreNames;
        if (!names.contains("keys")) asked.result.createObjectStore("keys");
        if (names.contains("notes")) asked.result.deleteObjectStore("notes"); // they do not say whose they are
        asked.result.createObjectStore("notes", { keyPath: "id" });
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  function done(request) {
    return new Promise(function (resolve, reject) {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  const store = (db, name, mode) => db.transaction(name, mode).objectStore(name);

  async function lock(db) {
    const kept = await done(store(db, "keys", "readonly").get("own"));
    if (kept) return kept;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await done(store(db, "keys", "readwrite").put(made, "own"));
    return made;
  }

  // Without coverage nobody is logged in: the mark of whoever last opened the page stands in a cookie of its own, which
  // logging in or out takes away.
  function lastAuthor() {
    const found = document.cookie.split("; ").find((one) => one.startsWith("samtun_pocket="));
    const [mark, letters] = (found ? found.slice("samtun_pocket=".length) : "").split(".");
    return { mark: mark || "", letters: decodeURIComponent(letters || "") };
  }

  const bound = (iv, author) => ({ name: "AES-GCM", iv: iv, additionalData: new TextEncoder().encode(author) });

  async function keep(db, words, author) {
    const key = await lock(db);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(bound(iv, author), key, new TextEncoder().encode(words));
    const note = { id: crypto.randomUUID(), author: author, at: Date.now(), iv: iv, sealed: sealed };
    await done(store(db, "notes", "readwrite").add(note));
  }

  async function forgetOld(db) {
    for (const note of await done(store(db, "notes", "readonly").getAll())) {
      if (!(note.at > Date.now() - LASTS)) await done(store(db, "notes", "readwrite").delete(note.id));
    }
  }

  async function own(db, author) {
    const notes = await done(store(db, "notes", "readonly").getAll());
    return author ? notes.filter((note) => note.author === author) : [];
  }

  // Returns how many were sent; those that were not stay.
  async function sendAll(db, form, author) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (!token) return 0;
    const key = await lock(db);
    let sent = 0;
    for (const note of await own(db, author)) {
      const plain = await crypto.subtle.decrypt(bound(note.iv, author), key, note.sealed);
      const body = new URLSearchParams({
        csrfmiddlewaretoken: token.value, key: note.id, words: new TextDecoder().decode(plain), author: author,
        age: String(Math.max(0, Math.round((Date.now() - note.at) / 1000))),
      });
      let answer;
      try {
        answer = await fetch(form.getAttribute("action"), { method: "POST", body: body, headers: { "X-Pocket": "1" } });
      } catch {
        break;
      }
      if (!HAD.includes(answer.status)) break;
      await done(store(db, "notes", "readwrite").delete(note.id));
      sent += 1;
    }
    return sent;
  }

  async function waiting(db, form, author) {
    const number = (await own(db, author)).length;
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
    const db = await opened();
    const outside = form.dataset.pocket === "outside";
    const last = lastAuthor();
    const author = outside ? last.mark : form.dataset.author;
    const field = form.querySelector("textarea");
    await forgetOld(db);
    if (outside) {
      document.querySelector(author ? "[data-pocket-for]" : "[data-pocket-nobody]").hidden = false;
      document.querySelectorAll("[data-pocket-letters]").forEach((part) => (part.textContent = last.letters));
      form.querySelectorAll("textarea, button").forEach((part) => (part.disabled = !author));
    }

    async function send() {
      const sent = outside ? 0 : await sendAll(db, form, author);
      await waiting(db, form, author);
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
      await keep(db, words, author);
      field.value = "";
      await send();
    });
    window.addEventListener("online", () => (outside ? comeBack(form) : send()));
    // "online" tells that there is a network, not that it reaches us: in a valley the first try often does not.
    if (outside) setInterval(() => comeBack(form), 10000);
    if ((await waiting(db, form, author)) && !outside) await send();
    field.focus();
    if (!outside && "serviceWorker" in navigator) {
      const worker = await navigator.serviceWorker.register(form.dataset.pocket, { scope: "/lommelapp/" });
      const ready = worker.active || (await navigator.serviceWorker.ready).active;
      ready.postMessage({ language: form.dataset.language });
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.querySelector("form[data-pocket]");
    if (form && window.indexedDB && window.crypto && crypto.subtle) start(form);
  });
})();
