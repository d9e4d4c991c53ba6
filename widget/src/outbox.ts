/** Sends what the person wrote, one at a time and in order, and does not let go of a message until the server has it. */
import { Alarm } from "./alarm";
import type { Page } from "./contract";
import type { Answer, Failure } from "./requests";
import type { Delivery, Outgoing } from "./thread";

export interface Desk {
  /** The oldest message that must still leave. */
  next(): Outgoing | undefined;
  /** Null while there is no conversation to send to. */
  send(outgoing: Outgoing): Promise<Answer<Page>> | null;
  delivered(outgoing: Outgoing, page: Page): void;
  marked(outgoing: Outgoing, delivery: Delivery, reason?: string): void;
  lost(): void;
  online(): boolean;
  busy(isBusy: boolean): void;
}

const ATTEMPTS_BEFORE_SAYING_SO = 3;

export class Outbox {
  readonly #alarm = new Alarm();
  #running = false;
  #failures = 0;
  #busyUntil = 0;

  constructor(
    private readonly desk: Desk,
    private readonly delay: (attempt: number) => number,
  ) {}

  /** The server asked to be left alone for a while: a line that comes back does not cut that short. */
  get busy(): boolean {
    return Date.now() < this.#busyUntil;
  }

  /** Safe to call at any time: there is never more than one message under way. */
  async flush(): Promise<void> {
    if (!this.busy) this.#alarm.ring();
    if (this.#running) return;
    this.#running = true;
    try {
      await this.#sendAll();
    } finally {
      this.#running = false;
    }
  }

  async #sendAll(): Promise<void> {
    for (let outgoing = this.desk.next(); outgoing; outgoing = this.desk.next()) {
      const sent = this.desk.send(outgoing);
      if (!sent) return;
      this.desk.marked(outgoing, "sending");
      const answer = await sent;
      if (answer.ok) {
        this.#failures = 0;
        this.desk.busy(false);
        this.desk.delivered(outgoing, answer.value);
      } else if (answer.failure.kind === "refused") {
        this.desk.marked(outgoing, "refused", answer.failure.reason ?? undefined);
      } else if (answer.failure.kind === "unknown-token") {
        this.desk.marked(outgoing, "waiting");
        this.desk.lost();
        return;
      } else {
        await this.#waitAfter(outgoing, answer.failure);
      }
    }
  }

  async #waitAfter(outgoing: Outgoing, failure: Failure): Promise<void> {
    this.#failures += 1;
    const isBusy = failure.kind === "busy";
    this.desk.busy(isBusy);
    const explained = isBusy || !this.desk.online();
    this.desk.marked(outgoing, explained || this.#failures < ATTEMPTS_BEFORE_SAYING_SO ? "waiting" : "unsent");
    const least = isBusy ? failure.retryAfterMs : 0;
    this.#busyUntil = Date.now() + least;
    await this.#alarm.sleep(Math.max(least, this.delay(this.#failures)));
  }
}
