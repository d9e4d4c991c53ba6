import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Button, FileRef, Why } from "../contract";
import type { Conversation, ConversationState, Notice } from "../conversation";
import { base } from "../styles/base";
import { texts } from "../texts";
import "./banners";
import "./composer";
import type { Composer } from "./composer";
import "./confirmation";
import type { Question } from "./confirmation";
import { announce, define } from "./define";
import "./header";
import type { Header } from "./header";
import "./mailing";
import { goOnPlainly } from "./plain";
import { printPage } from "./print";
import { save } from "./save";
import "./thread";
import type { ThreadElement } from "./thread";

const NARROW = "(max-width: 600px)";
/** A window as low as one that is enlarged to 400 %: everything scrolls together. */
const LOW = "(max-height: 26em)";

interface Rating {
  readonly seq: number;
  readonly useful: boolean;
  readonly why: Why | null;
}

interface Ticking {
  readonly item: string;
  readonly done: boolean;
}

/** The chat window: beside the page on a large screen, over it on a phone. */
export class Panel extends LitElement {
  static override properties = {
    state: { attribute: false },
    shown: { type: Boolean, reflect: true },
    topic: {},
    page: { type: Boolean, reflect: true },
    origin: {},
    question: { state: true },
  };
  declare conversation: Conversation;
  declare state: ConversationState;
  declare shown: boolean;
  declare topic: string | null;
  /** It is the page itself: it fills it and does not close. */
  declare page: boolean;
  /** Of the service. */
  declare origin: string;
  /** What covers the window until it is answered. */
  declare question: Question | "mail" | null;

  readonly #narrow = matchMedia(NARROW);
  readonly #low = matchMedia(LOW);

