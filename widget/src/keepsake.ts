/**
 * What the browser keeps, in the storage of the host page: the token, what the person wrote that has not left yet, and, for this
 * tab alone, what is being written. Where storage is refused (private mode, blocked by the host) it lives as long as the page.
 */
import type { FileStore } from "./files-kept";
import type { Outgoing } from "./thread";

export interface Session {
  readonly id: string;
  readonly token: string;
}

/** This browser as the server tells it of answers, and the conversation for which the person asked. */
export interface Device {
  readonly conversation: string;
  readonly id: string;
}

export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export const SESSION_KEY = "quebec-ville-etudes";
const DEVICE_KEY = `${SESSION_KEY}.device`;
const DRAFT_KEY = `${SESSION_KEY}.draft`;
const OUTGOING_PREFIX = `${SESSION_KEY}.outgoing.`;

export class Keepsake {
  #draft: string | null = null;

  /** `tab` is forgotten with the tab; `store` is shared by all of them. */
  constructor(
    private readonly store: Store,
    private readonly tab: Store = new MemoryStore(),
    private readonly files: FileStore | null = null,
  ) {}

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

  /**
   * One entry each, so that two tabs never overwrite each other. False when it would not survive a reload: storage is full or
   * refused. A document is kept first, and named only then.
   */
  async keepOutgoing({ id, text, button, at, file }: Outgoing): Promise<boolean> {
    if (file && !(await this.files?.keep(id, file))) return false;
    try {
      this.store.setItem(OUTGOING_PREFIX + id, JSON.stringify({ text, button, at, ...(file ? { file: true } : {}) }));
      return true;
    } catch {
      return false;
    }
  }

  dropOutgoing(id: string): void {
    const kept = parse(this.store.getItem(OUTGOING_PREFIX + id)) as { file?: boolean } | null;
    this.store.removeItem(OUTGOING_PREFIX + id);
    if (kept?.file) void this.files?.drop(id);
  }

  /** What waits with a document; `gone` when the document is not here any more. */
  async documents(gone: string): Promise<readonly Outgoing[]> {
    const waiting = this.#outgoing().filter(({ withFile }) => withFile);
    return Promise.all(
      waiting.map(async ({ outgoing }) => {
        const file = (await this.files?.file(outgoing.id)) ?? null;
        return file ? { ...outgoing, file } : { ...outgoing, delivery: "refused" as const, reason: gone };
      }),
    );
  }

  /** What waits without a document. */
  outgoing(): readonly Outgoing[] {
    return this.#outgoing()
      .filter(({ withFile }) => !withFile)
      .map(({ outgoing }) => outgoing);
  }

  #outgoing(): readonly { readonly outgoing: Outgoing; readonly withFile: boolean }[] {
    return this.#outgoingKeys()
      .flatMap((key) => {
        const kept = parse(this.store.getItem(key)) as (Partial<Record<"text" | "button" | "at", string>> & { file?: boolean }) | null;
        if (!kept?.text || !kept.at) return [];
        const id = key.slice(OUTGOING_PREFIX.length);
        const outgoing: Outgoing = { id, text: kept.text, button: kept.button ?? null, at: kept.at, delivery: "waiting", reason: null, file: null };
        return [{ outgoing, withFile: kept.file === true }];
      })
      .sort((a, b) => a.outgoing.at.localeCompare(b.outgoing.at));
  }

  draft(): string {
    return this.#draft ?? this.tab.getItem(DRAFT_KEY) ?? "";
  }

  keepDraft(text: string): void {
    this.#draft = text;
    if (!text) return this.tab.removeItem(DRAFT_KEY);
    try {
      this.tab.setItem(DRAFT_KEY, text);
    } catch {
      // Storage is full: the draft lives as long as the page.
    }
  }

  device(): Device | null {
    const kept = parse(this.store.getItem(DEVICE_KEY)) as Partial<Device> | null;
    return kept?.conversation && kept.id ? { conversation: kept.conversation, id: kept.id } : null;
  }

  keepDevice(device: Device | null): void {
    if (device) this.store.setItem(DEVICE_KEY, JSON.stringify(device));
    else this.store.removeItem(DEVICE_KEY);
  }

  forgetAll(): void {
    this.forgetSession();
    this.keepDevice(null);
    this.keepDraft("");
    this.#outgoingKeys().forEach((key) => this.store.removeItem(key));
    void this.files?.forget();
  }

  #outgoingKeys(): readonly string[] {
    const keys = Array.from({ length: this.store.length }, (_, index) => this.store.key(index));
    return keys.filter((key): key is string => key?.startsWith(OUTGOING_PREFIX) ?? false);
  }
}

/** `find` names the storage: where it is refused, even that throws. */
export function usableStore(find: () => Storage): Store {
  try {
    const probe = `${SESSION_KEY}.probe`;
    const store = find();
    store.setItem(probe, "1");
    store.removeItem(probe);
    return store;
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
