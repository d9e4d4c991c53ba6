import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Floor } from "../contract";
import { fill } from "../fill";
import { base } from "../styles/base";
import { texts } from "../texts";
import { announce, define } from "./define";
import { anewIcon, bellIcon, brandIcon, closeIcon, downloadIcon, eraseIcon, mailIcon, menuIcon, plainIcon, printIcon, telegramIcon } from "./icons";

/** Who one is talking to, the menu, and the way out. */
export class Header extends LitElement {
  static override properties = {
    offers: { attribute: false },
    floor: { attribute: false },
    running: { type: Boolean },
    told: { attribute: false },
    closes: { type: Boolean },
    unfolded: { state: true },
  };
  declare floor: Floor;
  declare offers: readonly string[];
  declare running: boolean;
  /** This browser is told of an adviser's answer; null where it cannot be. */
  declare told: boolean | null;
  declare closes: boolean;
  declare unfolded: boolean;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        position: relative;
        z-index: 2;
        --qve-focus: var(--qve-on-header);
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 0.7em;
        padding: 0.8em 0.7em 0.8em 1em;
        padding-top: max(0.8em, env(safe-area-inset-top));
        background: linear-gradient(120deg, var(--qve-header), var(--qve-header-end));
        color: var(--qve-on-header);
      }
      .brand {
        display: grid;
        place-items: center;
        width: 2.5em;
        height: 2.5em;
        flex: none;
        border-radius: 0.8em;
        background: rgb(255 255 255 / 0.14);
      }
      .names {
        flex: 1;
        min-width: 0;
        line-height: 1.25;
      }
      h2 {
        font-size: 1.05em;
        font-weight: 650;
        letter-spacing: -0.005em;
        outline: none;
      }
      .names p {
        font-size: 0.86em;
        opacity: 0.92;
      }
      .bar button {
        display: grid;
        place-items: center;
        width: 2.5em;
        height: 2.5em;
        padding: 0;
        border-radius: 0.7em;
      }
      .bar button:hover {
        background: rgb(255 255 255 / 0.16);
      }
      .menu-icon svg {
        stroke-width: 3;
      }
      .menu {
        position: absolute;
        top: 100%;
        right: 0.6em;
        width: min(19em, calc(100% - 1.2em));
        margin: 0.35em 0 0;
        padding: 0.4em;
        max-height: calc(100dvh - 8em);
        overflow-y: auto;
        list-style: none;
        border: 1px solid var(--qve-line);
        border-radius: 0.9em;
        background: var(--qve-surface);
        box-shadow: var(--qve-shadow);
        --qve-focus: var(--qve-accent);
      }
      .menu button {
        display: flex;
        gap: 0.75em;
        align-items: center;
        width: 100%;
        padding: 0.55em 0.6em;
        text-align: left;
        line-height: 1.3;
      }
      .menu button:hover {
        background: var(--qve-surface-soft);
      }
      .menu small {
        display: block;
        font-size: 0.84em;
        color: var(--qve-text-soft);
      }
      .danger {
        color: var(--qve-danger);
      }
      @media (max-width: 400px) {
        .bar {
          gap: 0.5em;
          padding-left: 0.75em;
          padding-right: 0.35em;
        }
        h2 {
          font-size: 1em;
        }
        .bar .brand {
          width: 2.2em;
          height: 2.2em;
        }
      }
      @media (max-width: 340px) {
        .bar .brand {
          display: none;
        }
      }
      @media (forced-colors: active) {
        .bar {
          border-bottom: 1px solid CanvasText;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.unfolded = false;
    this.running = false;
    this.offers = [];
    this.told = null;
    this.closes = true;
    this.addEventListener("focusout", (event) => {
      if (!this.#holds(event.relatedTarget)) this.unfolded = false;
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.unfolded) return;
      event.preventDefault();
      event.stopPropagation();
      this.unfolded = false;
      this.#menuButton()?.focus();
    });
  }

  focusTitle(): void {
    this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
  }

  focusMenu(): void {
    this.#menuButton()?.focus();
  }

  override render(): TemplateResult {
    const { title, menu, close } = texts().panel;
    return html`<div class="bar">
        <span class="brand">${brandIcon}</span>
        <div class="names">
          <h2 tabindex="-1">${title}</h2>
          <p>${this.#interlocutor()}</p>
        </div>
        <button
          class="menu-icon"
          aria-label=${menu}
          title=${menu}
          aria-expanded=${this.unfolded}
          aria-controls="menu"
          @click=${() => (this.unfolded = !this.unfolded)}
        >
          ${menuIcon}
        </button>
        ${this.closes
          ? html`<button class="close" aria-label=${close} title=${close} @click=${() => announce(this, "qve-close")}>${closeIcon}</button>`
          : nothing}
      </div>
      <ul class="menu" id="menu" role="list" ?hidden=${!this.unfolded}>
        ${this.#choices()}
      </ul>`;
  }

  #interlocutor(): string {
    const { assistant, adviser, adviserUnnamed } = texts().panel;
    if (this.floor.holder !== "adviser") return assistant;
    return this.floor.adviser ? fill(adviser, { name: this.floor.adviser }) : adviserUnnamed;
  }

  #choices(): readonly (TemplateResult | typeof nothing)[] {
    const menu = texts().menu;
    const choice = (event: string, icon: TemplateResult, label: string, hint: string, look = ""): TemplateResult =>
      html`<li>
        <button class=${look} @click=${() => this.#choose(event)}>${icon}<span>${label}<small>${hint}</small></span></button>
      </li>`;
    const offered = (name: string): boolean => this.running && this.offers.includes(name);
    return [
      this.running ? choice("qve-export", downloadIcon, menu.export, menu.exportHint) : nothing,
      this.running ? choice("qve-print", printIcon, menu.print, menu.printHint) : nothing,
      offered("mail") ? choice("qve-mail", mailIcon, menu.mail, menu.mailHint) : nothing,
      offered("telegram") ? choice("qve-telegram", telegramIcon, menu.telegram, menu.telegramHint) : nothing,
      offered("notifications") && this.told === false ? choice("qve-notify", bellIcon, menu.notify, menu.notifyHint) : nothing,
      offered("notifications") && this.told ? choice("qve-hush", bellIcon, menu.hush, menu.hushHint) : nothing,
      this.closes || !this.running ? nothing : choice("qve-plain", plainIcon, menu.plain, menu.plainHint),
      choice("qve-anew", anewIcon, menu.anew, menu.anewHint),
      this.running ? choice("qve-erase", eraseIcon, menu.erase, menu.eraseHint, "danger") : nothing,
    ];
  }

  #choose(event: string): void {
    this.#menuButton()?.focus();
    this.unfolded = false;
    announce(this, event);
  }

  #menuButton(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(".menu-icon");
  }

  #holds(target: EventTarget | null): boolean {
    return target instanceof Node && (this.contains(target) || this.renderRoot.contains(target));
  }
}

define("qve-header", Header);
