// Keeps the empty note page on the telephone. Only pages without persons are ever stored.
"use strict";
const STORE = "samtun-pocket-3";
const KEPT = [{% for url in shells %}"{{ url|escapejs }}", {% endfor %}{% for url in assets %}"{{ url|escapejs }}", {% endfor %}];
const PAGE = "{{ page|escapejs }}";

self.addEventListener("install", function (event) {
  const fetches = KEPT.map((url) => new Request(url, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(fetches)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", function (event) {
  const old = caches.keys().then((names) => Promise.all(names.filter((n) => n !== STORE).map((n) => caches.delete(n))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

async function shell() {
  const store = await caches.open(STORE);
  const language = await store.match("/lommelapp/-/language");
  const chosen = language ? await language.text() : "nb";
  return (await store.match(`${PAGE}ute/${chosen}/`)) || (await store.match(KEPT[0]));
}

self.addEventListener("message", function (event) {
  if (!event.data || !/^[a-z]{2}$/.test(event.data.language || "")) return;
  event.waitUntil(
    caches.open(STORE).then((store) => store.put("/lommelapp/-/language", new Response(event.data.language)))
  );
});

self.addEventListener("fetch", function (event) {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === PAGE) {
    event.respondWith(fetch(event.request).catch(shell));
  } else if (KEPT.includes(url.pathname)) {
    event.respondWith(fetch(event.request).catch(() => caches.match(url.pathname)));
  }
});
