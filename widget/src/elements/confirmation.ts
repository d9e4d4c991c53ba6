import { css, html, LitElement, type TemplateResult } from "lit";
import { base } from "../styles/base";
import { sheet } from "../styles/sheet";
import { texts } from "../texts";
import { announce, define } from "./define";
import { holdFocus } from "./held-focus";

export type Question = "erase" | "anew";

/** Asks before something that cannot be undone. */
export class Confirmation extends LitElement {
  static override properties = { question: {} };
  declare question: Question;

  static override styles = [
    base,
    sheet,
    css`
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

  #key = (event: KeyboardEvent): void => holdFocus(event, this.renderRoot as ShadowRoot);

  override render(): TemplateResult {
    const words = texts().confirm;
    const [title, text, yes] =
      this.question === "erase"
        ? [words.eraseTitle, words.eraseText, words.eraseYes]
        : [words.anewTitle, words.anewText, words.anewYes];
    return html`<div class="sheet" role="alertdialog" aria-modal="true" aria-labelledby="title" @keydown=${this.#key} aria-describedby="text">
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
