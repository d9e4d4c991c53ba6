import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Page } from "../src/contract";
import { Outbox } from "../src/outbox";
import type { Answer } from "../src/requests";
import type { Outgoing } from "../src/thread";

const PAGE = { messages: [] } as unknown as Page;

/** A desk with one message to send, to a server that gives these answers one after the other. */
function onePressedMessage(answers: Answer<Page>[]): { outbox: Outbox; sentAt: number[]; shownBusy: boolean[] } {
  const message: Outgoing[] = [{ id: "pressé" } as Outgoing];
  const sentAt: number[] = [];
  const shownBusy: boolean[] = [];
  const outbox = new Outbox(
    {
      next: () => message[0],
      send: () => {
        sentAt.push(Date.now());
        return Promise.resolve(answers.shift()!);
      },
      delivered: () => void message.pop(),
      marked: () => {},
      lost: () => {},
      online: () => true,
      busy: (busy) => shownBusy.push(busy),
    },
    () => 1,
  );
  return { outbox, sentAt, shownBusy };
}

describe("an outbox", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  it("leaves a busy server alone as long as it asked, though the line comes back meanwhile", async () => {
    const { outbox, sentAt, shownBusy } = onePressedMessage([
      { ok: false, failure: { kind: "busy", retryAfterMs: 3_000 } },
      { ok: true, value: PAGE },
    ]);

    void outbox.flush();
    await vi.advanceTimersByTimeAsync(500);
    void outbox.flush();
    await vi.advanceTimersByTimeAsync(500);
    expect([sentAt, shownBusy, outbox.busy]).toEqual([[0], [true], true]);

    await vi.advanceTimersByTimeAsync(2_000);
    expect([sentAt, shownBusy, outbox.busy]).toEqual([[0, 3_000], [true, false], false]);
  });

  it("tries again at once after a failure when the line comes back", async () => {
    const { outbox, sentAt } = onePressedMessage([
      { ok: false, failure: { kind: "unreachable" } },
      { ok: true, value: PAGE },
    ]);

    void outbox.flush();
    await vi.advanceTimersByTimeAsync(0);
    void outbox.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(sentAt).toEqual([0, 0]);
  });
});
