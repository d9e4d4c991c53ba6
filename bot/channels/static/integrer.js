/* The live example of window.QuebecVilleEtudes and of its colours. */
(function () {
  const THEMES = {
    prune: { primary: "#6a1b4d", "primary-strong": "#4a1036", header: "#4a1036", "header-end": "#8c2f68", person: "#6a1b4d" },
    jaune: { primary: "#ffe97a", "primary-strong": "#ffd84a", header: "#fff3b0", "header-end": "#ffe97a", person: "#fff3b0" },
  };
  const heard = document.querySelector("#heard");
  const lines = [];

  function note(words) {
    lines.push(words);
    heard.textContent = lines.slice(-6).join("\n");
  }

  function listen(chat) {
    chat.on("open", () => note("open"));
    chat.on("close", () => note("close"));
    chat.on("unread", (count) => note(`unread : ${count}`));
    chat.on("message", ({ author, text }) => note(`message : ${author}, « ${text.slice(0, 60)} »`));
  }

  function paint(name) {
    const host = document.querySelector("quebec-ville-etudes");
    host?.removeAttribute("style");
    for (const [variable, colour] of Object.entries(THEMES[name] ?? {})) host?.style.setProperty(`--qve-${variable}`, colour);
  }

  addEventListener("load", () => window.QuebecVilleEtudes && listen(window.QuebecVilleEtudes));
  for (const place of document.querySelectorAll("[data-origin]")) place.textContent = location.origin;
  for (const button of document.querySelectorAll("[data-act]"))
    button.addEventListener("click", () => window.QuebecVilleEtudes?.[button.dataset.act]("C’est quoi, le CAQ?"));
  for (const button of document.querySelectorAll("button[data-theme]"))
    button.addEventListener("click", () => paint(button.dataset.theme));
})();
