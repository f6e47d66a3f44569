// What is typed without network is locked on the telephone first, with a key that cannot leave it, and sent afterwards;
// it is taken away here when the server has said that it has it, or when it has lain fourteen days (decisions 28).
// A telephone may be shared: each note carries an opaque mark of its author, and is counted and sent for no one else.
// The note in the pocket and the door list keep what they have in this way, each in a place of its own.
(function () {
  "use strict";

  const LASTS = 14 * 24 * 60 * 60 * 1000;
  const HAD = [204, 410]; // taken, or not to be taken any more

  function opened(place) {
    return new Promise(function (resolve, reject) {
      const asked = indexedDB.open(place, 2);
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

  const bound = (iv, author) => ({ name: "AES-GCM", iv: iv, additionalData: new TextEncoder().encode(author) });

  async function open(place) {
    const db = await opened(place);

    async function own(author) {
      const notes = await done(store(db, "notes", "readonly").getAll());
      return author ? notes.filter((note) => note.author === author).sort((a, b) => a.at - b.at) : [];
    }

    async function keep(words, author) {
      const key = await lock(db);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt(bound(iv, author), key, new TextEncoder().encode(words));
      const note = { id: crypto.randomUUID(), author: author, at: Date.now(), iv: iv, sealed: sealed };
      await done(store(db, "notes", "readwrite").add(note));
    }

    async function read(note) {
      const plain = await crypto.subtle.decrypt(bound(note.iv, note.author), await lock(db), note.sealed);
      return new TextDecoder().decode(plain);
    }

    async function forgetOld() {
      for (const note of await done(store(db, "notes", "readonly").getAll())) {
        if (!(note.at > Date.now() - LASTS)) await done(store(db, "notes", "readwrite").delete(note.id));
      }
    }

    // `asks` makes what is sent of a note: { url, body, headers }. Returns how many were sent and how many of them were
    // not taken; those that were not sent stay.
    async function sendAll(author, asks) {
      const came = { sent: 0, refused: 0 };
      for (const note of await own(author)) {
        const sealed = { key: note.id, words: await read(note), age: Math.max(0, Math.round((Date.now() - note.at) / 1000)) };
        const { url, body, headers } = asks(sealed);
        let answer;
        try {
          answer = await fetch(url, { method: "POST", body: new URLSearchParams(body), headers: headers, keepalive: true });
        } catch {
          break;
        }
        if (!HAD.includes(answer.status)) break;
        await done(store(db, "notes", "readwrite").delete(note.id));
        came.sent += 1;
        if (answer.status === 410) came.refused += 1;
      }
      return came;
    }

    return { own: own, keep: keep, read: read, forgetOld: forgetOld, sendAll: sendAll };
  }

  window.samtunKept = window.indexedDB && window.crypto && crypto.subtle ? open : null;
})();
