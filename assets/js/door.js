// The door list on a telephone that loses its network. A tick is locked on the telephone (kept.js), shown at once, and
// sent as soon as there is a way; it says how it is, not what to change, so that one that is sent twice is one.
// The list itself is not kept: it stands on the open page, and is gone when the page is.
(function () {
  "use strict";

  const AGAIN = 5000;
  const TICKS = ["yes", "unknown"];

  async function start(list) {
    const kept = await window.samtunKept("samtun-door");
    const author = list.dataset.author;
    const told = list.querySelector("[data-door-waits]");
    const lost = list.querySelector("[data-door-lost]");
    let sending = null;
    let keeping = 0; // ticks on their way into safety: the page is not loaded anew before they are there

    const formOf = (row) => document.getElementById("r" + row);

    function show(row, act) {
      const form = formOf(row);
      if (!form) return;
      form.querySelector("[data-door-here]").hidden = act !== "yes";
      form.querySelectorAll("[data-door-is]").forEach((part) => (part.hidden = part.dataset.doorIs !== act));
    }

    async function waiting() {
      const notes = await kept.own(author);
      for (const note of notes) {
        const tick = JSON.parse(await kept.read(note));
        if (tick.here === list.dataset.door) show(tick.row, tick.act);
      }
      told.hidden = notes.length === 0;
      told.querySelector("[data-door-number]").textContent = String(notes.length);
      return notes.length;
    }

    async function sendOnce() {
      const token = list.querySelector("[name=csrfmiddlewaretoken]");
      if (!token) return;
      const came = await kept.sendAll(author, function (note) {
        const tick = JSON.parse(note.words);
        const body = {
          csrfmiddlewaretoken: token.value, row: tick.row, act: tick.act, author: author, age: String(note.age),
        };
        return { url: tick.here, body: body, headers: { "X-Door": "1" } };
      });
      if (came.refused) lost.hidden = false;
      const left = await waiting();
      if (came.sent && !left && !keeping && !came.refused) location.reload();
    }

    // One sending at a time: what is ticked meanwhile goes with the next.
    function send() {
      sending = (sending || Promise.resolve()).then(sendOnce).catch(() => {});
      return sending;
    }

    document.addEventListener("submit", async function (event) {
      const form = event.target;
      const act = event.submitter && event.submitter.value;
      if (!list.contains(form) || !TICKS.includes(act)) return;
      event.preventDefault();
      const row = form.elements.row.value;
      show(row, act);
      keeping += 1;
      await kept.keep(JSON.stringify({ here: list.dataset.door, row: row, act: act }), author);
      keeping -= 1;
      await waiting();
      await send();
    });

    window.addEventListener("online", send);
    // "online" tells that there is a network, not that it reaches us.
    setInterval(async function () {
      if ((await kept.own(author)).length) send();
    }, AGAIN);
    await kept.forgetOld();
    if (await waiting()) await send();
    list.dataset.ready = "1";
  }

  document.addEventListener("DOMContentLoaded", function () {
    const list = document.querySelector("[data-door]");
    if (list && window.samtunKept) start(list);
  });
})();