  static override styles = [
    base,
    css`
      :host {
        display: contents;
      }
      dialog {
        position: fixed;
        inset: auto max(1.25em, env(safe-area-inset-right)) 5.75em auto;
        width: min(26.5em, calc(100vw - 2.5em));
        height: min(44em, calc(100dvh - 7em));
        max-width: none;
        max-height: none;
        margin: 0;
        padding: 0;
        overflow: hidden;
        border: 1px solid var(--qve-line);
        border-radius: var(--qve-radius);
        background: var(--qve-surface);
        color: var(--qve-text);
        box-shadow: var(--qve-shadow);
        font: 1em/1.5 var(--qve-font);
      }
      dialog[open] {
        animation: rise 0.18s ease-out;
      }
      dialog::backdrop {
        background: none;
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(0.8em);
        }
      }
      .frame {
        display: flex;
        flex-direction: column;
        height: 100%;
      }
      .notice {
        padding: 0.5em 1.1em;
        font-size: 0.9em;
        border-top: 1px solid var(--qve-line);
        background: var(--qve-surface-soft);
      }
      .ended {
        display: grid;
        gap: 1em;
        place-content: center;
        justify-items: center;
        flex: 1;
        padding: 2em 1.5em;
        text-align: center;
      }
      .ended button {
        padding: 0.6em 1.2em;
      }
      @media (max-width: 600px) {
        dialog {
          inset: 0;
          width: 100%;
          height: var(--qve-visible-height, 100dvh);
          border: 0;
          border-radius: 0;
          box-shadow: none;
        }
      }
      @media (max-height: 26em) {
        dialog {
          inset: 0 0 auto auto;
          height: var(--qve-visible-height, 100dvh);
          border-radius: 0;
        }
        .frame {
          overflow-y: auto;
        }
      }
      :host([page]) dialog {
        inset: 0;
        width: min(100%, 52em);
        height: var(--qve-visible-height, 100dvh);
        margin: 0 auto;
        border-width: 0 1px;
        border-radius: 0;
        box-shadow: none;
        animation: none;
      }
      @media print {
        dialog {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.shown = false;
    this.question = null;
    this.topic = null;
    this.page = false;
    this.origin = "";
    this.addEventListener("qve-close", () => this.hide());
    this.#on("qve-send", (text: string) => this.conversation.send(text));
    this.#on("qve-attach", (file: File) => this.conversation.attach(file));
    this.#on("qve-file", (file: FileRef) => void this.#saveFile(file));
    this.#on("qve-telegram", () => void this.#telegram());
    this.#on("qve-draft", (text: string) => this.conversation.drafted(text));
    this.#on("qve-press", (button: Button) => this.conversation.press(button));
    this.#on("qve-retry", () => this.conversation.retry());
    this.#on("qve-discard", (id: string) => this.conversation.discard(id));
    this.#on("qve-rate", ({ seq, useful, why }: Rating) => void this.conversation.rate(seq, useful, why));
    this.#on("qve-rephrase", () => this.#composer()?.focusField());
    this.#on("qve-tick", ({ item, done }: Ticking) => void this.conversation.tick(item, done));
    this.#on("qve-calendar", (seq: number) => void this.#saveCalendar(seq));
    this.#on("qve-print", (seq: number | null) => void this.#print(seq));
    this.#on("qve-export", () => void this.#export());
    this.#on("qve-plain", () => goOnPlainly(this.conversation.token));
    this.#on("qve-notify", () => void this.conversation.notify(true));
    this.#on("qve-hush", () => void this.conversation.notify(false));
    this.#on("qve-mail", () => (this.question = "mail"));
    this.#on("qve-erase", () => (this.question = "erase"));
    this.#on("qve-anew", () => this.#askAnew());
    this.#on("qve-cancel", () => this.#answer(null));
    this.#on("qve-confirm", (question: Question) => this.#answer(question));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#narrow.addEventListener("change", this.#reopen);
    this.#low.addEventListener("change", this.#redraw);
    window.visualViewport?.addEventListener("resize", this.#fitKeyboard);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#narrow.removeEventListener("change", this.#reopen);
    this.#low.removeEventListener("change", this.#redraw);
    window.visualViewport?.removeEventListener("resize", this.#fitKeyboard);
  }

  show(): void {
    this.shown = true;
  }

  hide(): void {
    if (!this.page) this.shown = false;
  }

  override render(): TemplateResult {
    const { phase, thread } = this.state;
    return html`<dialog aria-label=${texts().panel.title} @keydown=${this.#key} @cancel=${this.#cancelled}>
      <div class="frame" ?inert=${this.question !== null}>
        <qve-header .floor=${thread.floor} .offers=${thread.offers} .told=${this.state.told} .running=${phase === "open"} .closes=${!this.page}></qve-header>
        ${phase === "erased" ? this.#ended() : this.#running()}
      </div>
      ${this.#question()}
    </dialog>`;
  }

  /** What was focused may go away with what is drawn next: a reply that was chosen, a message taken back, a way to retry. */
  override willUpdate(): void {
    if ((this.renderRoot as ShadowRoot | undefined)?.activeElement) setTimeout(() => this.#catchFocus());
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has("shown")) return;
    if (this.shown) this.#openDialog();
    else if (this.#dialog()?.open) {
      this.#dialog()?.close();
      announce(this, "qve-hidden");
    }
  }

  #question(): TemplateResult | typeof nothing {
    if (this.question === "mail")
      return html`<qve-mailing .privacy=${`${this.origin}/confidentialite`} .send=${(email: string) => this.conversation.mail(email)}></qve-mailing>`;
    return this.question ? html`<qve-confirmation .question=${this.question}></qve-confirmation>` : nothing;
  }

  #running(): TemplateResult {
    const { state } = this;
    const banners = html`<qve-banners .state=${state}></qve-banners>`;
    const low = this.#low.matches;
    return html`${low ? nothing : banners}
      <qve-thread .state=${state} .shown=${this.shown} .topic=${this.topic}></qve-thread>
      ${low ? banners : nothing}
      <div role="status">${state.notice ? html`<p class="notice">${noticeText(state.notice)}</p>` : nothing}</div>
      <qve-composer .draft=${this.conversation.draft} .offersAdviser=${state.thread.floor.holder === "bot"} .takesFiles=${state.thread.floor.holder === "adviser"}></qve-composer>`;
  }

  #ended(): TemplateResult {
    return html`<div class="ended">
      <p role="status">${noticeText(this.state.notice ?? "erased")}</p>
      <button class="filled" @click=${() => this.#startAnew()}>${texts().notices.anew}</button>
    </div>`;
  }

  #openDialog(): void {
    const dialog = this.#dialog();
    if (!dialog || dialog.open) return;
    if (this.#narrow.matches && !this.page) dialog.showModal();
    else dialog.show();
    void this.#focusStart();
  }

  /** To the field with a keyboard; to the title by touch, where a field would raise the keyboard over the messages. */
  async #focusStart(): Promise<void> {
    const header = this.renderRoot.querySelector<Header>("qve-header");
    const composer = this.#composer();
    await Promise.all([header?.updateComplete, composer?.updateComplete]);
    if (composer && byKeyboard()) composer.focusField();
    else header?.focusTitle();
  }

  #catchFocus(): void {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (!lost || !this.shown || this.question) return;
    if (byKeyboard()) this.#composer()?.focusField();
    else this.renderRoot.querySelector<ThreadElement>("qve-thread")?.focusLog();
  }

  #composer(): Composer | null {
    return this.renderRoot.querySelector<Composer>("qve-composer");
  }

  /** Above the messages the banners would scroll out of sight: in a low window they are beside the field. */
  #redraw = (): void => this.requestUpdate();

  #reopen = (): void => {
    const dialog = this.#dialog();
    if (!dialog?.open) return;
    dialog.close();
    this.#openDialog();
  };

  #fitKeyboard = (): void => {
    const visible = window.visualViewport;
    if (!visible || visible.scale > 1) return;
    this.style.setProperty("--qve-visible-height", `${Math.round(visible.height)}px`);
  };

  #key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.#stepBack();
  }

  #cancelled(event: Event): void {
    event.preventDefault();
    this.#stepBack();
  }

  #stepBack(): void {
    if (this.question) this.#answer(null);
    else this.hide();
  }

  #askAnew(): void {
    if (this.state.phase === "erased") this.#startAnew();
    else this.question = "anew";
  }

  #answer(question: Question | null): void {
    this.question = null;
    if (question === "erase") void this.conversation.erase();
    if (question === "anew") this.conversation.startAnew();
    void this.updateComplete.then(() => this.renderRoot.querySelector<Header>("qve-header")?.focusMenu());
  }

  #startAnew(): void {
    this.conversation.startAnew();
    void this.updateComplete.then(() => this.#focusStart());
  }

  async #export(): Promise<void> {
    const blob = await this.conversation.download();
    if (blob) save(blob, texts().export.file);
  }

  async #saveCalendar(seq: number): Promise<void> {
    const blob = await this.conversation.calendar(seq);
    if (blob) save(blob, texts().cards.calendarFile);
  }

  async #saveFile({ id, name }: FileRef): Promise<void> {
    const blob = await this.conversation.file(id);
    if (blob) save(blob, name);
  }

  /** The tab opens at the click: later, it would be taken for an unwanted one. */
  async #telegram(): Promise<void> {
    const tab = window.open("", "_blank");
    const link = await this.conversation.telegram();
    if (!link || !tab) return tab?.close();
    tab.opener = null;
    tab.location.replace(link);
  }

  /** A message, or the whole conversation if none is named. */
  #print(seq: number | null): Promise<void> {
    const keep = (page: string): void => save(new Blob([page], { type: "text/html" }), texts().cards.printFile);
    return printPage(() => this.conversation.printable(seq), keep);
  }

  #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  #on<Detail>(name: string, act: (detail: Detail) => void): void {
    this.addEventListener(name, (event) => act((event as CustomEvent<Detail>).detail));
  }
}

function byKeyboard(): boolean {
  return matchMedia("(pointer: fine)").matches;
}

function noticeText(notice: Notice): string {
  return notice === "ratingFailed" ? texts().feedback.failed : texts().notices[notice];
}

define("qve-panel", Panel);

