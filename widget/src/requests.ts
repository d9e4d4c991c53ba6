/** One function per door of the server. A failure is a value: the caller decides whether to wait, ask again or tell the person. */
import { type Opened, type Page, readOpened, readPage, type Why } from "./contract";
import { safeLink } from "./safe-link";

export type Failure =
  | { readonly kind: "unreachable" }
  | { readonly kind: "unknown-token" }
  | { readonly kind: "busy"; readonly retryAfterMs: number }
  | { readonly kind: "refused"; readonly reason: string | null }
  | { readonly kind: "broken" };

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export interface Beginning {
  readonly timezone: string;
  readonly language: string;
  readonly campaign: string | null;
  readonly topic: string | null;
}

export interface Sending {
  readonly id: string;
  readonly text: string;
  readonly button: string | null;
  readonly file: File | null;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const TIMEOUT_MS = 20_000;
/** Handed to a mail server before it is said to be sent. */
const MAIL_TIMEOUT_MS = 40_000;
/** Five megabytes on a slow network. */
const FILE_TIMEOUT_MS = 180_000;
/** Asking again would be refused again. */
const REFUSALS = [400, 409, 413, 422];
const DEFAULT_RETRY_AFTER_MS = 5_000;

export class Requests {
  constructor(
    private readonly origin: string,
    private readonly fetch: Fetch,
  ) {}

  begin(beginning: Beginning): Promise<Answer<Opened>> {
    return this.#ask("/api/conversations", { method: "POST", body: JSON.stringify(beginning) }, null, async (response) => {
      const opened = readOpened(await response.json());
      if (!opened) throw new TypeError("a conversation without a token");
      return opened;
    });
  }

  send(token: string, { id, text, button, file }: Sending): Promise<Answer<Page>> {
    if (file) return this.#sendFile(token, id, file);
    const body = JSON.stringify(button === null ? { text } : { button, text });
    const init = { method: "POST", body, headers: { "Idempotency-Key": id } };
    return this.#ask("/api/conversations/me/messages", init, token, readJsonPage);
  }

  #sendFile(token: string, id: string, file: File): Promise<Answer<Page>> {
    const body = new FormData();
    body.append("file", file);
    const init = { method: "POST", body, headers: { "Idempotency-Key": id }, signal: AbortSignal.timeout(FILE_TIMEOUT_MS) };
    return this.#ask("/api/conversations/me/files", init, token, readJsonPage);
  }

  file(token: string, id: string): Promise<Answer<Blob>> {
    const init = { headers: { Accept: "*/*" }, signal: AbortSignal.timeout(FILE_TIMEOUT_MS) };
    return this.#ask(`/api/conversations/me/files/${encodeURIComponent(id)}`, init, token, (response) => response.blob());
  }

  /** A link that opens this conversation in Telegram, once. */
  telegram(token: string): Promise<Answer<string | null>> {
    return this.#ask("/api/conversations/me/telegram", { method: "POST" }, token, readLink);
  }

  /** What a browser subscribes with to be told of an answer. */
  notificationKey(token: string): Promise<Answer<string | null>> {
    return this.#ask("/api/conversations/me/notifications", {}, token, async (response) => readText(await response.json(), "key"));
  }

  notify(token: string, device: string, subscription: object): Promise<Answer<null>> {
    const init = { method: "PUT", body: JSON.stringify(subscription) };
    return this.#ask(`/api/conversations/me/notifications/${device}`, init, token, nothing);
  }

  stopNotifying(token: string, device: string): Promise<Answer<null>> {
    return this.#ask(`/api/conversations/me/notifications/${device}`, { method: "DELETE" }, token, nothing);
  }

  /** The whole thread, by e-mail, to that address. */
  mail(token: string, email: string): Promise<Answer<null>> {
    const init = { method: "POST", body: JSON.stringify({ email }), signal: AbortSignal.timeout(MAIL_TIMEOUT_MS) };
    return this.#ask("/api/conversations/me/copies", init, token, nothing);
  }

  messagesAfter(token: string, seq: number): Promise<Answer<Page>> {
    return this.#ask(`/api/conversations/me/messages?after=${seq}`, {}, token, readJsonPage);
  }

  rate(token: string, seq: number, useful: boolean, why: Why | null): Promise<Answer<null>> {
    const init = { method: "POST", body: JSON.stringify(why === null ? { seq, useful } : { seq, useful, why }) };
    return this.#ask("/api/conversations/me/feedback", init, token, nothing);
  }

  tick(token: string, item: string, done: boolean): Promise<Answer<null>> {
    const init = { method: done ? "PUT" : "DELETE" };
    return this.#ask(`/api/conversations/me/ticks/${encodeURIComponent(item)}`, init, token, nothing);
  }

  calendar(token: string, seq: number): Promise<Answer<Blob>> {
    const init = { headers: { Accept: "text/calendar" } };
    return this.#ask(`/api/conversations/me/messages/${seq}/calendar`, init, token, (response) => response.blob());
  }

  /** A message, or the whole conversation, as a page to print: HTML, without a script. */
  printable(token: string, seq: number | null): Promise<Answer<string>> {
    const init = { headers: { Accept: "text/html" } };
    return this.#ask(`/api/conversations/me/${seq === null ? "" : `messages/${seq}/`}page`, init, token, (response) => response.text());
  }

  download(token: string): Promise<Answer<Blob>> {
    return this.#ask("/api/conversations/me/export", {}, token, (response) => response.blob());
  }

  erase(token: string): Promise<Answer<null>> {
    return this.#ask("/api/conversations/me", { method: "DELETE" }, token, nothing);
  }

  events(token: string, after: number, signal: AbortSignal): Promise<Response> {
    return this.fetch(`${this.origin}/api/conversations/me/events?after=${after}`, {
      ...COMMON,
      headers: { Accept: "text/event-stream", Authorization: `Bearer ${token}` },
      signal,
    });
  }

  async #ask<T>(
    path: string,
    init: RequestInit & { headers?: Record<string, string> },
    token: string | null,
    read: (response: Response) => Promise<T>,
  ): Promise<Answer<T>> {
    const headers = {
      Accept: "application/json",
      ...(typeof init.body === "string" ? { "Content-Type": "application/json" } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...init.headers,
    };
    try {
      const response = await this.fetch(this.origin + path, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...COMMON,
        ...init,
        headers,
      });
      if (response.ok) return { ok: true, value: await read(response) };
      return { ok: false, failure: await failureOf(response) };
    } catch {
      return { ok: false, failure: { kind: "unreachable" } };
    }
  }
}

