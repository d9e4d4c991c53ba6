import { html, type TemplateResult } from "lit";
import type { Author } from "../contract";
import { worded } from "../own-pages";
import { type Block, spans, textBlocks } from "../text-blocks";
import { newWindow } from "./new-window";

/** What `author` says as elements; addresses become links, but for those the person wrote. */
export function textTemplate(text: string, author: Author): readonly TemplateResult[] {
  return textBlocks(text).map((block) => blockTemplate(block, author));
}

function blockTemplate(block: Block, author: Author): TemplateResult {
  const lines = block.lines.map((line) => lineTemplate(line, author));
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

function lineTemplate(line: string, author: Author): TemplateResult {
  if (author === "person") return html`${line}`;
  return html`${spans(line).map((span) =>
    span.kind === "text"
      ? span.text
      : html`<a href=${span.url} target="_blank" rel="noopener"
          >${worded(span, author)}${newWindow()}</a
        >`,
  )}`;
}
