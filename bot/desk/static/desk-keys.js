// Keys. A letter typed in a field is a letter; who dictates, or types by accident, may switch them off.
(() => {
  "use strict";

  const { byId, main, storage } = desk;
  const dialog = byId("keys");
  const choice = byId("keys-on");
  const OFF = `qve-desk-keys-off:${document.body.dataset.adviser}`;
  const areOn = () => storage((kept) => kept.getItem(OFF)) !== "yes";

  const KEYS = {
    r: () => byId("answer-text")?.focus(),
    p: () => byId("act-claim")?.click(),
    i: () => { const box = byId("insert"); if (box) { box.open = true; byId("insert-look").focus(); } },
    n: () => byId("note-text")?.focus(),
    c: () => openActs("act-transfer"),
    s: () => openActs("act-snooze"),
    t: () => openActs("act-close"),
    z: () => byId("take-back")?.click(),
    f: () => { window.location.assign("/desk/"); },
    j: () => goTo(1),
    k: () => goTo(-1),
    "/": () => byId("q")?.focus(),
    "?": show,
  };

  function show() {
    if (dialog.open) { dialog.close(); return; }
    choice.checked = areOn();
    dialog.showModal();
  }

  function openActs(id) {
    const acts = byId(id);
    if (!acts) return;
    acts.open = true;
    acts.querySelector("select, button")?.focus();
  }

  /** The next case of the list, or the one before. */
  function goTo(step) {
    const cases = [...document.querySelectorAll("#lists .line-link")];
    const at = cases.findIndex((each) => each.closest(".line").contains(document.activeElement));
    cases[at < 0 ? 0 : Math.min(Math.max(at + step, 0), cases.length - 1)]?.focus();
  }

  byId("show-keys").hidden = false;
  byId("show-keys").addEventListener("click", show);
  choice.addEventListener("change", () => {
    storage((kept) => (choice.checked ? kept.removeItem(OFF) : kept.setItem(OFF, "yes")));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { closeWhatIsOpen(event.target); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select")) return;
    const act = Object.hasOwn(KEYS, event.key) && KEYS[event.key];
    if (!act || !areOn() || (dialog.open && event.key !== "?")) return;
    event.preventDefault();
    act();
  });

  function closeWhatIsOpen(target) {
    const open = target.closest?.("details.more[open], details.insert[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "answer-text" || event.key !== "Enter") return;
    if (!(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    byId(event.shiftKey ? "send-next" : "send").click(); // htmx knows a form's button by its click
  });
})();
