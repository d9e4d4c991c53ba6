import { fill } from "../fill";
import type { Chat, MountChat, PageApi, PageEvents } from "../page-api";
import type { Language } from "../texts";
import { launcher as en } from "../texts.en.json";
import { launcher as fr } from "../texts.fr.json";
import { Listeners } from "./listeners";
import { loadChat } from "./load-script";
import { chatIcon, closeIcon } from "./icons";
import { applyStyles } from "./styles";
import { Theme } from "./theme";

interface Setting {
  readonly language: Language;
  readonly script: string;
  readonly nonce: string;
  readonly origin: string;
  readonly topic: string | null;
  readonly campaign: string | null;
  readonly theme: string | null;
  /** The chat is the page: it fills it, opens by itself and does not close. */
  readonly isPage: boolean;
}

/** The button at the foot of the page, and the page's way in to a chat that may not be loaded yet. */
export class Launcher {
  readonly #texts: typeof fr;
  readonly #host = document.createElement("quebec-ville-etudes");
  readonly #root = this.#host.attachShadow({ mode: "open" });
  readonly #button = document.createElement("button");
  readonly #label = document.createElement("span");
  readonly #badge = document.createElement("span");
  readonly #alert = document.createElement("p");
  readonly #listeners = new Listeners();
  #loading: Promise<MountChat> | null = null;
  #chat: Chat | null = null;
  #unread = 0;

  constructor(private readonly setting: Setting) {
    this.#texts = setting.language === "en" ? en : fr;
    this.#host.lang = setting.language;
    if (setting.theme) this.#host.dataset["theme"] = setting.theme;
    this.#host.toggleAttribute("data-page", setting.isPage);
    this.#build();
  }

  show(): void {
    const { isPage } = this.setting;
    ((isPage && document.querySelector("main")) || document.body).append(this.#host);
    if ("adoptedStyleSheets" in this.#root) {
      const theme = new Theme(this.#root);
      requestAnimationFrame(() => theme.correct());
    }
    if (isPage) void this.#withChat((chat) => chat.open());
  }

  api(): PageApi {
    return {
      open: () => void this.#withChat((chat) => chat.open()),
      close: () => this.#chat?.close(),
      ask: (question) => void this.#withChat((chat) => chat.ask(String(question))),
      on: (name, listener) => this.#listeners.add(name, listener),
    };
  }

  #build(): void {
    applyStyles(this.#root);
    this.#button.type = "button";
    this.#label.className = "label";
    this.#label.textContent = this.#texts.label;
    this.#badge.className = "badge";
    this.#badge.hidden = true;
    this.#alert.className = "alert";
    this.#alert.setAttribute("role", "alert");
    this.#button.append(chatIcon(), closeIcon(), this.#label, this.#badge);
    this.#root.append(this.#alert, this.#button);
    this.#describe();
    for (const intent of ["pointerenter", "focus"]) this.#button.addEventListener(intent, () => this.#prepare(), { once: true });
    this.#button.addEventListener("click", () => void this.#toggle());
  }

  #toggle(): void {
    if (this.#chat?.isOpen) this.#chat.close();
    else void this.#withChat((chat) => chat.open());
  }

  #prepare(): Promise<MountChat> {
    this.#loading ??= loadChat(this.setting.script, this.setting.nonce);
    this.#loading.catch(() => (this.#loading = null));
    return this.#loading;
  }

  async #withChat(act: (chat: Chat) => void): Promise<void> {
    this.#alert.textContent = "";
    this.#button.setAttribute("aria-busy", "true");
    try {
      const mount = await this.#prepare();
      this.#chat ??= mount(this.#chatSetting());
      act(this.#chat);
    } catch {
      this.#alert.textContent = this.#texts.failed;
    } finally {
      this.#button.removeAttribute("aria-busy");
    }
  }

  #chatSetting(): Parameters<MountChat>[0] {
    const { origin, language, topic, campaign, isPage } = this.setting;
    return { root: this.#root, origin, language, topic, campaign, isPage, tell: (name, value) => this.#hear(name, value) };
  }

  #hear<Name extends keyof PageEvents>(name: Name, value: PageEvents[Name]): void {
    if (name === "unread") this.#unread = value as number;
    this.#describe();
    this.#listeners.tell(name, value);
  }

  #describe(): void {
    const isOpen = this.#chat?.isOpen ?? false;
    const { open, close, label, unread, unreadOne } = this.#texts;
    const count = this.#unread > 99 ? "99+" : String(this.#unread);
    const news = this.#unread === 1 ? unreadOne : fill(unread, { count });
    this.#host.toggleAttribute("data-open", isOpen);
    this.#button.setAttribute("aria-expanded", String(isOpen));
    this.#button.setAttribute("aria-haspopup", "dialog");
    this.#button.setAttribute("aria-label", isOpen ? close : `${label} ${open}${this.#unread ? `. ${news}` : ""}`);
    this.#badge.hidden = !this.#unread || isOpen;
    this.#badge.textContent = count;
  }
}
