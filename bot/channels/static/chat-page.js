/* The chat as a page of its own: with this, it opens without a network, and can be kept as an application. */
if (location.hash.startsWith("#retour=")) location.replace(`/suite.html${location.hash}`); // a letter's link: the person says so first
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/chat-sw.js", { scope: "/chat" });
