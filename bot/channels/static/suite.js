/* Opens here a conversation begun at another door, by a link that works once. The code stands after the #: it reaches no log.
   Nothing happens before the person says so: a link may have been sent by somebody else, or be followed by a machine. */
(function () {
  const KEY = "quebec-ville-etudes";
  const [, kind, code] = /^#(retour=)?(.*)$/.exec(location.hash) ?? [];
  const door = kind ? "return" : "continue"; // of a letter, or of another door
  const button = document.querySelector("#go");

  function show(...names) {
    for (const part of document.querySelectorAll("[data-when]")) part.hidden = !names.includes(part.dataset.when);
    button.hidden = names.includes("spent");
  }

  function known() {
    try {
      return localStorage.getItem(KEY) !== null;
    } catch {
      return false;
    }
  }

  function forget() {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`${KEY}.outgoing.`)) localStorage.removeItem(key);
    sessionStorage.removeItem(`${KEY}.draft`);
    if ("indexedDB" in window) indexedDB.deleteDatabase(KEY); // documents that waited
  }

  async function goOn() {
    button.disabled = true;
    try {
      const asked = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ code }), credentials: "omit" };
      const answer = await fetch(`/api/conversations/${door}`, asked);
      if (answer.status === 410 || answer.status === 422) return show("spent");
      if (!answer.ok) return show("failed");
      const { id, token } = await answer.json();
      forget();
      localStorage.setItem(KEY, JSON.stringify({ id, token }));
      location.replace("/chat");
    } catch {
      show("failed");
    } finally {
      button.disabled = false;
    }
  }

  history.replaceState(null, "", location.pathname);
  show(...(code ? ["ready", known() ? "replaces" : ""] : ["spent"]));
  button.addEventListener("click", goOn);
})();
