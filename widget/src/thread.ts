/**
 * The thread, as a pure function of what has happened, in whatever order it is heard.
 *
 * Messages are numbered 1, 2, 3… by the server. `heldThrough` is the number up to which nothing can be missing: the place to
 * ask from on every reconnection. What the person has written and the server has not confirmed waits in `outgoing`.
 */
import type { Floor, Message, Page } from "./contract";

export type Delivery = "waiting" | "sending" | "unsent" | "refused";

export interface Outgoing {
  readonly id: string;
  readonly text: string;
  readonly button: string | null;
  readonly at: string;
  readonly delivery: Delivery;
  readonly reason: string | null;
  /** A document that goes with it. */
  readonly file: File | null;
}

export interface Thread {
  readonly messages: readonly Message[];
  readonly outgoing: readonly Outgoing[];
  readonly heldThrough: number;
  readonly lastSeq: number;
  readonly floor: Floor;
  readonly floorSeq: number;
  /** Checklist items that the server knows to be done. */
  readonly ticked: readonly string[];
  /** What the person has just ticked or unticked and the server has not confirmed. */
  readonly ticking: Readonly<Record<string, boolean>>;
  readonly offers: readonly string[];
}

export type Change =
  /** `after`: the page is all there is after that number; null when it may begin anywhere. */
  | { readonly kind: "heard"; readonly page: Page; readonly after: number | null }
  | { readonly kind: "written"; readonly outgoing: Outgoing }
  | { readonly kind: "delivery"; readonly id: string; readonly delivery: Delivery; readonly reason?: string }
  | { readonly kind: "discarded"; readonly id: string }
  | { readonly kind: "rated"; readonly seq: number; readonly useful: boolean | null }
  | { readonly kind: "ticking"; readonly item: string; readonly done: boolean }
  /** The server has it, or will not: `done` is then what it was before, null. */
  | { readonly kind: "ticked"; readonly item: string; readonly done: boolean | null };

const BOT_FLOOR: Floor = { holder: "bot", adviser: null, promisedAt: null, promise: null };

export const EMPTY_THREAD: Thread = {
  messages: [],
  outgoing: [],
  heldThrough: 0,
  lastSeq: 0,
  floor: BOT_FLOOR,
  floorSeq: 0,
  ticked: [],
  ticking: {},
  offers: [],
};

export function reduce(thread: Thread, change: Change): Thread {
  switch (change.kind) {
    case "heard":
      return hear(thread, change.page, change.after);
    case "written":
      return write(thread, change.outgoing);
    case "delivery":
      return mapOutgoing(thread, change.id, (outgoing) => ({
        ...outgoing,
        delivery: change.delivery,
        reason: change.reason ?? (change.delivery === "refused" ? null : outgoing.reason),
      }));
    case "discarded":
      return { ...thread, outgoing: thread.outgoing.filter(({ id }) => id !== change.id) };
    case "rated":
      return {
        ...thread,
        messages: thread.messages.map((message) =>
          message.seq === change.seq ? { ...message, useful: change.useful } : message,
        ),
      };
    case "ticking":
      return { ...thread, ticking: { ...thread.ticking, [change.item]: change.done } };
    case "ticked":
      return settleTick(thread, change.item, change.done);
  }
}

/** The items shown as done: what the server knows, and over it what the person has just changed. */
export function doneItems({ ticked, ticking }: Thread): ReadonlySet<string> {
  const done = new Set(ticked);
  for (const [item, wanted] of Object.entries(ticking)) wanted ? done.add(item) : done.delete(item);
  return done;
}

/** The server is known to have messages that are not here. */
export function hasGap(thread: Thread): boolean {
  return thread.lastSeq > thread.heldThrough;
}

/** A new conversation takes over only what the server never received. */
export function carriedOver(thread: Thread): Thread {
  const outgoing = thread.outgoing.map((each) => (each.delivery === "refused" ? each : { ...each, delivery: "waiting" as const }));
  return { ...EMPTY_THREAD, outgoing };
}

function hear(thread: Thread, page: Page, after: number | null): Thread {
  const messages = merge(thread.messages, page.messages);
  const confirmed = new Set(messages.map((message) => message.externalId));
  const floorIsNewer = page.floor !== null && page.lastSeq >= thread.floorSeq;
  return {
    messages,
    outgoing: thread.outgoing.filter(({ id }) => !confirmed.has(id)),
    heldThrough: contiguous(messages, coveredBy(thread, page, after)),
    lastSeq: Math.max(thread.lastSeq, page.lastSeq),
    floor: floorIsNewer && page.floor ? page.floor : thread.floor,
    floorSeq: floorIsNewer ? page.lastSeq : thread.floorSeq,
    ticked: page.ticked ?? thread.ticked,
    ticking: thread.ticking,
    offers: page.offers ?? thread.offers,
  };
}

function settleTick(thread: Thread, item: string, done: boolean | null): Thread {
  const { [item]: _, ...ticking } = thread.ticking;
  if (done === null) return { ...thread, ticking };
  const others = thread.ticked.filter((each) => each !== item);
  return { ...thread, ticking, ticked: done ? [...others, item] : others };
}

/** A page asked for from where we stand settles everything up to its last message, holes in the numbering included. */
function coveredBy(thread: Thread, page: Page, after: number | null): number {
  if (after === null || after > thread.heldThrough) return thread.heldThrough;
  const last = page.messages.length ? Math.max(...page.messages.map(({ seq }) => seq)) : page.lastSeq;
  return Math.max(thread.heldThrough, last);
}

function contiguous(messages: readonly Message[], from: number): number {
  const held = new Set(messages.map(({ seq }) => seq));
  let through = from;
  while (held.has(through + 1)) through += 1;
  return through;
}

function merge(known: readonly Message[], heard: readonly Message[]): readonly Message[] {
  if (!heard.length) return known;
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of heard) {
    const before = bySeq.get(message.seq);
    bySeq.set(message.seq, { ...message, useful: message.useful ?? before?.useful ?? null });
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

function write(thread: Thread, outgoing: Outgoing): Thread {
  const known =
    thread.outgoing.some(({ id }) => id === outgoing.id) ||
    thread.messages.some(({ externalId }) => externalId === outgoing.id);
  return known ? thread : { ...thread, outgoing: [...thread.outgoing, outgoing] };
}

function mapOutgoing(thread: Thread, id: string, change: (outgoing: Outgoing) => Outgoing): Thread {
  return { ...thread, outgoing: thread.outgoing.map((each) => (each.id === id ? change(each) : each)) };
}
