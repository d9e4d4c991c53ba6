import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { cardDays } from "../card-days";
import type { Card, Message } from "../contract";
import { safeLink } from "../safe-link";
import { base } from "../styles/base";
import { texts } from "../texts";
import { announce, define } from "./define";
import { calendarIcon, printIcon } from "./icons";
import { newWindow } from "./new-window";
import "./sources";
import { textTemplate } from "./text";

/** The cards of a message, and what can be kept of them: ticks, a calendar, a page on paper. */
export class Cards extends LitElement {
  static override properties = { message: { attribute: false }, done: { attribute: false } };
  declare message: Message;
  declare done: ReadonlySet<string>;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        width: 100%;
        max-width: 34em;
      }
      .cards {
        display: grid;
        gap: 0.55em;
        padding: 0.25em 0;
        list-style: none;
      }
      .card {
        display: grid;
        gap: 0.4em;
        padding: 0.7em 0.9em;
        border: 1px solid var(--qve-line);
        border-left: 4px solid var(--qve-primary);
        border-radius: 0.7em;
        background: var(--qve-surface);
        overflow-wrap: anywhere;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2em 0.6em;
        align-items: baseline;
      }
      h3 {
        font-size: 1em;
        font-weight: 650;
        line-height: 1.3;
      }
      .mark {
        padding: 0.05em 0.6em;
        border: 1px solid var(--qve-accent);
        border-radius: 1em;
        color: var(--qve-accent);
        font-size: 0.82em;
        font-weight: 600;
      }
      .days {
        font-size: 0.9em;
        font-weight: 600;
        color: var(--qve-text-soft);
      }
      .text {
        display: grid;
        gap: 0.4em;
        font-size: 0.94em;
      }
      .text .line {
        display: block;
      }
      .text ol,
      .text ul {
        padding-left: 1.4em;
      }
      dl {
        display: grid;
        gap: 0.25em;
        margin: 0;
        font-size: 0.92em;
      }
      dl > div {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.9em;
      }
      dt {
        flex: 0 1 7.5em;
        color: var(--qve-text-soft);
      }
      dd {
        flex: 1 1 7em;
        margin: 0;
      }
      .go {
        font-weight: 600;
      }
      .tick {
        display: inline-flex;
        gap: 0.55em;
        align-items: center;
        justify-self: start;
        min-height: max(24px, 2.2em);
        padding-right: 0.5em;
        cursor: pointer;
      }
      input {
        width: 1.25em;
        height: 1.25em;
        flex: none;
        margin: 0;
        accent-color: var(--qve-primary);
        cursor: pointer;
      }
      .done h3 {
        color: var(--qve-text-soft);
      }
      .keep {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4em;
        padding: 0.1em 0 0.2em;
      }
      .keep button {
        display: inline-flex;
        gap: 0.45em;
        align-items: center;
        min-height: 2.4em;
        font-size: 0.9em;
        text-align: left;
      }
      @media (forced-colors: active) {
        .card {
          border-left-color: Highlight;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { cards } = this.message;
    return html`<ul class="cards" role="list" aria-label=${texts().cards.list}>
        ${cards.map((card, index) => this.#card(card, index))}
      </ul>
      <div class="keep">${cards.some(({ starts, ends }) => starts || ends) ? this.#calendar() : nothing} ${this.#print()}</div>`;
  }

  #card(card: Card, index: number): TemplateResult {
    const days = cardDays(card);
    const done = card.tick !== null && this.done.has(card.tick);
    return html`<li class="card ${done ? "done" : ""}">
      <div class="head">
        <h3 id="title-${index}">${card.title}</h3>
        ${card.mark ? html`<span class="mark">${card.mark}</span>` : nothing}
      </div>
      ${days ? html`<p class="days">${days}</p>` : nothing}
      ${card.text ? html`<div class="text">${textTemplate(card.text, this.message.author)}</div>` : nothing} ${this.#facts(card)}
      ${this.#link(card)} ${card.tick === null ? nothing : this.#tick(card.tick, done, index)}
      ${card.sources.length ? html`<qve-sources .sources=${card.sources}></qve-sources>` : nothing}
    </li>`;
  }

  #facts({ facts }: Card): TemplateResult | typeof nothing {
    if (!facts.length) return nothing;
    return html`<dl>
      ${facts.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
    </dl>`;
  }

  #link({ link }: Card): TemplateResult | typeof nothing {
    if (!link) return nothing;
    const address = safeLink(link.url);
    if (!address) return html`<p>${link.label}</p>`;
    return html`<p><a class="go" href=${address} target="_blank" rel="noopener">${link.label}${newWindow()}</a></p>`;
  }

  #tick(item: string, done: boolean, index: number): TemplateResult {
    const change = (event: Event): void =>
      announce(this, "qve-tick", { item, done: (event.currentTarget as HTMLInputElement).checked });
    return html`<label class="tick">
      <input type="checkbox" .checked=${live(done)} aria-labelledby="done-${index} title-${index}" @change=${change} />
      <span id="done-${index}">${texts().cards.done}</span>
    </label>`;
  }

  #calendar(): TemplateResult {
    return this.#act("qve-calendar", calendarIcon, texts().cards.calendar);
  }

  #print(): TemplateResult {
    return this.#act("qve-print", printIcon, texts().cards.print);
  }

  #act(event: string, icon: TemplateResult, label: string): TemplateResult {
    return html`<button class="plain" @click=${() => announce(this, event, this.message.seq)}>${icon}${label}</button>`;
  }
}

define("qve-cards", Cards);
