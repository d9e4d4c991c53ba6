import { html, type TemplateResult } from "lit";
import { texts } from "../texts";

/** At the end of a link's name, for who does not see where it opens; its space must not break, or it is not kept there. */
export function newWindow(): TemplateResult {
  return html`<span class="unseen">&nbsp;(${texts().sources.newWindow})</span>`;
}
