/** Keeps one conversation in touch with the server: catches up, listens, and begins again when the line breaks. */
import { Alarm } from "./alarm";
import type { Opened, Page, Typing } from "./contract";
import { EventStream, type StreamEnd } from "./event-stream";
import type { Session } from "./keepsake";
import type { Answer, Failure, Requests } from "./requests";

export type Link = "connecting" | "connected" | "reconnecting";

export interface Listener {
  session(): Session | null;
  /** Where to ask from: nothing is missing up to this number. */
  heldThrough(): number;
  begin(): Promise<Answer<Opened>>;
  opened(opened: Opened): void;
  heard(page: Page, after: number | null): void;
  typing(typing: Typing): void;
  linked(link: Link): void;
  busy(): void;
  lost(): void;
  erased(): void;
}

const SUSPICIOUS_SILENCE_MS = 20_000;
/** A line that breaks sooner than this counts as a failed attempt, or a server that hangs up would be called without pause. */
const STEADY_MS = 5_000;
const FOREVER_MS = 2 ** 31 - 1;

export class Connection {
  readonly #alarm = new Alarm();
  #stream: EventStream | null = null;
  #stopped = false;
  #resting = false;
  #retryAfterMs = 0;

  constructor(
    private readonly requests: Requests,
    private readonly listener: Listener,
    private readonly delay: (attempt: number) => number,
  ) {}

  async run(): Promise<void> {
    for (let failures = 0; !this.#stopped; failures += 1) {
      const held = await this.#connectOnce();
      if (this.#stopped) return;
      if (held) failures = 0;
      this.listener.linked("reconnecting");
      await this.#alarm.sleep(this.#resting ? FOREVER_MS : Math.max(this.delay(failures), this.#retryAfterMs));
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#stream?.cut();
    this.#alarm.ring();
  }

  /** The network or the person came back: do not wait for the next attempt, nor trust a line that has long been silent. */
  hurry(): void {
    this.#resting = false;
    this.#alarm.ring();
    if (this.#stream?.silentFor(SUSPICIOUS_SILENCE_MS)) this.#stream.cut();
  }

  /** Nobody is looking and nobody is expected to write: leave the line until `hurry`. */
  rest(): void {
    this.#resting = true;
    this.#stream?.cut();
  }

  /** Asks for all that is missing; true when nothing is. */
  async catchUp(): Promise<boolean> {
    for (;;) {
      const session = this.listener.session();
      if (!session || this.#stopped) return false;
      const after = this.listener.heldThrough();
      const answer = await this.requests.messagesAfter(session.token, after);
      if (this.#stopped) return false;
      if (!answer.ok) return this.#failed(answer.failure);
      this.listener.heard(answer.value, after);
      const progressed = this.listener.heldThrough() > after;
      if (!progressed || this.listener.heldThrough() >= answer.value.lastSeq) return true;
    }
  }

  /** True when the line held for a while. */
  async #connectOnce(): Promise<boolean> {
    this.#retryAfterMs = 0;
    const ready = this.listener.session() ? await this.catchUp() : await this.#begin();
    const session = this.listener.session();
    if (!ready || !session || this.#stopped) return false;
    let openedAt = Infinity;
    this.#stream = new EventStream(
      (signal) => this.requests.events(session.token, this.listener.heldThrough(), signal),
      {
        onOpen: () => {
          openedAt = Date.now();
          this.listener.linked("connected");
        },
        onUpdate: (page) => this.listener.heard(page, null),
        onTyping: (typing) => this.listener.typing(typing),
        onErased: () => this.listener.erased(),
      },
    );
    const end: StreamEnd = await this.#stream.listen();
    this.#stream = null;
    if (end === "unknown-token" && !this.#stopped) this.listener.lost();
    return Date.now() - openedAt > STEADY_MS;
  }

  async #begin(): Promise<boolean> {
    const answer = await this.listener.begin();
    if (this.#stopped) return false;
    if (!answer.ok) return this.#failed(answer.failure);
    this.listener.opened(answer.value);
    return true;
  }

  #failed(failure: Failure): false {
    if (failure.kind === "busy") {
      this.#retryAfterMs = failure.retryAfterMs;
      this.listener.busy();
    }
    if (failure.kind === "unknown-token") this.listener.lost();
    return false;
  }
}
