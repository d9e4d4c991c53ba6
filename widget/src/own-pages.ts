/** The service's own pages, by words in its own sentences. */
import type { Author } from "./contract";
import { spans, type Span } from "./text-blocks";
import { texts } from "./texts";

/**
 * What a piece of a message says. Only where the service itself speaks do words stand for an address: an
 * adviser's address says itself, so that no link hides where it leads.
 */
export function worded(span: Span, author: Author): string {
  if (span.kind === "text" || author !== "system") return span.text;
  const page = new URL(span.url).pathname.split("/").at(-1) ?? "";
  const { pages } = texts();
  return Object.hasOwn(pages, page) ? pages[page as keyof typeof pages] : span.text;
}

/** A message as it is read aloud. */
export function readAloud(text: string, author: Author): string {
  return spans(text).map((span) => worded(span, author)).join("");
}
