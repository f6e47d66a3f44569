// The desk by keyboard. The letters work only while the list has the focus (WCAG 2.1.4); all works with Tab as well.
(function () {
  "use strict";

  let acted = -1; // the place of the line that was acted on, until the list is there again

  function lines() {
    return Array.from(document.querySelectorAll("#lines > .line"));
  }

  function main(line) {
    return line.querySelector("[data-line]") || line.querySelector("summary");
  }

  function go(place) {
    const all = lines();
    const said = document.getElementById("said");
    const target = all.length ? main(all[Math.max(0, Math.min(place, all.length - 1))]) : document.querySelector("#desk h1");
    if (!target) return;
    if (said) target.setAttribute("aria-describedby", "said");
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }

  function placeOf(element) {
    return lines().indexOf(element.closest("#lines > .line"));
  }

  document.addEventListener("keydown", function (event) {
    const here = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || !here.closest || !here.closest("#lines")) return;
    if (here.matches("input, select, textarea")) return;
    const place = placeOf(here);
    const moves = { ArrowDown: place + 1, j: place + 1, ArrowUp: place - 1, k: place - 1, Home: 0, End: Infinity };
    if (event.key in moves) {
      go(moves[event.key]);
    } else if (event.key === "n") {
      const aside = lines()[place].querySelector("details.aside");
      if (!aside) return;
      aside.open = true;
      aside.querySelector("button").focus();
    } else if (event.key === "?") {
      const keys = document.querySelector("details.keys");
      if (!keys) return;
      keys.open = !keys.open;
      keys.querySelector("summary").focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  document.addEventListener("submit", function (event) {
    acted = event.target.closest("#lines") ? placeOf(event.target) : acted;
  });

  document.addEventListener("htmx:after:swap", function () {
    if (acted < 0) return;
    if (!document.getElementById("desk")) {
      window.location.reload();
      return;
    }
    go(acted);
    acted = -1;
  });

  document.addEventListener("DOMContentLoaded", function () {
    const asked = /^#l(\d+)$/.exec(window.location.hash);
    if (asked) go(Number(asked[1]) - 1);
  });
})();
