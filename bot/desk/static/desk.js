// What every page of the desk shares: small helpers under one name, and passwords that can be shown.
// Each of the other scripts is one concern: desk-live, desk-writing, desk-keys, desk-alerts.
const desk = (() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const main = byId("main");

  /** This browser's own memory, or null where there is none. */
  function storage(act) {
    try { return act(window.localStorage); } catch { return null; }
  }

  /** A form sent beside the page, about the case that is open; rejects when the link is lost. */
  function post(path, fields) {
    const body = new URLSearchParams({ form_token: document.body.dataset.formToken, ...fields });
    return fetch(`/desk/cases/${main.dataset.case}/${path}`, { method: "POST", body, keepalive: true });
  }

  /** Sentences wait in templates: `say("notice", "not-sent")` puts a copy where it is read. */
  function say(place, template) {
    byId(place)?.replaceChildren(byId(template).content.cloneNode(true));
  }

  for (const button of document.querySelectorAll("[data-reveals]")) {
    const field = byId(button.dataset.reveals);
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    });
  }

  return { byId, main, storage, post, say };
})();
