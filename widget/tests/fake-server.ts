/** A server in memory that keeps the contract, behind a network that need not. */
import type { Fetch } from "../src/requests";

interface Stored {
  seq: number;
  author: string;
  text: string;
  at: string;
  external_id: string | null;
  cards?: readonly object[];
  files?: readonly object[];
}

type Trouble = "none" | "lost" | "answer lost" | "broken";

export class FakeServer {
  readonly messages: Stored[] = [];
  readonly requests: string[] = [];
  readonly sessions = new Set<string>();
  floor = { holder: "bot", adviser: null as string | null, promised_at: null, promise: null };
  trouble: () => Trouble = () => "none";
  slowness: () => Promise<void> = async () => {};
  underWay = 0;
  mostUnderWay = 0;
  readonly ticked = new Set<string>();
  readonly ratings: object[] = [];
  readonly devices = new Set<string>();
  readonly mailed: string[] = [];
  refuse: (text: string) => string | null = () => null;
  #streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #tokens = 0;

  readonly fetch: Fetch = async (url, init) => {
    const { pathname, searchParams } = new URL(url);
    const method = init.method ?? "GET";
    this.requests.push(`${method} ${pathname}`);
    const trouble = this.trouble();
    if (trouble === "lost") throw new TypeError("network");
    if (trouble === "broken") return Response.json({}, { status: 503 });
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, method === "POST" ? this.underWay : 0);
    await this.slowness();
    this.underWay -= 1;
    const response = this.#answer(method, pathname, Number(searchParams.get("after") ?? 0), init);
    if (trouble === "answer lost") throw new TypeError("network");
    return response;
  };

  /** Stored, but its announcement is lost: only the next message is published. */
  sayUnheard(text: string): void {
    this.#store({ author: "bot", text, external_id: null });
  }

  say(text: string, author = "bot"): void {
    this.#store({ author, text, external_id: null });
    this.#publish(this.messages.length - 1);
  }

  typing(who: "bot" | "adviser"): void {
    this.#write(`event: typing\ndata: ${JSON.stringify({ who, name: null })}\n\n`);
  }

  /** Sends again what was already said, from anywhere. */
  publishAgain(after: number): void {
    this.#publish(after);
  }

  cutStreams(): void {
    for (const stream of this.#streams) stream.error(new TypeError("network"));
    this.#streams.clear();
  }

  eraseAll(): void {
    this.messages.length = 0;
    this.sessions.clear();
    this.#write("event: erased\ndata: {}\n\n");
    this.cutStreams();
  }

  #answer(method: string, path: string, after: number, init: RequestInit): Response {
    if (path === "/api/conversations") return this.#begin();
    const headers = new Headers(init.headers);
    const token = headers.get("Authorization")?.replace("Bearer ", "") ?? "";
    if (!this.sessions.has(token)) return Response.json({ detail: "Conversation inconnue." }, { status: 401 });
    const [, item] = /\/ticks\/(.+)$/.exec(path) ?? [];
    if (item) return this.#tick(decodeURIComponent(item), method === "PUT");
    const [, device] = /\/notifications\/(.+)$/.exec(path) ?? [];
    if (device) {
      if (method === "PUT") this.devices.add(device);
      else this.devices.delete(device);
      return new Response(null, { status: 204 });
    }
    if (path.endsWith("/notifications")) return Response.json({ key: "BKey" });
    if (method === "DELETE") {
      this.sessions.delete(token);
      return new Response(null, { status: 204 });
    }
    if (path.endsWith("/events")) return this.#stream(after, init.signal);
    if (path.endsWith("/telegram")) return Response.json({ url: "https://t.me/exemple?start=abc" }, { status: 201 });
    if (path.endsWith("/files")) {
      const file = (init.body as FormData).get("file") as File;
      return this.#receive(file.name, headers.get("Idempotency-Key") ?? "", [{ id: "file-1", name: file.name, size: file.size }]);
    }
    if (path.endsWith("/copies")) {
      const { email } = JSON.parse(String(init.body)) as { email: string };
      const wrong = this.refuse(email);
      if (wrong) return Response.json({ detail: wrong }, { status: 422 });
      this.mailed.push(email);
      return new Response(null, { status: 204 });
    }
    if (path.endsWith("/calendar")) return new Response("BEGIN:VCALENDAR");
    if (path.endsWith("/page")) return new Response("<!doctype html><p>page</p>");
    if (path.endsWith("/feedback")) {
      this.ratings.push(JSON.parse(String(init.body)) as object);
      return new Response(null, { status: 204 });
    }
    if (method === "GET") return Response.json(this.#page(after));
    const { text } = JSON.parse(String(init.body)) as { text: string };
    const refusal = this.refuse(text);
    if (refusal) return Response.json({ detail: refusal }, { status: 422 });
    return this.#receive(text, headers.get("Idempotency-Key") ?? "");
  }

  #tick(item: string, done: boolean): Response {
    if (done) this.ticked.add(item);
    else this.ticked.delete(item);
    this.#publish(this.messages.length);
    return new Response(null, { status: 204 });
  }

  #begin(): Response {
    this.#tokens += 1;
    const token = `token-${this.#tokens}`;
    this.sessions.add(token);
    this.messages.length = 0;
    this.#store({ author: "system", text: "Assistant automatique.", external_id: null });
    return Response.json({ id: `conversation-${this.#tokens}`, token, ...this.#page(0) }, { status: 201 });
  }

  #receive(text: string, externalId: string, files: readonly object[] = []): Response {
    let stored = this.messages.find((each) => each.external_id === externalId);
    if (!stored) {
      stored = this.#store({ author: "person", text, external_id: externalId, files });
      this.#store({ author: "bot", text: `réponse à ${text}`, external_id: null });
      this.#publish(stored.seq - 1);
    }
    return Response.json({ message: stored, ...this.#page(stored.seq) }, { status: 201 });
  }

  #store(given: Omit<Stored, "seq" | "at">): Stored {
    const stored = { ...given, seq: this.messages.length + 1, at: "2026-11-23T15:00:00Z" };
    this.messages.push(stored);
    return stored;
  }

  #page(after: number): object {
    return { messages: this.messages.filter(({ seq }) => seq > after), floor: this.floor, last_seq: this.messages.length, ticked: [...this.ticked], offers: ["telegram"] };
  }

  #stream(after: number, signal: AbortSignal | null | undefined): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#streams.add(controller);
        controller.enqueue(encode(": bonjour\n\n" + this.#update(after)));
        signal?.addEventListener("abort", () => this.#streams.delete(controller) && controller.error(new TypeError("aborted")));
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  }

  #publish(after: number): void {
    this.#write(this.#update(after));
  }

  #update(after: number): string {
    return `event: update\nid: ${this.messages.length}\ndata: ${JSON.stringify(this.#page(after))}\n\n`;
  }

  #write(text: string): void {
    for (const stream of this.#streams) stream.enqueue(encode(text));
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
