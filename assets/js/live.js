// What several look at is told live: the page is told only that it is old, and fetches its own part again.
// Without a stream it asks every ten seconds; without JavaScript nothing happens. Whoever is writing is not disturbed.
(function () {
  "use strict";

  const ASK = 10000;
  const places = new Map(); // address of the ticket -> what goes on there

  function soon(milliseconds) {
    return milliseconds * (0.8 + Math.random() * 0.4); // so that a whole room does not ask in the same moment
  }

  function element(place) {
    return Array.from(document.querySelectorAll("[data-live]")).find(function (one) {
      return one.dataset.live === place.address;
    });
  }

  function target(one) {
    return document.querySelector(one.dataset.liveTarget);
  }

  // Somebody writes in there: what is typed and not sent must not be taken away.
  function beingWritten(root) {
    return Array.from(root.querySelectorAll("input, textarea, select")).some(function (field) {
      if (field === document.activeElement && field.type !== "checkbox" && field.type !== "radio") return true;
      if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
      if (field.tagName === "SELECT") return Array.from(field.options).some((o) => o.defaultSelected && !o.selected);
      return field.value !== field.defaultValue;
    });
  }

  function unfolded(root) {
    return Array.from(root.querySelectorAll("details[open]"));
  }

  // What the reader had unfolded stays so.
  function unfold(root, opened) {
    if (!root) return;
    root.querySelectorAll("details").forEach(function (fold) {
      if (opened.includes(fold.firstElementChild.textContent)) fold.open = true;
    });
  }

  // At most one fetch under way, and one more when something came meanwhile.
  function fetchAgain(place) {
    if (place.fetching) {
      place.again = true;
      return;
    }
    const one = element(place);
    const into = one && target(one);
    if (!into) return;
    if (beingWritten(into)) {
      window.clearTimeout(place.held);
      place.held = window.setTimeout(fetchAgain, 2000, place);
      return;
    }
    if (!one.dispatchEvent(new CustomEvent("samtun:changed", { bubbles: true, cancelable: true, detail: { version: place.told } }))) return;
    const wanted = place.told;
    const opened = unfolded(into).map((fold) => fold.firstElementChild.textContent);
    place.fetching = true;
    place.again = place.swapped = false;
    window.htmx
      .ajax("GET", one.dataset.liveUrl, {
        source: one, target: into, select: one.dataset.liveTarget, swap: "outerMorph", headers: { "Samtun-Live": "1" },
      })
      .catch(function () {})
      .then(function () {
        const now = element(place);
        place.fetching = false;
        if (place.swapped && now) {
          place.version = Math.max(place.version, wanted, Number(now.dataset.liveVersion));
          unfold(target(now), opened);
        }
        if (place.again || place.told > place.version) window.setTimeout(fetchAgain, place.again ? 0 : 2000, place);
      });
  }

  function told(place, text) {
    const version = Number(text);
    if (Number.isInteger(version) && version <= Math.max(place.version, place.told)) return;
    if (Number.isInteger(version)) place.told = version;
    fetchAgain(place);
  }

  function close(place) {
    window.clearTimeout(place.timer);
    if (place.stream) place.stream.close();
    place.stream = null;
  }

  function askLater(place) {
    window.clearTimeout(place.timer);
    place.timer = window.setTimeout(ask, soon(ASK), place);
  }

  function open(place, address) {
    const stream = (place.stream = new EventSource(address));
    stream.addEventListener("changed", function (event) {
      told(place, event.data);
    });
    stream.addEventListener("error", function () {
      if (place.stream !== stream) return;
      close(place); // the ticket is used up: ask for another
      askLater(place);
    });
  }

  // The version as the web server has it, and leave to listen. 404: no longer ours to see, so nothing more is asked.
  function ask(place) {
    close(place);
    if (document.hidden) return;
    if (!element(place)) {
      places.delete(place.address);
      return;
    }
    window
      .fetch(place.address, { headers: { "Samtun-Live": "1", Accept: "application/json" }, credentials: "same-origin" })
      .then(function (answer) {
        if (answer.status === 404) return null;
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      })
      .then(function (answer) {
        if (!answer || place.stream || document.hidden) return;
        told(place, answer.version);
        if (answer.stream && window.EventSource) open(place, answer.stream);
        else askLater(place);
      })
      .catch(function () {
        askLater(place);
      });
  }

  function find() {
    document.querySelectorAll("[data-live]").forEach(function (one) {
      if (places.has(one.dataset.live)) return;
      const place = { address: one.dataset.live, version: Number(one.dataset.liveVersion), told: -1, stream: null };
      places.set(place.address, place);
      ask(place);
    });
  }

  // An answer that is not the page (gone, logged out, broken) takes nothing away from what is shown.
  document.addEventListener("htmx:before:response", function (event) {
    const ctx = event.detail.ctx;
    if (ctx.sourceElement.dataset.live && ctx.response.status !== 200) event.preventDefault();
  });

  // Somebody began to write while it was on its way.
  document.addEventListener("htmx:before:swap", function (event) {
    const ctx = event.detail.ctx;
    const into = ctx.sourceElement.dataset.live && target(ctx.sourceElement);
    if (into && beingWritten(into)) event.preventDefault();
  });

  // A field that was once written in keeps its own text when the page around it changes: it must follow its version.
  document.addEventListener("htmx:after:swap", function (event) {
    const source = event.detail.ctx.sourceElement;
    const place = places.get(source.dataset.live);
    const one = place && element(place);
    if (!one || !target(one)) return;
    place.swapped = true;
    target(one)
      .querySelectorAll("textarea, input:not([type=checkbox], [type=radio], [type=file])")
      .forEach(function (field) {
        if (field.value !== field.defaultValue) field.value = field.defaultValue;
      });
  });

  document.addEventListener("DOMContentLoaded", find);
  document.addEventListener("htmx:after:swap", find);
  document.addEventListener("visibilitychange", function () {
    places.forEach(function (place) {
      if (document.hidden) close(place);
      else if (!place.stream) ask(place);
    });
  });
  window.addEventListener("pagehide", function () {
    places.forEach(close);
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) places.forEach(ask);
  });
})();
