import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { ASK_ADVISER, type Message, type Why, WHYS } from "../contract";
import { base } from "../styles/base";
import { texts } from "../texts";
import { announce, define } from "./define";

/** Was the answer of use? If not: why, in one tap, then a way on. */
export class Feedback extends LitElement {
  static override properties = {
    message: { attribute: false },
    offersAdviser: { type: Boolean },
    step: { state: true },
  };
  declare message: Message;
  declare offersAdviser: boolean;
  /** What is asked after « no »; only in the page where it was said, not again after a reload. */
  declare step: "why" | "next" | null;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        font-size: 0.82em;
        color: var(--qve-text-soft);
      }
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3em 0.4em;
        align-items: center;
      }
      .answers {
        display: inline-flex;
        gap: 0.4em;
      }
      .more > span {
        flex-basis: 100%;
      }
      div:focus {
        outline: 0;
      }
      button {
        padding: 0.15em 0.7em;
        min-height: 1.9em;
        border-color: var(--qve-line-strong);
        color: var(--qve-text);
        text-align: left;
      }
      button:hover {
        background: var(--qve-surface-soft);
      }
      .more button {
        min-height: 2.4em;
      }
    `,
  ];

  #asked = false;

  constructor() {
    super();
    this.step = null;
    this.offersAdviser = false;
  }

  override render(): TemplateResult {
    const { thanks } = texts().feedback;
    const { useful } = this.message;
    if (useful === null) return this.#question();
    if (useful || !this.step) return html`<div role="status">${thanks}</div>`;
    return this.step === "why" ? this.#why() : this.#next();
  }

  /** The button that had the focus is gone: what took its place is read from its beginning. */
  override updated(changed: PropertyValues<this>): void {
    if (changed.has("step")) this.#asked = this.step !== null;
    const more = this.renderRoot.querySelector<HTMLElement>(".more");
    if (!this.#asked || !more) return;
    this.#asked = false;
    more.focus();
    more.scrollIntoView({ block: "nearest" });
  }

  #question(): TemplateResult {
    const { question, yes, no } = texts().feedback;
    return html`<div role="group" aria-label=${question}>
      <span aria-hidden="true">${question}</span>
      <span class="answers">
        <button @click=${() => this.#rate(true)} aria-label="${question} ${yes}">${yes}</button>
        <button @click=${() => this.#rate(false)} aria-label="${question} ${no}">${no}</button>
      </span>
    </div>`;
  }

  #why(): TemplateResult {
    const { why, whys } = texts().feedback;
    return html`<div class="more" role="group" tabindex="-1" aria-labelledby="asked">
      <span id="asked">${why}</span>
      ${WHYS.map((each) => html`<button @click=${() => this.#explain(each)}>${whys[each]}</button>`)}
    </div>`;
  }

  #next(): TemplateResult {
    const { next, rephrase, adviser } = texts().feedback;
    const ask = { title: adviser, payload: ASK_ADVISER };
    return html`<div class="more" role="group" tabindex="-1" aria-labelledby="asked">
      <span id="asked">${next}</span>
      <button @click=${() => announce(this, "qve-rephrase")}>${rephrase}</button>
      ${this.offersAdviser ? html`<button @click=${() => this.#press(ask)}>${adviser}</button>` : nothing}
    </div>`;
  }

  #rate(useful: boolean): void {
    this.step = useful ? null : "why";
    announce(this, "qve-rate", { seq: this.message.seq, useful, why: null });
  }

  #explain(why: Why): void {
    this.step = "next";
    announce(this, "qve-rate", { seq: this.message.seq, useful: false, why });
  }

  #press(button: { title: string; payload: string }): void {
    this.step = null;
    announce(this, "qve-press", button);
  }
}

define("qve-feedback", Feedback);
