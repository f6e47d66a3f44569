// What the pages need beyond htmx: moving the reader's focus to what has just happened.
(function () {
  "use strict";

  // A confirmation or an error summary carries data-focus; the last one on the page is the newest.
  function focusNews(root) {
    const news = root.querySelectorAll("[data-focus]");
    const target = news[news.length - 1];
    if (!target) return;
    if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
    target.focus();
  }

  // Only one folded menu stands open, and Escape or a click beside it closes it again.
  function closeFolds(except) {
    document.querySelectorAll("details.fold[open]").forEach(function (fold) {
      if (fold !== except) fold.open = false;
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    focusNews(document);
  });

  document.addEventListener("htmx:after:swap", function (event) {
    const asked = event.detail && event.detail.ctx && event.detail.ctx.sourceElement;
    if (asked && asked.dataset.live) return; // nobody pressed anything: the focus stays where the reader is
    const swapped = event.target;
    focusNews(swapped && swapped.querySelectorAll && swapped.isConnected ? swapped : document);
  });

  document.addEventListener("click", function (event) {
    closeFolds(event.target.closest("details.fold"));
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.fold[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // At logging out, what was kept half written on this device goes too (drafts.js).
  document.addEventListener("submit", function (event) {
    if (!event.target.hasAttribute("data-forget")) return;
    Object.keys(localStorage)
      .filter((one) => one.startsWith("samtun-draft:"))
      .forEach((one) => localStorage.removeItem(one));
  });
})();
