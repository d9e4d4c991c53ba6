/* Keeps the files of the chat page, for when there is no network: what is written then waits in sight, and leaves afterwards.
   The network comes first, so that nothing here is ever older than what the server has. No message is kept. */
const KEPT = "chat-1";
const FILES = ["/chat", "/chat.css", "/chat-page.js", "/widget.js", "/chat.js", "/chat.webmanifest", "/icon.svg", "/icon-192.png"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin || !FILES.includes(pathname)) return;
  event.respondWith(fresh(event.request, pathname));
});

async function fresh(request, pathname) {
  const kept = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok) await kept.put(pathname, response.clone());
    return response;
  } catch (failure) {
    const last = await kept.match(pathname);
    if (last) return last;
    throw failure;
  }
}
