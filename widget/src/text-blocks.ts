/** Plain text into paragraphs, numbered steps and points. Nothing here is ever HTML. */
import { safeLink } from "./safe-link";

export type Span =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

export type Block =
  | { readonly kind: "paragraph"; readonly lines: readonly string[] }
  | { readonly kind: "steps"; readonly start: number; readonly lines: readonly string[] }
  | { readonly kind: "points"; readonly lines: readonly string[] };

interface Line {
  readonly kind: Block["kind"];
  readonly number: number;
  readonly text: string;
}

const STEP = /^\s*(\d{1,3})[.)]\s+(.+)$/;
const POINT = /^\s*[-•]\s+(.+)$/;
const ADDRESS = /https?:\/\/[^\s<>«»"]+/g;
const TRAILING = /[.,;:!?)\]]+$/;

export function textBlocks(text: string): readonly Block[] {
  const blocks: { kind: Block["kind"]; start: number; lines: string[] }[] = [];
  let interrupted = true;
  for (const raw of text.replace(/\r\n?/g, "\n").split("\n")) {
    if (!raw.trim()) {
      interrupted = true;
      continue;
    }
    const line = readLine(raw);
    const current = blocks.at(-1);
    const follows = line.kind !== "steps" || line.number === (current?.start ?? 0) + (current?.lines.length ?? 0);
    const joins = current?.kind === line.kind && follows && !(interrupted && line.kind === "paragraph");
    if (current && joins) current.lines.push(line.text);
    else blocks.push({ kind: line.kind, start: line.number, lines: [line.text] });
    interrupted = false;
  }
  return blocks;
}

export function spans(text: string): readonly Span[] {
  const found: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    const url = safeLink(address);
    if (!url) continue;
    if (match.index > from) found.push({ kind: "text", text: text.slice(from, match.index) });
    found.push({ kind: "link", text: address, url });
    from = match.index + address.length;
  }
  if (from < text.length) found.push({ kind: "text", text: text.slice(from) });
  return found;
}

function readLine(raw: string): Line {
  const step = STEP.exec(raw);
  if (step) return { kind: "steps", number: Number(step[1]), text: step[2] ?? "" };
  const point = POINT.exec(raw);
  if (point) return { kind: "points", number: 0, text: point[1] ?? "" };
  return { kind: "paragraph", number: 0, text: raw.trim() };
}
