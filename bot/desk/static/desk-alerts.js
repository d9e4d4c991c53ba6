// Who waits is counted in the title of every live page; a new case is told by a notification or a
// sound, each if its adviser wants it in this browser. Of all the tabs, one tells.
(() => {
  "use strict";

  const { byId, storage } = desk;
  const box = byId("alerts");
  const key = (name) => `qve-desk-${name}:${document.body.dataset.adviser}`;
  const isWanted = (name) => storage((kept) => kept.getItem(key(name))) === "yes";
  const want = (name, yes) => storage((kept) => (yes ? kept.setItem(key(name), "yes") : kept.removeItem(key(name))));
  const notifies = () => isWanted("notification") && window.Notification?.permission === "granted";

  // --- One tab listens for all of them, as long as it is open.

  let listens = !navigator.locks;
  navigator.locks?.request(key("listens"), () => {
    listens = true;
    return new Promise(() => {});
  });
  desk.isListening = () => listens && (notifies() || isWanted("sound"));

  // --- The title, and the news.

  const howMany = () => Number(document.querySelector("#counts [data-waiting]")?.dataset.waiting ?? 0);
  // A case calls who is to take it: who is on duty first, then everyone (see « Garde »).
  const lastCall = () => Number(document.querySelector("#counts [data-called]")?.dataset.called ?? 0);
  const bare = document.title.replace(/^\(\d+\) /, "");
  let heard = lastCall();

  function count() {
    const now = howMany();
    document.title = now ? `(${now}) ${bare}` : bare;
    const called = lastCall();
    if (called > heard && listens) tell();
    heard = Math.max(heard, called);
  }

  document.addEventListener("htmx:afterSettle", count);
  count();

  function tell() {
    if (isWanted("sound")) ring();
    if (notifies() && document.hidden) {
      const told = new Notification(document.body.dataset.newCase, { tag: "qve-desk", icon: document.body.dataset.icon });
      told.addEventListener("click", () => { window.focus(); told.close(); });
    }
  }

  let audio = null;

  /** A browser lets a page be heard once it has been clicked or typed in. */
  function ring() {
    try {
      audio ??= new AudioContext();
      if (audio.state === "suspended") audio.resume();
      const note = audio.createOscillator();
      note.frequency.value = 660;
      note.connect(audio.destination);
      note.start();
      note.stop(audio.currentTime + 0.15);
    } catch { /* no sound here */ }
  }

  // --- What is wanted.

  if (!box) return;
  box.hidden = false;
  const sound = byId("alert-sound");
  const notification = byId("alert-notification");
  sound.checked = isWanted("sound");
  notification.checked = notifies();

  sound.addEventListener("change", () => {
    want("sound", sound.checked);
    if (sound.checked) ring();
  });

  notification.addEventListener("change", async () => {
    const allowed = notification.checked && (await window.Notification?.requestPermission?.()) === "granted";
    byId("alert-refused").hidden = !notification.checked || allowed;
    notification.checked = allowed;
    want("notification", allowed);
  });
})();
