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
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "answer-text" || event.key !== "Enter") return;
    if (!(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const form = byId("answer-form");
    if (!byId("send").disabled) form.requestSubmit();
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
