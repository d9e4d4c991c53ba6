/** What is drawn, top to bottom: day separators and messages, with what each needs to know of its neighbours. */
import type { Message } from "./contract";
import { dayKey } from "./moments";
import { type Delivery, doneItems, type Thread } from "./thread";

export type MessageState = Delivery | "sent" | null;

export interface DayRow {
  readonly kind: "day";
  readonly key: string;
  readonly at: string;
}

export interface MessageRow {
  readonly kind: "message";
  readonly key: string;
  readonly message: Message;
  /** First of a run by the same author: shows who speaks. */
  readonly leads: boolean;
  /** Its buttons can be pressed. */
  readonly live: boolean;
  readonly state: MessageState;
  readonly reason: string | null;
  /** Checklist items that are done. */
  readonly done: ReadonlySet<string>;
  /** An adviser can be asked for: none is asked for yet, and none is there. */
  readonly offersAdviser: boolean;
}

export type Row = DayRow | MessageRow;

type Placed = Pick<MessageRow, "key" | "message" | "state" | "reason">;

export function rows(thread: Thread): readonly Row[] {
  const placed = place(thread);
  const live = liveKey(placed);
  const done = doneItems(thread);
  const offersAdviser = thread.floor.holder === "bot";
  return placed.flatMap((current, index) => {
    const previous = placed[index - 1];
    const newDay = !previous || dayKey(previous.message.at) !== dayKey(current.message.at);
    const row: MessageRow = {
      kind: "message",
      ...current,
      leads: newDay || !sameVoice(previous.message, current.message),
      live: current.key === live,
      done,
      offersAdviser,
    };
    const separator: DayRow = { kind: "day", key: `day-${current.key}`, at: current.message.at };
    return newDay && current.message.at ? [separator, row] : [row];
  });
}

function place(thread: Thread): readonly Placed[] {
  const lastOwn = thread.messages.findLast(({ author }) => author === "person");
  const confirmed = thread.messages.map((message) => ({
    key: message.externalId ?? `seq-${message.seq}`,
    message,
    state: message === lastOwn && !thread.outgoing.length ? ("sent" as const) : null,
    reason: null,
  }));
  const own = thread.outgoing.map((outgoing) => ({
    key: outgoing.id,
    message: asMessage(outgoing),
    state: outgoing.delivery,
    reason: outgoing.reason,
  }));
  return [...confirmed, ...own];
}

/** Only the newest message of the assistant, or a question of the system, can be answered with its buttons, until the person speaks. */
function liveKey(placed: readonly Placed[]): string | null {
  const newest = placed.findLast(({ message: { author, buttons } }) => author !== "adviser" && (author !== "system" || buttons.length > 0));
  return newest && newest.message.author !== "person" ? newest.key : null;
}

function sameVoice(one: Message, other: Message): boolean {
  return one.author === other.author && one.name === other.name;
}

function asMessage({ id, text, at }: Thread["outgoing"][number]): Message {
  return {
    seq: 0,
    author: "person",
    name: null,
    text,
    at,
    externalId: id,
    buttons: [],
    sources: [],
    cards: [],
    files: [],
    topic: null,
    useful: null,
  };
}
