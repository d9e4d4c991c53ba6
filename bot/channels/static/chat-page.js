/* The chat as a page of its own: with this, it opens without a network, and can be kept as an application. */
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/chat-sw.js", { scope: "/chat" });
