import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ConversationState } from "../conversation";
import { fill } from "../fill";
import { dayLabel } from "../moments";
import { Spoken } from "../spoken";
import { base } from "../styles/base";
import { locale, openingQuestions, texts } from "../texts";
import { type Row, rows } from "../thread-rows";
import { announce, define } from "./define";
import { downIcon } from "./icons";
import "./message";

const NEAR_THE_END_PX = 80;
const MARGIN_PX = 12;
/** Amid the drawing of many cards, Orca drops what it is told: it needs this long, and this much more for each card. */
const ONCE_DRAWN_MS = 300;
const A_CARD_MS = 100;
/** Long enough to be read out of the page, not so long that who goes through it meets each message twice. */
const TOLD_FOR_MS = 5000;

/** The messages, in a log; beside it, out of sight, a screen reader is told of each new one once. */
export class ThreadElement extends LitElement {
  static override properties = { state: { attribute: false }, shown: { type: Boolean }, topic: {}, behind: { state: true }, told: { state: true } };
  declare state: ConversationState;
  declare shown: boolean;
  declare topic: string | null;
  declare behind: boolean;
  declare told: readonly { readonly sentence: string }[];

  #rows: readonly Row[] = [];
  #drawnKeys = new Set<string>();
  readonly #spoken = new Spoken();
  #tellingAt = 0;
  #forgetting: ReturnType<typeof setTimeout> | undefined;
  /** The end is in sight, and stays so when something is added or the log changes size. */
  #atEnd = true;
  readonly #sizes = new ResizeObserver(() => this.#atEnd && this.#toEnd());

