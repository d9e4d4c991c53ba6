import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { LONGEST_TEXT } from "../conversation";
import { fill } from "../fill";
import { base } from "../styles/base";
import { locale, texts } from "../texts";
import { announce, define } from "./define";
import { attachIcon, personIcon, sendIcon } from "./icons";

const NEAR_THE_LIMIT = 200;
/** Once the person has stopped: said at each letter, a count covers what one writes. */
const COUNT_TOLD_AFTER_MS = 1000;
const FILES = ".pdf,.jpg,.jpeg,.png";

/** Where the person writes, and where a human is always one tap away. */
export class Composer extends LitElement {
  static override properties = { offersAdviser: { type: Boolean }, takesFiles: { type: Boolean }, draft: {}, counted: { state: true } };
  declare offersAdviser: boolean;
  /** An adviser has the floor, who can read a document; the assistant cannot. */
  declare takesFiles: boolean;
  /** What is being written; told by `qve-draft` when it changes. */
  declare draft: string;
  declare counted: string;
  #telling: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: 0.6em 0.8em max(0.7em, env(safe-area-inset-bottom));
        border-top: 1px solid var(--qve-line);
        background: var(--qve-surface);
      }
      form {
        display: flex;
        align-items: flex-end;
        gap: 0.35em;
        padding: 0.25em;
        border: 1.5px solid var(--qve-line-strong);
        border-radius: 1.1em;
        background: var(--qve-surface);
      }
      form:focus-within {
        border-color: var(--qve-primary);
        outline: 2px solid var(--qve-primary);
        outline-offset: 0;
      }
      textarea {
        flex: 1;
        min-width: 0;
        min-height: 2.5em;
        max-height: 8.5em;
        padding: 0.5em 0.6em;
        border: 0;
        outline: 0;
        resize: none;
        background: none;
        line-height: 1.5;
        overflow-y: auto;
      }
      textarea:focus-visible {
        outline: 0;
      }
      textarea:placeholder-shown {
        field-sizing: content;
      }
      textarea::placeholder {
        color: var(--qve-text-soft);
        opacity: 1;
      }
      form button {
        display: grid;
        place-items: center;
        width: 2.5em;
        height: 2.5em;
        flex: none;
        padding: 0;
        border-radius: 0.85em;
      }
      .under {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.1em 0.8em;
        padding-top: 0.4em;
        font-size: 0.84em;
        color: var(--qve-text-soft);
      }
      .adviser {
        display: inline-flex;
        gap: 0.4em;
        align-items: center;
        padding: 0.25em 0.6em;
        margin-left: -0.2em;
        border-radius: 1em;
        color: var(--qve-primary);
        font-weight: 600;
      }
      .adviser:hover {
        background: var(--qve-surface-soft);
      }
      .over {
        color: var(--qve-danger);
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.offersAdviser = true;
    this.takesFiles = false;
    this.draft = "";
    this.counted = "";
  }

  focusField(): void {
    this.#field()?.focus();
  }

  override render(): TemplateResult {
    const words = texts().composer;
    return html`<form @submit=${this.#submit}>
        <textarea
          rows="1"
          aria-label=${words.label}
          aria-describedby="count"
          aria-invalid=${this.#left() < 0}
          placeholder=${words.placeholder}
          enterkeyhint="send"
          autocomplete="off"
          .value=${live(this.draft)}
          @input=${this.#typed}
          @keydown=${this.#key}
        ></textarea>
        ${this.takesFiles ? this.#attach() : nothing}
        <button type="submit" class="filled" aria-label=${words.send} title=${words.send}>${sendIcon}</button>
      </form>
      <div class="under">
        ${this.offersAdviser
          ? html`<button class="adviser" @click=${() => announce(this, "qve-send", words.adviserRequest)}>
              ${personIcon}${words.adviser}
            </button>`
          : nothing}
        <span aria-hidden="true" class=${this.#left() < 0 ? "over" : ""}>${this.#count()}</span>
        <span id="count" class="unseen" role="status">${this.counted}</span>
      </div>`;
  }

  #attach(): TemplateResult {
    const { attach } = texts().composer;
    return html`<button type="button" aria-label=${attach} title=${attach} @click=${this.#choose}>${attachIcon}</button>
      <input type="file" hidden accept=${FILES} @change=${this.#chosen} />`;
  }

  #choose(): void {
    this.#files()?.click();
  }

  #chosen(): void {
    const field = this.#files();
    for (const file of field?.files ?? []) announce(this, "qve-attach", file);
    if (field) field.value = "";
    this.focusField();
  }

  #files(): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>("input[type=file]");
  }

  /** Nothing while there is room. */
  #count(): string {
    const left = this.#left();
    if (left > NEAR_THE_LIMIT) return "";
    const { left: room, over } = texts().composer;
    const count = Math.abs(left);
    const words = left < 0 ? over : room;
    const isOne = new Intl.PluralRules(locale()).select(count) === "one";
    return fill(isOne ? words.one : words.many, { count });
  }

  #left(): number {
    return LONGEST_TEXT - [...this.draft.trim()].length;
  }

  override updated(changed: PropertyValues<this>): void {
    const field = this.#field();
    if (!field || !changed.has("draft")) return;
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => (this.counted = this.#count()), COUNT_TOLD_AFTER_MS);
    field.style.height = "auto";
    if (this.draft) field.style.height = `${field.scrollHeight}px`;
  }

  #typed(): void {
    this.#write(this.#field()?.value ?? "");
  }

  #write(draft: string): void {
    this.draft = draft;
    announce(this, "qve-draft", draft);
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit(event);
  }

  #submit(event: Event): void {
    event.preventDefault();
    const field = this.#field();
    const text = this.draft.trim();
    if (!field || !text || this.#left() < 0) return;
    this.#write("");
    field.focus();
    announce(this, "qve-send", text);
  }

  #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }
}

define("qve-composer", Composer);
