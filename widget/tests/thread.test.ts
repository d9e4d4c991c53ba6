import { describe, expect, it } from "vitest";
import { carriedOver, type Change, doneItems, EMPTY_THREAD, hasGap, reduce, type Thread } from "../src/thread";
import { BOT, MARIE, message, outgoing, page } from "./builders";
import { seeded, shuffled } from "./random";

const after = (...changes: readonly Change[]): Thread => changes.reduce(reduce, EMPTY_THREAD);
const seqs = (thread: Thread): number[] => thread.messages.map(({ seq }) => seq);
const heard = (numbers: readonly number[], from: number | null = null): Change => ({
  kind: "heard",
  page: page(numbers.map((seq) => message(seq))),
  after: from,
});

describe("the thread", () => {
  it("is the same whatever the order in which pages arrive, cut, repeated or overlapping", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seeded(seed);
      const last = 1 + Math.floor(random() * 12);
      const whole = Array.from({ length: last }, (_, index) => index + 1);
      const pieces = Array.from({ length: 8 }, () => whole.filter(() => random() < 0.4));
      const changes = shuffled([...pieces, ...pieces.slice(0, 3), whole], random).map((numbers) => heard(numbers));
      const thread = after(...changes);
      expect(seqs(thread), `seed ${seed}`).toEqual(whole);
      expect(thread.heldThrough, `seed ${seed}`).toBe(last);
      expect(hasGap(thread)).toBe(false);
    }
  });

  it("never lets the place to ask from pass a message that is missing", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seeded(seed);
      const heldBack = 1 + Math.floor(random() * 9);
      const others = shuffled([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((seq) => seq !== heldBack), random);
      const thread = after(...others.map((seq) => heard([seq])));
      expect(thread.heldThrough, `seed ${seed}`).toBe(heldBack - 1);
      expect(hasGap(thread)).toBe(true);
      expect(hasGap(reduce(thread, heard([heldBack])))).toBe(false);
    }
  });

  it("settles a hole in the numbering once the server has answered from before it", () => {
    const thread = after(heard([1, 2]), heard([5], 2));
    expect(thread.heldThrough).toBe(5);
  });

  it("does not take a page cut short for all there is", () => {
    const thread = after({ kind: "heard", page: page([message(1), message(2)], { lastSeq: 9 }), after: 0 });
    expect(thread.heldThrough).toBe(2);
    expect(hasGap(thread)).toBe(true);
  });

  it("shows what the person wrote once, whether the confirmation comes before or after the stream", () => {
    const confirmed: Change = { kind: "heard", page: page([message(1, { author: "person", externalId: "a" })]), after: null };
    const written: Change = { kind: "written", outgoing: outgoing("a") };
    for (const thread of [after(written, confirmed), after(written, confirmed, confirmed), after(confirmed, written)]) {
      expect(thread.outgoing).toEqual([]);
      expect(seqs(thread)).toEqual([1]);
    }
  });

  it("keeps in the order of writing what has not left yet", () => {
    const thread = after(
      { kind: "written", outgoing: outgoing("a") },
      { kind: "written", outgoing: outgoing("b") },
      { kind: "written", outgoing: outgoing("c") },
      { kind: "heard", page: page([message(1, { author: "person", externalId: "a" })]), after: 0 },
    );
    expect(thread.outgoing.map(({ id }) => id)).toEqual(["b", "c"]);
  });

  it("ignores who had the floor in an answer older than the one it knows", () => {
    const late: Change = { kind: "heard", page: page([message(2)], { floor: BOT }), after: null };
    const thread = after({ kind: "heard", page: page([message(3)], { floor: MARIE }), after: null }, late);
    expect(thread.floor).toEqual(MARIE);
  });

  it("keeps the person's opinion of an answer when an older copy of the answer comes back", () => {
    const thread = after(heard([1]), { kind: "rated", seq: 1, useful: true }, heard([1]));
    expect(thread.messages[0]?.useful).toBe(true);
  });

  it("shows what the person ticks over what the server says, until it has confirmed", () => {
    const told = (ticked: readonly string[] | null): Change => ({ kind: "heard", page: page([], { ticked }), after: null });
    const ticking: Change = { kind: "ticking", item: "b", done: true };
    const done = (...changes: readonly Change[]): string[] => [...doneItems(after(told(["a"]), ...changes))].sort();
    expect(done(ticking, told(["a"]))).toEqual(["a", "b"]);
    expect(done(ticking, { kind: "ticked", item: "b", done: true })).toEqual(["a", "b"]);
    expect(done(ticking, { kind: "ticked", item: "b", done: null })).toEqual(["a"]);
    expect(done({ kind: "ticking", item: "a", done: false })).toEqual([]);
    expect(done(told([]))).toEqual([]);
    expect(done(told(null)), "an answer that does not say changes nothing").toEqual(["a"]);
  });

  it("carries over to a new conversation only what was never received", () => {
    const thread = after(heard([1, 2]), { kind: "written", outgoing: outgoing("a", { delivery: "unsent" }) });
    expect(carriedOver(thread)).toEqual({ ...EMPTY_THREAD, outgoing: [outgoing("a")] });
  });

  it("does not change what it was given", () => {
    const before = Object.freeze(after(heard([1]), { kind: "written", outgoing: outgoing("a") }));
    const copy = structuredClone(before);
    reduce(before, heard([2]));
    reduce(before, { kind: "delivery", id: "a", delivery: "sending" });
    reduce(before, { kind: "discarded", id: "a" });
    expect(before).toEqual(copy);
  });
});
