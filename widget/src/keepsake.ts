/**
 * What the browser keeps, in the storage of the host page: the token, and what the person wrote that has not left yet.
 * Where storage is refused (private mode, blocked by the host) it lives as long as the page.
 */
import type { Outgoing } from "./thread";

export interface Session {
  readonly id: string;
  readonly token: string;
}

export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export const SESSION_KEY = "quebec-ville-etudes";
const OUTGOING_PREFIX = `${SESSION_KEY}.outgoing.`;

export class Keepsake {
  constructor(private readonly store: Store) {}

  session(): Session | null {
    const kept = parse(this.store.getItem(SESSION_KEY)) as Partial<Session> | null;
    return kept?.id && kept.token ? { id: kept.id, token: kept.token } : null;
  }

  keepSession({ id, token }: Session): void {
    this.store.setItem(SESSION_KEY, JSON.stringify({ id, token }));
  }

  forgetSession(): void {
    this.store.removeItem(SESSION_KEY);
  }

  /** One entry each, so that two tabs never overwrite each other. */
  keepOutgoing({ id, text, button, at }: Outgoing): void {
    try {
      this.store.setItem(OUTGOING_PREFIX + id, JSON.stringify({ text, button, at }));
    } catch {
      // Storage is full: the message still leaves, but would not survive a reload.
    }
  }

  dropOutgoing(id: string): void {
    this.store.removeItem(OUTGOING_PREFIX + id);
  }

  outgoing(): readonly Outgoing[] {
    return this.#outgoingKeys()
      .flatMap((key) => {
        const kept = parse(this.store.getItem(key)) as Partial<Outgoing> | null;
        if (!kept?.text || !kept.at) return [];
        const id = key.slice(OUTGOING_PREFIX.length);
        return [{ id, text: kept.text, button: kept.button ?? null, at: kept.at, delivery: "waiting" as const, reason: null }];
      })
      .sort((a, b) => a.at.localeCompare(b.at));
  }

  forgetAll(): void {
    this.forgetSession();
    this.#outgoingKeys().forEach((key) => this.store.removeItem(key));
  }

  #outgoingKeys(): readonly string[] {
    const keys = Array.from({ length: this.store.length }, (_, index) => this.store.key(index));
    return keys.filter((key): key is string => key?.startsWith(OUTGOING_PREFIX) ?? false);
  }
}

export function usableStore(): Store {
  try {
    const probe = `${SESSION_KEY}.probe`;
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return new MemoryStore();
  }
}

export class MemoryStore implements Store {
  readonly #kept = new Map<string, string>();

  get length(): number {
    return this.#kept.size;
  }

  key(index: number): string | null {
    return [...this.#kept.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#kept.set(key, value);
  }

  removeItem(key: string): void {
    this.#kept.delete(key);
  }
}

function parse(json: string | null): unknown {
  try {
    return json ? JSON.parse(json) : null;
  } catch {
    return null;
  }
}
