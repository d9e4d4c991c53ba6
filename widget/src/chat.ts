/** `chat.js`: everything behind the button, handed to the loader through its own script element. */
import { delayBefore } from "./backoff";
import { Conversation, type ConversationState } from "./conversation";
import { Panel } from "./elements/panel";
import { IndexedFiles } from "./files-kept";
import { Keepsake, SESSION_KEY, usableStore } from "./keepsake";
import { newId } from "./new-id";
import { pushBrowser } from "./push-browser";
import { type Chat, CHAT_READY, type ChatSetting, type MountChat } from "./page-api";
import { Requests } from "./requests";
import { speak, texts } from "./texts";
import { Unread } from "./unread";

/** Time in the background before the line is given up, when no human is expected. */
const OUT_OF_SIGHT_MS = 60_000;

/** A page that writes more would otherwise have no conversation at all. */
const LONGEST_CAMPAIGN = 64;
const LONGEST_TOPIC = 120;

const mountChat: MountChat = (setting) => {
  speak(setting.language);
  const conversation = new Conversation({
    requests: new Requests(setting.origin, (url, init) => fetch(url, init)),
    keepsake: new Keepsake(usableStore(() => localStorage), usableStore(() => sessionStorage), new IndexedFiles()),
    push: setting.isPage ? pushBrowser() : null,
    words: texts().files,
    beginning: {
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      language: setting.language,
      campaign: setting.campaign?.slice(0, LONGEST_CAMPAIGN) ?? null,
      topic: setting.topic?.slice(0, LONGEST_TOPIC) ?? null,
    },
    delay: delayBefore,
    newId,
    now: () => new Date(),
  });
  followSurroundings(conversation);
  return new MountedChat(setting, conversation);
};

class MountedChat implements Chat {
  readonly #panel = new Panel();
  readonly #unread = new Unread(document);
  #isOpen = false;
  #opener: HTMLElement | null = null;
  #toldThrough: number | null = null;

  constructor(
    private readonly setting: ChatSetting,
    private readonly conversation: Conversation,
  ) {
    this.#panel.conversation = conversation;
    this.#panel.topic = setting.topic;
    this.#panel.page = setting.isPage;
    this.#panel.origin = setting.origin;
    this.#panel.state = conversation.state;
    this.#panel.addEventListener("qve-hidden", () => this.#closed());
    setting.root.append(this.#panel);
    conversation.watch((state) => this.#follow(state));
    document.addEventListener("visibilitychange", () => this.#look(conversation.state));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): void {
    if (this.#isOpen) return;
    this.#opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.#isOpen = true;
    this.#panel.show();
    this.conversation.networkChanged(navigator.onLine);
    this.conversation.start();
    this.#look(this.conversation.state);
    this.setting.tell("open", null);
  }

  close(): void {
    this.#panel.hide();
  }

  ask(question: string): void {
    this.open();
    if (this.conversation.state.phase === "erased") this.conversation.startAnew();
    this.conversation.send(question);
  }

  /** Focus goes back to what opened the chat, or to the button if that is gone. */
  #closed(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.conversation.noticed();
    this.setting.tell("close", null);
    const button = this.setting.root.querySelector("button");
    const elsewhere = this.#opener && this.#opener !== document.body && this.#opener !== this.setting.root.host;
    if (elsewhere && this.#opener?.isConnected) this.#opener.focus();
    else button?.focus();
  }

  #follow(state: ConversationState): void {
    this.#panel.state = state;
    if (state.phase === "starting" || state.phase === "unopened") return;
    this.#look(state);
    this.#tellMessages(state);
  }

  #look(state: ConversationState): void {
    const looking = this.#isOpen && !document.hidden;
    if (this.#unread.look(state.thread.messages, looking)) this.setting.tell("unread", this.#unread.count);
  }

  #tellMessages({ thread }: ConversationState): void {
    const before = this.#toldThrough ?? thread.heldThrough;
    this.#toldThrough = thread.heldThrough;
    for (const { seq, author, name, text, at } of thread.messages)
      if (seq > before && seq <= thread.heldThrough) this.setting.tell("message", { author, name, text, at });
  }
}

function followSurroundings(conversation: Conversation): void {
  let outOfSight: ReturnType<typeof setTimeout> | undefined;
  addEventListener("online", () => conversation.networkChanged(true));
  addEventListener("offline", () => conversation.networkChanged(false));
  addEventListener("pageshow", (event) => event.persisted && conversation.visible());
  addEventListener("storage", ({ key }) => key === SESSION_KEY && conversation.followOtherTab());
  document.addEventListener("visibilitychange", () => {
    clearTimeout(outOfSight);
    if (document.hidden) outOfSight = setTimeout(() => conversation.hidden(), OUT_OF_SIGHT_MS);
    else conversation.visible();
  });
}

document.currentScript?.dispatchEvent(new CustomEvent(CHAT_READY, { detail: mountChat }));
