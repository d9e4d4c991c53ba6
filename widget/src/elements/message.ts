import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Message } from "../contract";
import { fill } from "../fill";
import { timeLabel } from "../moments";
import { speaker } from "../spoken";
import { base } from "../styles/base";
import { locale, texts } from "../texts";
import type { MessageRow } from "../thread-rows";
import "./cards";
import "./copy";
import { announce, define } from "./define";
import "./feedback";
import { fileIcon } from "./icons";
import "./sources";
import { textTemplate } from "./text";

/** One message: who speaks, what is said, where it comes from, and what can be done with it. */
export class MessageElement extends LitElement {
  static override properties = { row: { attribute: false } };
  declare row: MessageRow;

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .message {
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        gap: 0.2em;
      }
      .speaker {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.6em;
        align-items: baseline;
        margin-top: 0.7em;
        font-size: 0.82em;
        color: var(--qve-text-soft);
      }
      .speaker b {
        color: var(--qve-text);
        font-weight: 650;
      }
      .bubble {
        max-width: min(100%, 34em);
        padding: 0.65em 0.9em;
        border-radius: 1em;
        border: 1px solid transparent;
        background: var(--qve-bot);
        overflow-wrap: anywhere;
      }
      .bubble > * + * {
        margin-top: 0.65em;
      }
      .bot .bubble,
      .adviser .bubble {
        border-top-left-radius: 0.3em;
      }
      .line {
        display: block;
      }
      .line + .line {
        margin-top: 0.35em;
      }
      .bubble ol,
      .bubble ul {
        padding-left: 1.4em;
      }
      .bubble li + li {
        margin-top: 0.3em;
      }
      .bubble li::marker {
        color: var(--qve-text-soft);
        font-weight: 600;
      }
      .person {
        align-items: flex-end;
      }
      .person .bubble {
        max-width: 85%;
        background: var(--qve-person);
        color: var(--qve-on-person);
        border-top-right-radius: 0.3em;
      }
      .person .bubble li::marker {
        color: inherit;
      }
      .adviser .bubble {
        background: var(--qve-adviser);
        border-color: var(--qve-adviser-line);
      }
      .adviser .speaker b {
        color: var(--qve-accent);
      }
      .system .bubble {
        max-width: 100%;
        background: none;
        border: 1px solid var(--qve-line);
        color: var(--qve-text-soft);
        font-size: 0.9em;
      }
      .state {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 0 0.5em;
        align-items: center;
        font-size: 0.82em;
        text-align: right;
        color: var(--qve-text-soft);
      }
      .unsent,
      .refused {
        color: var(--qve-danger);
      }
      .replies {
        display: flex;
        flex-wrap: wrap;
        gap: 0.45em;
        padding: 0.35em 0 0.15em;
        list-style: none;
      }
      .replies button,
      .replies span {
        display: block;
        border: 1.5px solid var(--qve-primary);
        border-radius: 1.2em;
        padding: 0.4em 0.95em;
        text-align: left;
        color: var(--qve-primary);
        background: var(--qve-surface);
        overflow-wrap: anywhere;
      }
      .replies button:hover {
        background: var(--qve-primary);
        color: var(--qve-on-primary);
      }
      .replies span {
        border: 1px dashed var(--qve-line);
        padding: 0.2em 0.7em;
        font-size: 0.85em;
        color: var(--qve-text-soft);
      }
      .files {
        display: grid;
        gap: 0.35em;
        padding: 0.2em 0;
        list-style: none;
      }
      .files button {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 0.2em 0.5em;
        align-items: center;
        min-height: 2.4em;
        text-align: left;
        overflow-wrap: anywhere;
      }
      .files small {
        color: var(--qve-text-soft);
      }
      .after {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        justify-content: space-between;
        gap: 0.3em 1em;
        width: 100%;
        max-width: 34em;
        padding: 0 0.25em;
      }
      @media (forced-colors: active) {
        .bubble {
          border-color: CanvasText;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { message, leads } = this.row;
    return html`<div class="message ${message.author}">
      <div class=${leads ? "speaker" : "unseen"}><b>${speaker(message)}</b> <time datetime=${message.at}>${timeLabel(message.at, locale())}</time></div>
      ${message.text && !isNameOfFile(message) ? html`<div class="bubble">${textTemplate(message.text, message.author)}</div>` : nothing}
      ${message.cards.length ? html`<qve-cards .message=${message} .done=${this.row.done}></qve-cards>` : nothing}
      ${message.files.length ? this.#files(message) : nothing} ${this.#state()} ${this.#after(message)} ${this.#replies(message)}
    </div>`;
  }

  #state(): TemplateResult | typeof nothing {
    const { state, reason, message } = this.row;
    if (message.author !== "person") return nothing;
    const { retry, discard, ...labels } = texts().delivery;
    const label = state ? labels[state] : "";
    return html`<div class="state ${state ?? ""}" ?hidden=${!state}>
      <span>${reason && state !== "sending" ? `${label}. ${reason}` : label}</span>
      ${state === "unsent" ? html`<button class="link" @click=${() => announce(this, "qve-retry")}>${retry}</button>` : nothing}
      ${state === "refused"
        ? html`<button class="link" @click=${() => announce(this, "qve-discard", message.externalId)}>${discard}</button>`
        : nothing}
    </div>`;
  }

  #files({ files }: Message): TemplateResult {
    const { list, download } = texts().files;
    return html`<ul class="files" role="list" aria-label=${list}>
      ${files.map(
        (file) =>
          html`<li>
            <button class="plain" aria-label=${fill(download, { name: file.name })} @click=${() => announce(this, "qve-file", file)}>
              ${fileIcon}<span>${file.name}</span> <small>${sizeLabel(file.size)}</small>
            </button>
          </li>`,
      )}
    </ul>`;
  }

  #after(message: Message): TemplateResult | typeof nothing {
    const sources = message.sources.length > 0;
    const rated = message.author === "bot" && message.topic !== null;
    const kept = rated || message.author === "adviser";
    if (!sources && !kept) return nothing;
    return html`<div class="after">
      ${sources ? html`<qve-sources .sources=${message.sources}></qve-sources>` : nothing}
      ${rated ? html`<qve-feedback .message=${message} .offersAdviser=${this.row.offersAdviser}></qve-feedback>` : nothing}
      ${kept ? html`<qve-copy .message=${message}></qve-copy>` : nothing}
    </div>`;
  }

  #replies({ buttons }: Message): TemplateResult | typeof nothing {
    if (!buttons.length) return nothing;
    const { live } = this.row;
    return html`<ul class="replies" role="list" aria-label=${texts().delivery.reply}>
      ${buttons.map(
        (button) =>
          html`<li>
            ${live
              ? html`<button @click=${() => announce(this, "qve-press", button)}>${button.title}</button>`
              : html`<span>${button.title}</span>`}
          </li>`,
      )}
    </ul>`;
  }
}

/** What comes with a document says its name only, which the document says already. */
function isNameOfFile({ text, files }: Message): boolean {
  return files.length === 1 && files[0]?.name === text;
}

function sizeLabel(bytes: number): string {
  const { kilobytes, megabytes } = texts().files;
  const size = (divided: number, digits: number): string =>
    new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(divided);
  if (bytes < 1024 * 1024) return fill(kilobytes, { size: size(Math.max(1, bytes / 1024), 0) });
  return fill(megabytes, { size: size(bytes / 1024 / 1024, 1) });
}

define("qve-message", MessageElement);
