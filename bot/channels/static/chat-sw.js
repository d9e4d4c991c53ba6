/* Keeps the files of the chat page, for when there is no network: what is written then waits in sight, and leaves afterwards.
   The network comes first, so that nothing here is ever older than what the server has. No message is kept.
   Shows the notification that a person asked for: that somebody answered, never what was said. */
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

self.addEventListener("push", (event) => event.waitUntil(show(event.data?.json() ?? {})));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

/* One at a time, however many answers; none to somebody who is looking at them. */
async function show({ title, body }) {
  const looking = (await windows()).some((page) => page.visibilityState === "visible" && page.focused);
  if (title && !looking) await self.registration.showNotification(title, { body, tag: "answer", renotify: true, icon: "/icon-192.png", badge: "/icon-192.png", lang: "fr-CA" });
}

async function open() {
  const [page] = await windows();
  return page ? page.focus() : self.clients.openWindow("/chat");
}

async function windows() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.filter((page) => new URL(page.url).pathname === "/chat");
}
