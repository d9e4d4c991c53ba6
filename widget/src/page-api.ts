/** What the loader, the panel and the host page say to one another. */
import type { Message } from "./contract";
import type { Language } from "./texts";

export interface PageEvents {
  open: null;
  close: null;
  /** Number of messages not yet seen. */
  unread: number;
  message: Pick<Message, "author" | "name" | "text" | "at">;
}

/** `window.QuebecVilleEtudes`, the only name we add to a page. */
export interface PageApi {
  open(): void;
  close(): void;
  /** Opens the chat and asks the question in the person's name. */
  ask(question: string): void;
  /** Returns the function that stops listening. */
  on<Name extends keyof PageEvents>(name: Name, listener: (value: PageEvents[Name]) => void): () => void;
}

export interface ChatSetting {
  readonly root: ShadowRoot;
  readonly origin: string;
  readonly language: Language;
  readonly topic: string | null;
  readonly campaign: string | null;
  readonly isPage: boolean;
  tell<Name extends keyof PageEvents>(name: Name, value: PageEvents[Name]): void;
}

export interface Chat {
  open(): void;
  close(): void;
  ask(question: string): void;
  readonly isOpen: boolean;
}

export type MountChat = (setting: ChatSetting) => Chat;

/** Dispatched on its own script element by `chat.js`; the detail is its `MountChat`. */
export const CHAT_READY = "quebec-ville-etudes:ready";

declare global {
  interface Window {
    QuebecVilleEtudes?: PageApi;
  }
}
