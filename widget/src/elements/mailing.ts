import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Mailed } from "../conversation";
import { fill } from "../fill";
import { base } from "../styles/base";
import { sheet } from "../styles/sheet";
import { texts } from "../texts";
import { announce, define } from "./define";
import { holdFocus } from "./held-focus";
import { newWindow } from "./new-window";

type Stage = "asking" | "sending" | "sent";

/** Asks for an address, and sends the whole thread there once. */
export class Mailing extends LitElement {
  static override properties = { privacy: {}, send: { attribute: false }, stage: { state: true }, wrong: { state: true } };
  /** The address of the page that says what is kept. */
  declare privacy: string;
  declare send: (email: string) => Promise<Mailed>;
  declare stage: Stage;
  declare wrong: string;

  #email = "";

  static override styles = [
    base,
    sheet,
    css`
      form {
        display: grid;
        gap: 0.7em;
        margin-top: 0.9em;
      }
      label {
        font-weight: 600;
      }
      input {
        box-sizing: border-box;
        width: 100%;
        min-height: 2.75em;
        margin-top: 0.25em;
        padding: 0.45em 0.7em;
        border: 1.5px solid var(--qve-line-strong);
        border-radius: 0.7em;
        background: var(--qve-surface);
        color: var(--qve-text);
        font: inherit;
      }
      input[aria-invalid="true"] {
        border-color: var(--qve-danger);
      }
      .wrong {
        color: var(--qve-danger);
        font-weight: 600;
      }
      .wrong:empty {
        display: none;
      }
      .consent {
        font-size: 0.92em;
      }
    `,
  ];

  constructor() {
    super();
    this.privacy = "";
    this.stage = "asking";
    this.wrong = "";
  }

  override firstUpdated(): void {
    this.#field()?.focus();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("stage") && this.stage === "sent") this.renderRoot.querySelector<HTMLElement>("button")?.focus();
    if (changed.has("wrong") && this.wrong) this.#field()?.focus();
  }

  override render(): TemplateResult {
    const words = texts().mail;
    return html`<div class="sheet" role="dialog" aria-modal="true" aria-labelledby="title" @keydown=${this.#key}>
      <h3 id="title">${words.title}</h3>
      <div role="status">${this.#said()}</div>
      ${this.stage === "sent" ? this.#close() : this.#form()}
    </div>`;
  }

  #key = (event: KeyboardEvent): void => holdFocus(event, this.renderRoot as ShadowRoot);

  #said(): TemplateResult | typeof nothing {
    const { sent, sending } = texts().mail;
    if (this.stage === "sent") return html`<p>${fill(sent, { email: this.#email })}</p>`;
    return this.stage === "sending" ? html`<p class="unseen">${sending}</p>` : nothing;
  }

  #close(): TemplateResult {
    return html`<section class="choices">
      <button class="filled" @click=${() => announce(this, "qve-cancel")}>${texts().mail.close}</button>
    </section>`;
  }

  #form(): TemplateResult {
    const words = texts().mail;
    const sending = this.stage === "sending";
    return html`<form novalidate @submit=${this.#submit}>
      <label
        >${words.label}
        <input
          type="email"
          autocomplete="email"
          required
          maxlength="254"
          ?readonly=${sending}
          aria-describedby="wrong consent"
          aria-invalid=${this.wrong !== ""}
      /></label>
      <p id="wrong" class="wrong" role="alert">${this.wrong}</p>
      <p id="consent" class="consent">
        ${words.consent} <a class="go" href=${this.privacy} target="_blank" rel="noopener">${words.privacy}${newWindow()}</a>
      </p>
      <section class="choices">
        <button type="button" class="plain" @click=${() => announce(this, "qve-cancel")}>${texts().confirm.no}</button>
        <button type="submit" class="filled" aria-disabled=${sending}>${sending ? words.sending : words.send}</button>
      </section>
    </form>`;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const field = this.#field();
    if (!field || this.stage === "sending") return;
    const words = texts().mail;
    this.#email = field.value.trim();
    this.wrong = "";
    await this.updateComplete; // the same error twice is said twice
    if (!field.checkValidity()) return void (this.wrong = this.#email ? words.invalid : words.missing);
    this.stage = "sending";
    const mailed = await this.send(this.#email);
    this.stage = mailed.sent ? "sent" : "asking";
    if (!mailed.sent) this.wrong = mailed.why === "refused" ? mailed.reason : words[mailed.why];
  }

  #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector("input");
  }
}

define("qve-mailing", Mailing);
