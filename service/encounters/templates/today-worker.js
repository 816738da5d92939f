// The service worker of /today: without a connection it shows an empty page of the same build,
// which the page's own script fills from what this phone keeps until midnight. It stores nothing
// that is about anybody.
const NAME = "thuisronde-{{ build }}";
const FILES = {{ files|tojson }};
const LANGUAGES = ["nl", "fr", "en"];
const shell = (language) => `/today/offline/${language}`;

self.addEventListener("install", (event) => {
  const fresh = [...FILES, ...LANGUAGES.map(shell)].map(
    (address) => new Request(address, { credentials: "omit", cache: "reload" }),
  );
  event.waitUntil(
    caches.open(NAME).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => names.filter((name) => name.startsWith("thuisronde-") && name !== NAME))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The language the reader chose last, told by the page; kept as the name of an empty entry.
self.addEventListener("message", (event) => {
  if (!LANGUAGES.includes(event.data?.language)) return;
  event.waitUntil(
    caches.open(NAME).then((cache) =>
      cache.put("/today/offline", new Response(event.data.language)),
    ),
  );
});

// One bar in a cellar is no connection either: nobody waits longer than this for a page.
const PATIENCE = 10_000;

async function shown(request) {
  const page = fetch(request);
  const tired = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([page.catch(withoutConnection), tired.then(withoutConnection)]);
  return first ?? page;
}

async function withoutConnection() {
  const cache = await caches.open(NAME);
  const chosen = await cache.match("/today/offline");
  const language = chosen ? await chosen.text() : "fr";
  return cache.match(shell(language));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (address.pathname.startsWith("/today")) event.respondWith(shown(request));
    return;
  }
  if (FILES.includes(address.pathname)) {
    event.respondWith(caches.match(address.pathname).then((kept) => kept ?? fetch(request)));
  }
});
