import { describe, expect, it } from "vitest";
import { EMPTY_THREAD, type Thread } from "../src/thread";
import { type MessageRow, type Row, rows } from "../src/thread-rows";
import { MARIE, message, outgoing } from "./builders";

const thread = (given: Partial<Thread>): Thread => ({ ...EMPTY_THREAD, ...given });
const messagesOf = (drawn: readonly Row[]): MessageRow[] => drawn.filter((row) => row.kind === "message");

describe("the rows of a thread", () => {
  it("put a separator before the first message of each day", () => {
    const noon = (day: number): string => new Date(2026, 10, day, 12).toISOString();
    const drawn = rows(thread({ messages: [message(1, { at: noon(22) }), message(2, { at: noon(22) }), message(3, { at: noon(23) })] }));
    expect(drawn.map(({ kind }) => kind)).toEqual(["day", "message", "message", "day", "message"]);
  });

  it("say who speaks each time the speaker changes", () => {
    const messages = [message(1), message(2), message(3, { author: "adviser", name: "Marie T." }), message(4, { author: "adviser", name: "Luc B." })];
    expect(messagesOf(rows(thread({ messages }))).map(({ leads }) => leads)).toEqual([true, false, true, true]);
  });

  it("leave alive only the buttons of the assistant's newest message", () => {
    const messages = [message(1), message(2), message(3, { author: "system" })];
    expect(messagesOf(rows(thread({ messages }))).map(({ live }) => live)).toEqual([false, true, false]);
  });

  it("let a question of the system be answered, after the adviser has gone", () => {
    const asks = { author: "system" as const, buttons: [{ title: "Oui", payload: "/helped_3" }] };
    const messages = [message(1), message(2, { author: "adviser" }), message(3, asks), message(4, { author: "system" })];
    expect(messagesOf(rows(thread({ messages }))).map(({ live }) => live)).toEqual([false, false, true, false]);
  });

  it("close the buttons as soon as the person has spoken, even if the message has not left", () => {
    const drawn = rows(thread({ messages: [message(1)], outgoing: [outgoing("a")] }));
    expect(messagesOf(drawn).some(({ live }) => live)).toBe(false);
  });

  it("keep the key of a message when it is confirmed, so that it is neither redrawn nor read out again", () => {
    const before = messagesOf(rows(thread({ outgoing: [outgoing("a")] })));
    const after = messagesOf(rows(thread({ messages: [message(1, { author: "person", externalId: "a" })] })));
    expect(after[0]?.key).toBe(before[0]?.key);
  });

  it("say « sent » on the last message of the person only, and not while another is leaving", () => {
    const messages = [message(1, { author: "person" }), message(2, { author: "person" })];
    expect(messagesOf(rows(thread({ messages }))).map(({ state }) => state)).toEqual([null, "sent"]);
    expect(messagesOf(rows(thread({ messages, outgoing: [outgoing("a")] }))).map(({ state }) => state)).toEqual([null, null, "waiting"]);
  });

  it("offer an adviser only while none is asked for, and know what is ticked", () => {
    const held = (given: Partial<Thread>): readonly MessageRow[] => messagesOf(rows(thread({ messages: [message(1)], ...given })));
    expect(held({}).map(({ offersAdviser }) => offersAdviser)).toEqual([true]);
    expect(held({ floor: MARIE }).map(({ offersAdviser }) => offersAdviser)).toEqual([false]);
    expect([...(held({ ticked: ["a"], ticking: { b: true } })[0]?.done ?? [])]).toEqual(["a", "b"]);
  });
});
