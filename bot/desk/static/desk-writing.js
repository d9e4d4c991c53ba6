// Writing in a case: what is typed is never lost, an answer may be taken back, words are inserted.
(() => {
  "use strict";

  const { byId, main, storage, post, say } = desk;
  if (!main?.dataset.case) return;

  // --- What is typed stays in this browser until the server has it (the answer's draft) or until it
  // is sent (a note): a lost link, a session that ends, a closed page lose nothing.

  const HERE = `qve-desk-draft:${document.body.dataset.adviser}:`;
  const KEPT = ["answer-text", "note-text"];
  const answerText = () => byId("answer-text");
  const name = (field) => `${HERE}${main.dataset.case}:${field.id}`;
  const keepHere = (field) => storage((kept) => kept.setItem(name(field), field.value));
  const forgetHere = (field) => storage((kept) => kept.removeItem(name(field)));
  const keptHere = (field) => storage((kept) => kept.getItem(name(field)));

  function bringBack(field) {
    const kept = keptHere(field);
    if (kept === null) return;
    field.value = kept;
    if (field.id === "answer-text") keepOnServerSoon();
  }

  function prepareAnswer() {
    const text = answerText();
    if (!text || text.dataset.ready) return;
    text.dataset.ready = "yes";
    bringBack(text);
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

  document.addEventListener("input", ({ target }) => {
    if (!KEPT.includes(target.id)) return;
    keepHere(target);
    if (target.id !== "answer-text") return;
    fit();
    keepOnServerSoon();
    sayTyping();
  });

  // --- The draft is kept on the server too: another device, or another day, finds it.

  let waiting = 0;
  let keeping = null;
  let saidTyping = 0;

  function keepOnServerSoon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(keepOnServer, 800);
  }

  async function keepOnServer() {
    window.clearTimeout(waiting);
    await keeping; // one after the other, or an older text could arrive last
    const text = answerText();
    if (!text || keptHere(text) === null) return;
    const { value } = text;
    keeping = post("draft", { text: value }).catch(() => null);
    const response = await keeping;
    keeping = null;
    if (response?.ok && text.value === value) forgetHere(text);
  }

  function sayTyping() {
    if (Date.now() - saidTyping < 3000) return;
    saidTyping = Date.now();
    post("typing", {}).catch(() => {});
  }

  // Nothing of a person's case stays in a browser that its adviser leaves.
  byId("sign-out")?.addEventListener("submit", async (event) => {
    const form = event.target;
    event.preventDefault();
    await keepOnServer();
    storage((kept) => Object.keys(kept).filter((key) => key.startsWith("qve-desk-draft:")).forEach((key) => kept.removeItem(key)));
    form.submit();
  });

  // --- An answer that was sent leaves its box; one that was not stays there.

  let sending = null;

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id !== "answer-form") return;
    sending = answerText().value;
    window.clearTimeout(waiting);
  });

  function sent() {
    const text = answerText();
    if (text.value !== sending) return keepOnServerSoon(); // more was typed meanwhile
    text.value = "";
    forgetHere(text);
    if (keeping) keeping.then(() => post("draft", { text: "" })).catch(() => {});
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, requestConfig } = event.detail;
    const done = xhr?.status >= 200 && xhr.status < 300; // to htmx, a refusal in words is a success
    if (requestConfig?.verb !== "post" || !done) return;
    if (elt.id === "answer-form") sent();
    if (elt.matches("[data-clears]")) {
      for (const field of elt.elements) forgetHere(field);
      elt.reset();
    }
    if (xhr.status === 204) byId("notice").replaceChildren();
  });

  document.addEventListener("answered", (event) => {
    if (!answerText()) return;
    byId("answer-key").value = event.detail.key;
    byId("prepared")?.setAttribute("hidden", "");
    if (event.detail.held) say("held", "held-words");
    leaveIn(event.detail.held);
    fit();
    document.dispatchEvent(new CustomEvent("desk:said"));
  });

  function sayNotSent(event) {
    if (event.detail.requestConfig?.verb === "post") say("notice", "not-sent");
  }
  document.addEventListener("htmx:sendError", sayNotSent);
  document.addEventListener("htmx:responseError", sayNotSent);

  // --- A few seconds to take an answer back.

  let leaving = 0;

  function leaveIn(seconds) {
    window.clearTimeout(leaving);
    leaving = window.setTimeout(() => {
      const place = byId("held");
      if (place.contains(document.activeElement)) answerText()?.focus();
      place.replaceChildren();
      const prepared = byId("prepared");
      if (prepared?.hidden) { prepared.replaceChildren(); prepared.hidden = false; }
    }, seconds * 1000);
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-takes-back]")) return;
    event.preventDefault();
    try {
      const response = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "HX-Request": "true" },
      });
      takenBack(response, await response.text());
    } catch { say("notice", "not-sent"); }
  });

  function takenBack(response, words) {
    byId("held").replaceChildren();
    const told = JSON.parse(response.headers.get("HX-Trigger") || "{}").takenBack;
    if (!told) {
      byId("notice").innerHTML = response.status === 409 ? words : ""; // our own page says why
      answerText()?.focus();
      return;
    }
    if (String(told.case) !== main.dataset.case) { window.location.assign(`/desk/cases/${told.case}`); return; }
    byId("prepared")?.removeAttribute("hidden");
    const text = answerText();
    if (!text) return;
    text.value = text.value ? `${told.text}\n\n${text.value}` : told.text;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  }

  // --- Words to insert go where the caret is.

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.("[data-insert]");
    const text = answerText();
    if (!chosen || !text) return;
    const before = text.value.slice(0, text.selectionStart);
    const glue = before && !before.endsWith("\n") ? "\n\n" : "";
    text.setRangeText(glue + chosen.dataset.insert, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    if (chosen.dataset.tag) {
      post("tags", { tag: chosen.dataset.tag })
        .then(() => document.body.dispatchEvent(new CustomEvent("noted")))
        .catch(() => say("notice", "not-sent"));
    }
    byId("insert").open = false;
    text.focus();
  });

  // --- A file that is too heavy is refused before it travels.

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.id !== "upload-form") return;
    const chosen = byId("files");
    const fit = [...chosen.files].filter((file) => file.size <= Number(chosen.dataset.largest));
    if (fit.length < chosen.files.length) say("notice", "too-heavy");
    event.detail.formData.delete("files");
    for (const file of fit) event.detail.formData.append("files", file);
    if (!fit.length) event.preventDefault();
    chosen.value = "";
  });

  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target.id === "answer-area") prepareAnswer();
  });

  prepareAnswer();
  bringBack(byId("note-text"));
  if (byId("held").dataset.seconds) leaveIn(Number(byId("held").dataset.seconds));
})();
