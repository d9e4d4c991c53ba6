import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Source } from "../contract";
import { fill } from "../fill";
import { safeLink } from "../safe-link";
import { base } from "../styles/base";
import { texts } from "../texts";
import { define } from "./define";
import { newWindow } from "./new-window";

/** Where an answer comes from, folded, with what each page says of its own date. */
export class Sources extends LitElement {
  static override properties = { sources: { attribute: false } };
  declare sources: readonly Source[];

  static override styles = [
    base,
    css`
      :host {
        display: block;
        font-size: 0.875em;
      }
      summary {
        display: inline-block;
        cursor: pointer;
        padding: 0.3em 0.45em;
        margin-left: -0.45em;
        border-radius: 0.5em;
        color: var(--qve-primary);
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary::before {
        content: "";
        display: inline-block;
        width: 0.4em;
        height: 0.4em;
        margin: 0 0.55em 0.15em 0.1em;
        border: solid currentColor;
        border-width: 0 0.13em 0.13em 0;
        transform: rotate(-45deg);
        transition: transform 0.15s;
      }
      details[open] summary::before {
        transform: rotate(45deg);
      }
      ul {
        display: grid;
        gap: 0.6em;
        padding: 0.35em 0 0.25em;
        list-style: none;
      }
      li {
        padding-left: 0.7em;
        border-left: 3px solid var(--qve-line);
        line-height: 1.4;
        overflow-wrap: anywhere;
      }
      a {
        font-weight: 600;
      }
      small {
        display: block;
        font-size: 0.93em;
        color: var(--qve-text-soft);
      }
    `,
  ];

  override render(): TemplateResult {
    const { one, many } = texts().sources;
    const count = this.sources.length;
    return html`<details @toggle=${this.#unfolded}>
      <summary>${count === 1 ? one : fill(many, { count })}</summary>
      <ul>
        ${this.sources.map((source) => this.#source(source))}
      </ul>
    </details>`;
  }

  #unfolded(event: Event): void {
    const details = event.currentTarget as HTMLDetailsElement;
    if (details.open) details.scrollIntoView({ block: "nearest" });
  }

  #source({ title, url, publisher, official, asOf }: Source): TemplateResult {
    const address = safeLink(url);
    const { official: officialLabel } = texts().sources;
    const origin = [publisher, official ? officialLabel : "", asOf].filter(Boolean).join(" · ");
    return html`<li>
      ${address
        ? html`<a href=${address} target="_blank" rel="noopener">${title}${newWindow()}</a>`
        : title}
      ${origin ? html`<small>${origin}</small>` : nothing}
    </li>`;
  }
}

define("qve-sources", Sources);
