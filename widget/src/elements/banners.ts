import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { ConversationState } from "../conversation";
import { fill } from "../fill";
import { base } from "../styles/base";
import { texts } from "../texts";
import { announce, define } from "./define";

/** Quiet lines under the header: the state of the line, then who has the floor. */
export class Banners extends LitElement {
  static override properties = { state: { attribute: false } };
  declare state: ConversationState;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        font-size: 0.9em;
        line-height: 1.4;
      }
      .banner {
        display: flex;
        flex-wrap: wrap;
        gap: 0.1em 0.7em;
        align-items: center;
        padding: 0.55em 1.1em;
        border-bottom: 1px solid var(--qve-line);
        background: var(--qve-surface-soft);
      }
      .floor {
        display: block;
        background: var(--qve-adviser);
        border-color: var(--qve-adviser-line);
      }
      .floor small {
        display: block;
        color: var(--qve-text-soft);
        font-size: 0.94em;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<div role="status">${this.#line()}</div>
      ${this.#floor()}`;
  }

  #line(): TemplateResult | typeof nothing {
    const { online, link, busy } = this.state;
    const words = texts().connection;
    if (!online) return html`<div class="banner">${words.offline}</div>`;
    if (busy) return html`<div class="banner">${words.busy}</div>`;
    if (link === "reconnecting")
      return html`<div class="banner">
        <span>${words.reconnecting}</span>
        <button class="link" @click=${() => announce(this, "qve-retry")}>${words.retry}</button>
      </div>`;
    return nothing;
  }

  /** Not a live region: each change of floor has its message, and that is told. */
  #floor(): TemplateResult | typeof nothing {
    const { holder, adviser, promise } = this.state.thread.floor;
    const words = texts().floor;
    if (holder === "waiting")
      return html`<div class="banner floor">
        ${words.waiting} ${promise ? html`<strong>${fill(words.promise, { promise })}</strong>` : nothing}
        <small>${words.waitingHint}</small>
        ${this.#notify()}
      </div>`;
    if (holder === "adviser")
      return html`<div class="banner floor">${adviser ? fill(words.adviser, { name: adviser }) : words.adviserUnnamed} ${this.#notify()}</div>`;
    return nothing;
  }

  /** Where one waits for an answer is where one may wish to be told of it. */
  #notify(): TemplateResult | typeof nothing {
    if (this.state.told !== false || !this.state.thread.offers.includes("notifications")) return nothing;
    return html`<button class="link" @click=${() => announce(this, "qve-notify")}>${texts().floor.notify}</button>`;
  }
}

define("qve-banners", Banners);