  static override styles = [
    base,
    css`
      :host {
        position: relative;
        display: flex;
        flex-direction: column;
        flex: 1;
        min-height: 0;
      }
      .scroll {
        position: relative;
        flex: 1;
        overflow-y: auto;
        overscroll-behavior: contain;
        padding: 0.4em 1em 1em;
        scrollbar-width: thin;
      }
      .log {
        display: flex;
        flex-direction: column;
        gap: 0.4em;
      }
      .day {
        display: flex;
        gap: 0.8em;
        align-items: center;
        margin: 0.9em 0 0.1em;
        font-size: 0.8em;
        color: var(--qve-text-soft);
      }
      .day::before,
      .day::after {
        content: "";
        flex: 1;
        border-top: 1px solid var(--qve-line);
      }
      .typing {
        display: inline-flex;
        gap: 0.7em;
        align-items: center;
        margin-top: 0.8em;
        font-size: 0.86em;
        color: var(--qve-text-soft);
      }
      .dots {
        display: inline-flex;
        gap: 0.28em;
        padding: 0.65em 0.75em;
        border-radius: 1em;
        border-top-left-radius: 0.3em;
        background: var(--qve-bot);
      }
      .dots i {
        width: 0.45em;
        height: 0.45em;
        border-radius: 50%;
        background: var(--qve-text-soft);
        animation: nod 1.1s ease-in-out infinite;
      }
      .dots i:nth-child(2) {
        animation-delay: 0.15s;
      }
      .dots i:nth-child(3) {
        animation-delay: 0.3s;
      }
      @keyframes nod {
        0%,
        60%,
        100% {
          opacity: 0.35;
        }
        30% {
          opacity: 1;
          transform: translateY(-0.2em);
        }
      }
      .starting {
        padding: 2em 0;
        text-align: center;
        color: var(--qve-text-soft);
      }
      .opening {
        margin-top: 1.2em;
      }
      .opening h3 {
        font-size: 0.9em;
        font-weight: 650;
        margin-bottom: 0.5em;
      }
      .opening ul {
        display: grid;
        gap: 0.45em;
        padding: 0;
        list-style: none;
      }
      .opening button {
        width: 100%;
        padding: 0.6em 0.9em;
        text-align: left;
        border: 1px solid var(--qve-line);
        border-radius: 0.9em;
        background: var(--qve-surface-soft);
        color: var(--qve-primary);
        font-weight: 550;
        line-height: 1.35;
      }
      .opening button:hover {
        border-color: var(--qve-primary);
      }
      .newest {
        position: absolute;
        bottom: 0.6em;
        left: 50%;
        transform: translateX(-50%);
        display: inline-flex;
        gap: 0.4em;
        align-items: center;
        padding: 0.3em 0.9em;
        border-radius: 1.2em;
        font-size: 0.88em;
        white-space: nowrap;
        box-shadow: var(--qve-shadow);
      }
      @media (max-height: 26em) {
        :host {
          flex: none;
        }
        .scroll {
          overflow: visible;
        }
        .newest {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.behind = false;
    this.told = [];
    this.shown = false;
    this.topic = null;
  }

  focusLog(): void {
    this.renderRoot.querySelector<HTMLElement>(".scroll")?.focus();
  }

  override willUpdate(): void {
    this.#rows = rows(this.state.thread);
  }

  override firstUpdated(): void {
    const log = this.renderRoot.querySelector(".scroll");
    if (log) this.#sizes.observe(log);
    this.closest(".frame")?.addEventListener("scroll", () => this.#scrolled());
  }

  override render(): TemplateResult {
    const { thread, phase } = this.state;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${texts().panel.thread} @scroll=${this.#scrolled}>
        <div class="log" role="log" aria-live="off">
          ${repeat(this.#rows, ({ key }) => key, (row) => this.#row(row))}
        </div>
        <div role="status">${phase === "starting" && !thread.messages.length ? html`<p class="starting">${this.#starting()}</p>` : nothing}</div>
        ${this.#typing()} ${this.#opening()}
      </div>
      <div class="unseen" aria-live="polite">${repeat(this.told, (each) => each, ({ sentence }) => html`<p>${sentence}</p>`)}</div>
      ${this.behind
        ? html`<button class="newest filled" @click=${() => this.#toEnd()}>${downIcon}${texts().panel.newest}</button>`
        : nothing}`;
  }

  override updated(changed: PropertyValues<this>): void {
    const fresh = this.#rows.filter(({ key }) => !this.#drawnKeys.has(key));
    const firstTime = !this.#drawnKeys.size;
    this.#drawnKeys = new Set(this.#rows.map(({ key }) => key));
    const justShown = changed.has("shown") && this.shown;
    this.#tell(fresh);
    const own = fresh.some((row) => row.kind === "message" && row.message.author === "person");
    if (!this.#begun()) this.#atEnd = false;
    else if (justShown || firstTime || own) void this.#afterChildren(() => this.#toEnd());
    else if (fresh.length && this.#atEnd) void this.#afterChildren(() => this.#reveal(fresh));
    else if (fresh.length) this.behind = true;
    else if (this.#atEnd) this.#toEnd();
  }

  /** Nothing while the window is closed: the button says how many wait. */
  #tell(fresh: readonly Row[]): void {
    const sentences = this.state.phase === "open" ? this.#spoken.of(this.#rows) : [];
    if (!sentences.length || !this.shown) return;
    const cards = fresh.reduce((sum, row) => sum + (row.kind === "message" ? row.message.cards.length : 0), 0);
    this.#tellingAt = Math.max(this.#tellingAt, Date.now() + ONCE_DRAWN_MS + A_CARD_MS * cards);
    setTimeout(() => {
      this.told = [...this.told, ...sentences.map((sentence) => ({ sentence }))];
      clearTimeout(this.#forgetting);
      this.#forgetting = setTimeout(() => (this.told = []), TOLD_FOR_MS);
    }, this.#tellingAt - Date.now());
  }

  #row(row: Row): TemplateResult {
    return row.kind === "day"
      ? html`<div class="day" data-key=${row.key}><time datetime=${row.at}>${dayLabel(row.at, new Date(), locale())}</time></div>`
      : html`<qve-message data-key=${row.key} .row=${row}></qve-message>`;
  }

  /** Without a network, what was said before is not here: messages stay on the server, where they can be erased. */
  #starting(): string {
    const { starting, notHere, notHereYet } = texts().panel;
    if (this.state.online) return starting;
    return this.state.returning ? notHere : notHereYet;
  }

  #typing(): TemplateResult | typeof nothing {
    const { typing, thread, link } = this.state;
    const words = texts().typing;
    const thinking = link === "connected" && thread.floor.holder !== "adviser" && thread.outgoing.some((each) => each.delivery === "sending");
    if (!typing && !thinking) return nothing;
    const name = typing?.name;
    const label = typing?.who === "adviser" ? (name ? fill(words.adviser, { name }) : words.adviserUnnamed) : words.bot;
    return html`<div class="typing"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${label}</div>`;
  }

  /** A few questions to begin with, until the person has said something. */
  #opening(): TemplateResult | typeof nothing {
    const offered = this.#rows.some((row) => row.kind === "message" && row.live && row.message.buttons.length > 0);
    if (this.state.phase !== "open" || this.#begun() || offered) return nothing;
    return html`<div class="opening">
      <h3>${texts().suggestions.title}</h3>
      <ul role="list">
        ${openingQuestions(this.topic).map(
          (question) => html`<li><button @click=${() => announce(this, "qve-send", question)}>${question}</button></li>`,
        )}
      </ul>
    </div>`;
  }

  #begun(): boolean {
    const { outgoing, messages } = this.state.thread;
    return outgoing.length > 0 || messages.some(({ author }) => author === "person");
  }

  /** A long answer is shown from its beginning, a short one whole. */
  #reveal(fresh: readonly Row[]): void {
    const scroller = this.#scroller();
    const first = fresh[0] && this.renderRoot.querySelector<HTMLElement>(`[data-key="${CSS.escape(fresh[0].key)}"]`);
    if (!scroller || !first) return;
    const top = first.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop - MARGIN_PX;
    scroller.scrollTop = Math.min(top, scroller.scrollHeight - scroller.clientHeight);
    this.#scrolled();
  }

  #toEnd(): void {
    const scroller = this.#scroller();
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
    this.#atEnd = true;
    this.behind = false;
  }

  #scrolled(): void {
    this.#atEnd = this.#distanceToEnd() < NEAR_THE_END_PX;
    if (this.#atEnd) this.behind = false;
  }

  #distanceToEnd(): number {
    const scroller = this.#scroller();
    return scroller ? scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight : 0;
  }

  /** On a very low screen the whole panel scrolls instead of the log. */
  #scroller(): HTMLElement | null {
    const own = this.renderRoot.querySelector<HTMLElement>(".scroll");
    if (!own || getComputedStyle(own).overflowY !== "visible") return own;
    return this.closest<HTMLElement>(".frame");
  }

  async #afterChildren(act: () => void): Promise<void> {
    const messages = this.renderRoot.querySelectorAll<LitElement>("qve-message");
    await Promise.all([...messages].map((message) => message.updateComplete));
    act();
  }
}

define("qve-thread", ThreadElement);
