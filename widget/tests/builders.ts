import type { Floor, Message, Page } from "../src/contract";
import type { Outgoing } from "../src/thread";

export const BOT: Floor = { holder: "bot", adviser: null, promisedAt: null, promise: null };
export const MARIE: Floor = { ...BOT, holder: "adviser", adviser: "Marie T." };

export function message(seq: number, given: Partial<Message> = {}): Message {
  return {
    seq,
    author: "bot",
    name: null,
    text: `message ${seq}`,
    at: "2026-11-23T15:00:00Z",
    externalId: null,
    buttons: [],
    sources: [],
    cards: [],
    files: [],
    topic: null,
    useful: null,
    ...given,
  };
}

export function page(messages: readonly Message[], given: Partial<Page> = {}): Page {
  return { messages, floor: BOT, lastSeq: Math.max(0, ...messages.map(({ seq }) => seq)), ticked: null, offers: null, ...given };
}

export function outgoing(id: string, given: Partial<Outgoing> = {}): Outgoing {
  return { id, text: id, button: null, at: "2026-11-23T15:00:00Z", delivery: "waiting", reason: null, file: null, ...given };
}
