import { css, html, LitElement, type TemplateResult } from "lit";
import { answerAsText } from "../answer-text";
import type { Message } from "../contract";
import { base } from "../styles/base";
import { texts } from "../texts";
import { define } from "./define";
import { copyIcon } from "./icons";

const SHOWN_MS = 3_000;

/** Puts an answer on the clipboard, with its cards and where it comes from. */
export class Copy extends LitElement {
  static override properties = { message: { attribute: false }, outcome: { state: true } };
  declare message: Message;
  declare outcome: "done" | "failed" | null;

  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        gap: 0.3em;
        align-items: center;
        margin-left: auto;
        font-size: 0.82em;
        color: var(--qve-text-soft);
      }
      button {
        display: grid;
        place-items: center;
        min-width: 2.2em;
        min-height: 2.2em;
        padding: 0.2em;
      }
      button:hover {
        background: var(--qve-surface-soft);
      }
    `,
  ];

  constructor() {
    super();
    this.outcome = null;
  }

  override render(): TemplateResult {
    const words = texts().copy;
    return html`<span role="status">${this.outcome ? words[this.outcome] : ""}</span>
      <button aria-label=${words.label} title=${words.label} @click=${this.#copy}>${copyIcon}</button>`;
  }

  async #copy(): Promise<void> {
    const text = answerAsText(this.message, texts().copy.source);
    try {
      await navigator.clipboard.writeText(text);
      this.outcome = "done";
    } catch {
      this.outcome = "failed";
    }
    setTimeout(() => (this.outcome = null), SHOWN_MS);
  }
}

define("qve-copy", Copy);
