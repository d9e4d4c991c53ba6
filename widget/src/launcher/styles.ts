/** Colours and sizes are variables on the host element, so that a page can set them: `quebec-ville-etudes { --qve-primary: … }`. */

const LIGHT = `
  --qve-primary: #0b3a82;
  --qve-primary-strong: #082a60;
  --qve-on-primary: #ffffff;
  --qve-header: #0b2f6b;
  --qve-header-end: #14539f;
  --qve-on-header: #ffffff;
  --qve-accent: #a83c0c;
  --qve-on-accent: #ffffff;
  --qve-surface: #ffffff;
  --qve-surface-soft: #f3f6fb;
  --qve-text: #16213a;
  --qve-text-soft: #535f7a;
  --qve-line: #d9e0ec;
  --qve-line-strong: #7b879f;
  --qve-bot: #eef3fb;
  --qve-person: #0b3a82;
  --qve-on-person: #ffffff;
  --qve-adviser: #fdf0e6;
  --qve-adviser-line: #e6b48c;
  --qve-danger: #a3172b;
  --qve-shadow: 0 18px 48px rgb(9 26 60 / .26), 0 2px 8px rgb(9 26 60 / .14);
  color-scheme: light !important;
`;

const DARK = `
  --qve-primary: #8db8ff;
  --qve-primary-strong: #b5d0ff;
  --qve-on-primary: #0a1934;
  --qve-header: #0c2350;
  --qve-header-end: #123c7a;
  --qve-on-header: #ffffff;
  --qve-accent: #ffae78;
  --qve-on-accent: #2a1203;
  --qve-surface: #0f172a;
  --qve-surface-soft: #172239;
  --qve-text: #e9eef8;
  --qve-text-soft: #aab6ce;
  --qve-line: #2a3855;
  --qve-line-strong: #7486a8;
  --qve-bot: #1b2842;
  --qve-person: #1d4f9f;
  --qve-on-person: #ffffff;
  --qve-adviser: #33261d;
  --qve-adviser-line: #8a5f3f;
  --qve-danger: #ff9aa6;
  --qve-shadow: 0 18px 48px rgb(0 0 0 / .6), 0 0 0 1px rgb(255 255 255 / .08);
  color-scheme: dark !important;
`;

const CSS = `
:host {
  ${LIGHT}
  --qve-radius: 1.1em;
  --qve-font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif;
  --qve-right: 1.25em;
  --qve-bottom: 1.25em;
  /* Important, and inside: whatever a rule of the page says of every element, it does not reach here. Variables do. */
  all: initial !important;
  position: fixed !important;
  z-index: 2147483000 !important;
  right: max(var(--qve-right), env(safe-area-inset-right)) !important;
  bottom: max(var(--qve-bottom), env(safe-area-inset-bottom)) !important;
  display: flex !important;
  flex-direction: column !important;
  align-items: flex-end !important;
  gap: .75em !important;
  max-width: calc(100vw - 2.5em) !important;
  font: medium/1.5 var(--qve-font) !important;
  color: var(--qve-text) !important;
}
:host([hidden]) { display: none !important; }
@media (prefers-color-scheme: dark) { :host(:not([data-theme="light"])) { ${DARK} } }
:host([data-theme="dark"]) { ${DARK} }
button {
  position: relative;
  display: inline-flex;
  align-items: center;
  gap: .6em;
  box-sizing: border-box;
  min-width: 3.5em;
  min-height: 3.5em;
  padding: 0 1.25em 0 1em;
  border: 2px solid transparent;
  border-radius: 999px;
  background: linear-gradient(135deg, var(--qve-header), var(--qve-header-end));
  color: var(--qve-on-header);
  font: 600 1em/1.2 var(--qve-font);
  cursor: pointer;
  box-shadow: 0 6px 20px rgb(9 26 60 / .32), 0 0 0 1px rgb(255 255 255 / .14);
  transition: transform .15s ease, box-shadow .15s ease;
}
button:hover { transform: translateY(-2px); box-shadow: 0 10px 26px rgb(9 26 60 / .4), 0 0 0 1px rgb(255 255 255 / .2); }
button:focus-visible { outline: 3px solid var(--qve-accent); outline-offset: 3px; }
button[aria-busy] .icon { animation: beat 1s ease-in-out infinite alternate; }
.icon { width: 1.6em; height: 1.6em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.close, :host([data-open]) .chat, :host([data-open]) .label { display: none; }
:host([data-open]) .close { display: block; }
:host([data-open]) button { padding: 0; justify-content: center; }
.badge {
  position: absolute;
  top: -.5em;
  right: -.25em;
  min-width: 1.1em;
  padding: .1em .35em;
  border-radius: 999px;
  background: var(--qve-accent);
  color: var(--qve-on-accent);
  border: 2px solid var(--qve-surface);
  font-size: .8em;
  text-align: center;
}
.badge[hidden], :host([data-page][data-open]) button { display: none; }
.alert { margin: 0; max-width: 20em; padding: .75em 1em; border-radius: .75em; background: var(--qve-surface); color: var(--qve-text); border: 1px solid var(--qve-line); box-shadow: var(--qve-shadow); }
.alert:empty { display: none; }
@keyframes beat { to { opacity: .45; transform: scale(.92); } }
@media (max-width: 600px) {
  :host { --qve-right: 1em; --qve-bottom: 1em; }
  .label { display: none; }
  button { padding: 0; justify-content: center; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } button:hover { transform: none; } }
@media (forced-colors: active) { button { border-color: ButtonText; background: ButtonFace; } .badge { border-color: Canvas; } }
@media print { :host { display: none !important; } }
`;

/** Constructed where the browser can, so that a page that forbids inline styles keeps its rule. */
export function applyStyles(root: ShadowRoot): void {
  if ("adoptedStyleSheets" in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
  } else {
    const style = document.createElement("style");
    style.textContent = CSS;
    (root as ShadowRoot).append(style);
  }
}
