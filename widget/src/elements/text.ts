import { html, type TemplateResult } from "lit";
import { type Block, spans, textBlocks } from "../text-blocks";
import { newWindow } from "./new-window";

/** The text of a message as elements; `linked` turns addresses into links. */
export function textTemplate(text: string, linked: boolean): readonly TemplateResult[] {
  return textBlocks(text).map((block) => blockTemplate(block, linked));
}

function blockTemplate(block: Block, linked: boolean): TemplateResult {
  const lines = block.lines.map((line) => lineTemplate(line, linked));
  switch (block.kind) {
    case "paragraph":
      return html`<p>${lines.map((line) => html`<span class="line">${line}</span>`)}</p>`;
    case "steps":
      return html`<ol start=${block.start}>
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ol>`;
    case "points":
      return html`<ul>
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ul>`;
  }
}

function lineTemplate(line: string, linked: boolean): TemplateResult {
  if (!linked) return html`${line}`;
  return html`${spans(line).map((span) =>
    span.kind === "text"
      ? span.text
      : html`<a href=${span.url} target="_blank" rel="noopener"
          >${span.text}${newWindow()}</a
        >`,
  )}`;
}
