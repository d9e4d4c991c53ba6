import { css, html, LitElement, type TemplateResult } from "lit";
import { base } from "../styles/base";
import { texts } from "../texts";
import { announce, define } from "./define";

export type Question = "erase" | "anew";

/** Asks before something that cannot be undone. */
export class Confirmation extends LitElement {
  static override properties = { question: {} };
  declare question: Question;

  static override styles = [
    base,
    css`
      :host {
        position: absolute;
        inset: 0;
        z-index: 3;
        display: grid;
        place-items: end stretch;
        background: rgb(6 16 38 / 0.55);
      }
      div {
        max-height: 100%;
        overflow: auto;
        padding: 1.3em 1.2em 1.2em;
        background: var(--qve-surface);
        border-radius: var(--qve-radius) var(--qve-radius) 0 0;
        border-top: 1px solid var(--qve-line);
      }
      h3 {
        font-size: 1.1em;
        line-height: 1.3;
        margin-bottom: 0.4em;
      }
      p {
        color: var(--qve-text-soft);
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6em;
        margin-top: 1.1em;
        padding: 0;
        border: 0;
      }
      button {
        flex: 1 1 8em;
        min-height: 2.75em;
      }
      .erase {
        background: var(--qve-danger);
        color: var(--qve-surface);
        font-weight: 600;
      }
    `,
  ];

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>(".plain")?.focus();
  }

  override render(): TemplateResult {
    const words = texts().confirm;
    const [title, text, yes] =
      this.question === "erase"
        ? [words.eraseTitle, words.eraseText, words.eraseYes]
        : [words.anewTitle, words.anewText, words.anewYes];
    return html`<div role="alertdialog" aria-modal="true" aria-labelledby="title" aria-describedby="text">
      <h3 id="title">${title}</h3>
      <p id="text">${text}</p>
      <section class="choices">
        <button class="plain" @click=${() => announce(this, "qve-cancel")}>${words.no}</button>
        <button class=${this.question === "erase" ? "erase" : "filled"} @click=${() => announce(this, "qve-confirm", this.question)}>
          ${yes}
        </button>
      </section>
    </div>`;
  }
}

define("qve-confirmation", Confirmation);