/** The token is the only credential: cookies of the server (those of the desk) never travel with it. */
const COMMON = { cache: "no-store", credentials: "omit", referrerPolicy: "strict-origin" } as const satisfies RequestInit;

async function failureOf(response: Response): Promise<Failure> {
  if (response.status === 401) return { kind: "unknown-token" };
  if (response.status === 429) return { kind: "busy", retryAfterMs: retryAfter(response) };
  if (REFUSALS.includes(response.status)) return { kind: "refused", reason: await detail(response) };
  return { kind: "broken" };
}

function retryAfter(response: Response): number {
  const header = response.headers.get("Retry-After") ?? "";
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return milliseconds > 0 ? Math.min(milliseconds, 120_000) : DEFAULT_RETRY_AFTER_MS;
}

async function detail(response: Response): Promise<string | null> {
  return readText(await response.json().catch(() => null), "detail") || null;
}

async function readJsonPage(response: Response): Promise<Page> {
  return readPage(await response.json());
}

async function readLink(response: Response): Promise<string | null> {
  const link = readText(await response.json(), "url");
  return link === null ? null : safeLink(link);
}

function readText(json: unknown, name: string): string | null {
  const value = typeof json === "object" && json !== null ? (json as Readonly<Record<string, unknown>>)[name] : null;
  return typeof value === "string" ? value : null;
}

async function nothing(): Promise<null> {
  return null;
}
