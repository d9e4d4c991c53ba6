/**
 * Server-sent events read from a `fetch`, because the native EventSource cannot send the Authorization header and the token must
 * not stand in an address. Keep-alive comments feed a watchdog: a line that has gone silent (sleep, lost network) is cut.
 */
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { type Page, readPage, readTyping, type Typing } from "./contract";

export interface Hearing {
  onOpen(): void;
  onUpdate(page: Page): void;
  onTyping(typing: Typing): void;
  onErased(): void;
}

export type StreamEnd = "broken" | "unknown-token";

/** Three keep-alives of 15 s, less a little. */
const SILENCE_MS = 40_000;

export class EventStream {
  #abort = new AbortController();
  #lastByteAt = 0;

  constructor(
    private readonly connect: (signal: AbortSignal) => Promise<Response>,
    private readonly hearing: Hearing,
    private readonly silenceMs = SILENCE_MS,
  ) {}

  /** Listens until the line breaks. */
  async listen(): Promise<StreamEnd> {
    const watchdog = new Watchdog(() => this.cut(), this.silenceMs);
    try {
      const response = await this.connect(this.#abort.signal);
      if (response.status === 401) return "unknown-token";
      if (!response.ok || !response.body) return "broken";
      this.hearing.onOpen();
      await this.#read(response.body, watchdog);
      return "broken";
    } catch {
      return "broken";
    } finally {
      watchdog.stop();
      this.cut();
    }
  }

  cut(): void {
    this.#abort.abort();
  }

  silentFor(milliseconds: number): boolean {
    return Date.now() - this.#lastByteAt > milliseconds;
  }

  async #read(body: ReadableStream<Uint8Array>, watchdog: Watchdog): Promise<void> {
    const parser = createParser({ onEvent: (event) => this.#hear(event) });
    const decoder = new TextDecoder();
    const reader = body.getReader();
    this.#lastByteAt = Date.now();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      this.#lastByteAt = Date.now();
      watchdog.feed();
      parser.feed(decoder.decode(chunk.value, { stream: true }));
    }
  }

  #hear({ event, data }: EventSourceMessage): void {
    if (event === "erased") return this.hearing.onErased();
    const json = parse(data);
    if (event === "update") this.hearing.onUpdate(readPage(json));
    const typing = event === "typing" ? readTyping(json) : null;
    if (typing) this.hearing.onTyping(typing);
  }
}

class Watchdog {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly bark: () => void,
    private readonly patienceMs: number,
  ) {
    this.feed();
  }

  feed(): void {
    this.stop();
    this.#timer = setTimeout(this.bark, this.patienceMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
