/** An answer as plain text, to be kept elsewhere: what is said, its cards, where it comes from. */
import { cardDays } from "./card-days";
import type { Card, Message, Source } from "./contract";
import { fill } from "./fill";

/** `cited` is how a source is written: `{title}`, `{asOf}`, `{url}`. */
export function answerAsText({ text, cards, sources }: Message, cited: string): string {
  const source = ({ title, asOf, url }: Source): string => fill(cited, { title, asOf, url }).trim();
  const parts = [text, ...cards.map((card) => [...cardLines(card), ...card.sources.map(source)].join("\n")), sources.map(source).join("\n")];
  return parts.filter(Boolean).join("\n\n");
}

function cardLines(card: Card): readonly string[] {
  const { title, mark, text, facts, link } = card;
  return [
    mark ? `${title} (${mark})` : title,
    cardDays(card) ?? "",
    text,
    ...facts.map(({ label, value }) => `${label}\u00a0: ${value}`),
    link ? `${link.label}\u00a0: ${link.url}` : "",
  ].filter(Boolean);
}
