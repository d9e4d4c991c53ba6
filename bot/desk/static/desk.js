// What the desk's pages add to htmx: drafts, keys, scroll, clocks, and a word when the link is lost.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const main = byId("main");
  const DRAFTS = "qve-desk-draft:";

  function storage(act) {
    try { return act(window.localStorage); } catch { return null; }
  }

  // --- Passwords can be shown while they are typed.

  for (const button of document.querySelectorAll("[data-reveals]")) {
    const field = byId(button.dataset.reveals);
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    });
  }

  // --- Drafts stay in this browser until they are sent, or the adviser signs out.

  const draftKey = () => `${DRAFTS}${main.dataset.adviser}:${main.dataset.case}`;
  const answerText = () => byId("answer-text");

  function keepDraft() {
    const { value } = answerText();
    storage((kept) => (value ? kept.setItem(draftKey(), value) : kept.removeItem(draftKey())));
  }

  function prepareAnswer() {
    const text = answerText();
    if (!text || text.dataset.ready) return;
    text.dataset.ready = "yes";
    text.value = text.value || storage((kept) => kept.getItem(draftKey())) || "";
    fit();
  }

  function fit() {
    const text = answerText();
    const left = byId("answer-left");
    const count = Number(left.dataset.longest) - text.value.length;
    left.textContent = count < 500 ? `(${count})` : "";
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight + 2, window.innerHeight * 0.4)}px`;
  }

  document.addEventListener("input", (event) => {
    if (event.target.id !== "answer-text") return;
    keepDraft();
    fit();
    keepOnServer();
    sayTyping();
  });

  // --- The draft is kept on the server too: another device, or another day, finds it.

  let keeping = 0;
  let saidTyping = 0;

  function post(path, fields) {
    const form = byId("answer-form");
    if (!form) return;
    const body = new URLSearchParams({ form_token: form.elements.form_token.value, ...fields });
    fetch(`/desk/cases/${main.dataset.case}/${path}`, { method: "POST", body, keepalive: true }).catch(() => {});
  }

  function keepOnServer() {
    window.clearTimeout(keeping);
    keeping = window.setTimeout(() => { if (answerText()) post("draft", { text: answerText().value }); }, 800);
  }

  function sayTyping() {
    if (Date.now() - saidTyping < 3000) return;
    saidTyping = Date.now();
    post("typing", {});
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "answer-text" || event.key !== "Enter") return;
    if (!(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const form = byId("answer-form");
    window.clearTimeout(keeping);
    if (!byId("send").disabled) form.requestSubmit(event.shiftKey ? byId("send-next") : byId("send"));
  });

  byId("sign-out")?.addEventListener("submit", () => {
    storage((kept) => Object.keys(kept).filter((key) => key.startsWith(DRAFTS)).forEach((key) => kept.removeItem(key)));
  });

  // --- An answer that was sent leaves its box; one that was not stays there.

  let sending = null;

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id === "answer-form") sending = answerText().value;
  });

  document.addEventListener("answered", (event) => {
    const text = answerText();
    if (!text) return;
    if (text.value === sending) text.value = "";
    byId("answer-key").value = event.detail.key;
    byId("prepared")?.replaceChildren();
    window.clearTimeout(keeping);
    if (event.detail.held) offerTakingBack(event.detail.held);
    keepDraft();
    fit();
    scrollDown();
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const done = event.detail.requestConfig?.verb === "post" && event.detail.xhr?.status === 204;
    if (done) byId("notice").replaceChildren();
  });

  function sayNotSent(event) {
    const words = byId("not-sent");
    if (event.detail.requestConfig?.verb === "post" && words) byId("notice").replaceChildren(words.content.cloneNode(true));
  }
  document.addEventListener("htmx:sendError", sayNotSent);
  document.addEventListener("htmx:responseError", sayNotSent);

  // --- A few seconds to take an answer back.

  let offered = 0;

  function offerTakingBack(seconds) {
    const place = byId("held");
    place.replaceChildren(byId("held-words").content.cloneNode(true));
    window.clearTimeout(offered);
    offered = window.setTimeout(() => place.replaceChildren(), seconds * 1000);
  }

  document.addEventListener("submit", (event) => {
    const { target } = event;
    if (!target.action?.endsWith("/take-back")) return;
    event.preventDefault();
    fetch(target.action, { method: "POST", body: new URLSearchParams(new FormData(target)), headers: { "HX-Request": "true" } })
      .then((response) => {
        byId("held").replaceChildren();
        const told = JSON.parse(response.headers.get("HX-Trigger") || "{}").takenBack;
        if (!told) return;
        if (String(told.case) !== main.dataset.case) { window.location.assign(`/desk/cases/${told.case}`); return; }
        if (answerText()) { answerText().value = told.text; keepDraft(); fit(); answerText().focus(); }
      })
      .catch(() => byId("notice").replaceChildren(byId("not-sent").content.cloneNode(true)));
  }, true);

  // --- Words to insert go where the caret is.

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.("[data-insert]");
    const text = answerText();
    if (!chosen || !text) return;
    const before = text.value.slice(0, text.selectionStart);
    const glue = before && !before.endsWith("\n") ? "\n\n" : "";
    text.setRangeText(glue + chosen.dataset.insert, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    if (chosen.dataset.tag) post("tags", { tag: chosen.dataset.tag });
    byId("insert").open = false;
    text.focus();
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.detail.elt.matches?.("[data-clears]")) event.detail.elt.reset();
  });

  // --- Keys. A letter typed in a field is a letter.

  const KEYS = {
    r: () => answerText()?.focus(),
    p: () => byId("act-claim")?.click(),
    i: () => { const box = byId("insert"); if (box) { box.open = true; byId("insert-look").focus(); } },
    n: () => byId("note-text")?.focus(),
    c: () => openActs("act-transfer"),
    s: () => openActs("act-snooze"),
    t: () => openActs("act-close"),
    z: () => byId("take-back")?.click(),
    f: () => { window.location.assign("/desk/"); },
    "/": () => byId("q")?.focus(),
    "?": () => { const keys = byId("keys"); if (keys) { if (keys.open) keys.close(); else keys.showModal(); } },
  };

  function openActs(id) {
    const acts = byId(id);
    if (!acts) return;
    acts.open = true;
    acts.querySelector("select, button")?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = event.target.closest?.("details.more[open], details.insert[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches?.("input, textarea, select")) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // --- An alert for each new case, if it is wanted: a notification, and a short sound.

  const alerts = byId("alerts");
  const WANTED = "qve-desk-alerts";
  const areWanted = () => storage((kept) => kept.getItem(WANTED)) === "yes";

  function showAlerts() {
    alerts.setAttribute("aria-pressed", String(areWanted()));
    alerts.textContent = areWanted() ? alerts.dataset.on : alerts.dataset.off;
  }

  if (alerts && "Notification" in window) {
    alerts.hidden = false;
    showAlerts();
    alerts.addEventListener("click", async () => {
      const wanted = !areWanted() && (await Notification.requestPermission()) !== "denied";
      storage((kept) => kept.setItem(WANTED, wanted ? "yes" : "no"));
      showAlerts();
    });
  }

  const howMany = () => Number(document.querySelector("#counts .count [aria-hidden]")?.textContent ?? 0);
  let waited = howMany();

  document.addEventListener("htmx:afterSettle", () => {
    const now = howMany();
    if (now > waited && areWanted()) alertOnce();
    waited = now;
  });

  function alertOnce() {
    try {
      const sound = new AudioContext();
      const note = sound.createOscillator();
      note.frequency.value = 660;
      note.connect(sound.destination);
      note.start();
      note.stop(sound.currentTime + 0.15);
    } catch { /* no sound here */ }
    if (Notification.permission === "granted" && document.hidden) new Notification(document.title, { tag: "qve-desk" });
  }

  // --- New messages do not move what is being read.

  const scroller = () => {
    const box = byId("scroll");
    return box && box.scrollHeight > box.clientHeight + 1 ? box : document.scrollingElement;
  };
  const atEnd = () => {
    const box = scroller();
    return box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  };
  const scrollDown = () => {
    byId("messages")?.lastElementChild?.scrollIntoView({ block: "end" });
    byId("to-end").hidden = true;
  };
  let wasAtEnd = true;

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (event.detail.target.id !== "messages") return;
    wasAtEnd = atEnd();
    for (const message of event.detail.fragment.querySelectorAll("li.message")) {
      if (byId(message.id)) message.remove();
    }
  });

  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const { id } = event.detail.target;
    if (id === "messages") {
      if (wasAtEnd) scrollDown();
      else byId("to-end").hidden = false;
    }
    if (id === "answer-area") {
      prepareAnswer();
      if (answerText() && document.activeElement === document.body) answerText().focus();
    }
  });

  byId("to-end")?.addEventListener("click", () => {
    scrollDown();
    byId("scroll").focus({ preventScroll: true });
  });
  byId("scroll")?.addEventListener("scroll", () => { if (atEnd()) byId("to-end").hidden = true; }, { passive: true });

  // --- Clocks of the desk and of the person.

  function tick() {
    for (const clock of document.querySelectorAll("[data-clock]")) {
      const parts = new Intl.DateTimeFormat("fr-CA", {
        timeZone: clock.dataset.clock, hour: "numeric", minute: "2-digit", hourCycle: "h23",
      }).formatToParts(new Date());
      const part = (name) => parts.find((each) => each.type === name).value;
      const there = `${Number(part("hour"))}\u00a0h\u00a0${part("minute")}`;
      if (clock.textContent !== there) clock.textContent = there;
    }
  }

  // --- The event stream: say when it is lost; a hidden case gives its connection back.

  const lost = byId("link-lost");
  let sayLost = 0;

  document.addEventListener("htmx:sseOpen", (event) => {
    source = event.detail.source;
    window.clearTimeout(sayLost);
    sayLost = 0;
    lost.textContent = "";
  });

  document.addEventListener("htmx:sseError", (event) => {
    sayLost ||= window.setTimeout(() => { lost.textContent = lost.dataset.text; }, 4000);
    if (event.detail.source?.readyState === EventSource.CLOSED) {
      document.body.dispatchEvent(new CustomEvent("changed")); // signed out meanwhile? the answer says
    }
  });

  const REST_AFTER = 60_000; // a browser has six connections for all the tabs of a site
  let source = null;
  let resting = 0;

  document.addEventListener("visibilitychange", () => {
    const live = document.querySelector("[data-live][data-rests]");
    if (!live) return;
    window.clearTimeout(resting);
    if (document.hidden) {
      resting = window.setTimeout(() => source?.close(), REST_AFTER);
    } else if (source?.readyState === EventSource.CLOSED) {
      const again = live.cloneNode(true);
      live.replaceWith(again);
      window.htmx.process(again);
    }
  });

  if (main?.dataset.case) {
    prepareAnswer();
    scrollDown();
    window.scrollTo(0, 0);
    tick();
    window.setInterval(tick, 5000);
  }
})();
