// A page that changes by itself: what is read does not move, the focus is not lost, nothing is said
// twice, and a lost link is told.
(() => {
  "use strict";

  const { byId, main } = desk;

  // --- What would look the same is not put in again: an open form stays open, and a screen reader
  // is not told twice.

  const shown = new Map();
  for (const place of document.querySelectorAll("[data-steady]")) shown.set(place.id, place.innerHTML);

  function isNews(place, fragment) {
    if (place.id === "messages" || place.id === "known") return true;
    const box = document.createElement("div");
    box.append(fragment.cloneNode(true));
    const before = shown.get(place.id) ?? place.innerHTML;
    shown.set(place.id, box.innerHTML);
    return box.innerHTML !== before;
  }

  // --- The focus of what is replaced goes to what comes in its place; after an act of one's own,
  // however it was asked for (a key presses a button without giving it the focus), to what it leads to.

  const REACHED = "a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary";
  let lost = null;
  let acted = null;

  const reached = (place) => [...place.querySelectorAll(REACHED)].filter((each) => each.checkVisibility());

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, requestConfig } = event.detail;
    if (requestConfig.verb === "post") acted = elt.closest("[data-then]");
  });

  function remember(place) {
    const focused = document.activeElement;
    const mine = acted === place && focused === document.body;
    if (!mine && (!place.contains(focused) || focused === place)) return;
    acted = null;
    lost = { place: place.id, then: place.dataset.then, at: reached(place).indexOf(focused) };
    queueMicrotask(restore);
  }

  function restore() {
    const { place, then, at } = lost ?? {};
    lost = null;
    if (!place || document.activeElement !== document.body) return;
    const near = reached(byId(place) ?? main);
    const led = then && (byId("answer-text") ?? byId(then));
    const next = led || near[Math.min(Math.max(at, 0), near.length - 1)] || main;
    next.focus({ preventScroll: next === main });
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.shouldSwap) remember(event.detail.target);
  });

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (!isNews(target, fragment)) { event.detail.shouldSwap = false; return; }
    remember(target);
    if (target.id !== "messages") return;
    wasAtEnd = atEnd();
    for (const message of fragment.querySelectorAll("li.message")) {
      if (byId(message.id)) message.remove();
    }
  });

  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const { id } = event.detail.target;
    if (id !== "messages" && id !== "answer-area") return; // the box takes room from the messages
    if (wasAtEnd) scrollDown();
    else byId("to-end").hidden = id !== "messages" && byId("to-end").hidden;
  });

  // --- New messages do not move what is being read.

  let wasAtEnd = true;

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

  document.addEventListener("desk:said", scrollDown);
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

  const banner = byId("link-lost");
  const QUIET_FOR = 4000;
  const REST_AFTER = 60_000; // a browser has six connections for all the tabs of a site
  let sayLost = 0;
  let source = null;
  let resting = 0;

  document.addEventListener("htmx:sseOpen", (event) => {
    source = event.detail.source;
    window.clearTimeout(sayLost);
    sayLost = 0;
    banner.textContent = "";
    document.documentElement.dataset.live = "yes";
  });

  document.addEventListener("htmx:sseError", (event) => {
    delete document.documentElement.dataset.live;
    sayLost ||= window.setTimeout(() => { banner.textContent = banner.dataset.text; }, QUIET_FOR);
    if (event.detail.source?.readyState === EventSource.CLOSED) {
      document.body.dispatchEvent(new CustomEvent("changed")); // signed out meanwhile? the answer says
    }
  });

  document.addEventListener("visibilitychange", () => {
    const live = document.querySelector("[data-live][data-rests]");
    if (!live) return;
    window.clearTimeout(resting);
    if (document.hidden) {
      resting = window.setTimeout(() => { if (!desk.isListening?.()) source?.close(); }, REST_AFTER);
    } else if (source?.readyState === EventSource.CLOSED) {
      const again = live.cloneNode(true);
      live.replaceWith(again);
      window.htmx.process(again);
    }
  });

  if (main?.dataset.case) {
    scrollDown();
    window.scrollTo(0, 0);
    tick();
    window.setInterval(tick, 5000);
  }
})();
