/** The conversation as the panel sees it: one state, a few acts. It joins the thread, the outbox and the connection. */
import { Connection, type Link } from "./connection";
import type { Button, Message, Opened, Page, Typing, Why } from "./contract";
import type { Keepsake, Session } from "./keepsake";
import { Notifications } from "./notifications";
import { Outbox } from "./outbox";
import type { PushBrowser } from "./push-browser";
import type { Answer, Beginning, Requests } from "./requests";
import { carriedOver, type Change, type Delivery, EMPTY_THREAD, hasGap, type Outgoing, reduce, type Thread } from "./thread";

export type Phase = "unopened" | "starting" | "open" | "erased";
export type Notice =
  | "renewed"
  | "erased"
  | "erasedElsewhere"
  | "eraseFailed"
  | "exportFailed"
  | "ratingFailed"
  | "tickFailed"
  | "calendarFailed"
  | "printFailed"
  | "fileFailed"
  | "telegramFailed"
  | "notificationsOn"
  | "notificationsOff"
  | "notificationsBlocked"
  | "notificationsFailed";

export interface ConversationState {
  readonly phase: Phase;
  readonly thread: Thread;
  readonly link: Link;
  readonly online: boolean;
  readonly busy: boolean;
  readonly typing: Typing | null;
  readonly notice: Notice | null;
  /** This browser is told of an adviser's answer; null where it cannot be. */
  readonly told: boolean | null;
  /** Something was said before, which the server has and this browser has not. */
  readonly returning: boolean;
}

export interface Surroundings {
  readonly requests: Requests;
  readonly keepsake: Keepsake;
  /** Null where nothing can be told while nobody looks: a page that is not ours, or an old browser. */
  readonly push: PushBrowser | null;
  /** What is said of a document: too large, lost with the page that holds it, lost. */
  readonly words: Readonly<Record<"tooLarge" | "notKept" | "gone", string>>;
  readonly beginning: Beginning;
  readonly delay: (attempt: number) => number;
  readonly newId: () => string;
  readonly now: () => Date;
}

export type Mailed =
  | { readonly sent: true }
  | { readonly sent: false; readonly why: "offline" | "busy" | "failed" }
  | { readonly sent: false; readonly why: "refused"; readonly reason: string };

const ASKED = { on: "notificationsOn", off: null, blocked: "notificationsBlocked", failed: "notificationsFailed" } as const;

export const LONGEST_TEXT = 2_000;
export const LARGEST_FILE = 5 * 1024 * 1024;

const TYPING_MS = 6_000;

const FRESH: ConversationState = {
  phase: "unopened",
  thread: EMPTY_THREAD,
  link: "connecting",
  online: true,
  busy: false,
  typing: null,
  notice: null,
  told: null,
  returning: false,
};

export class Conversation {
  #state = FRESH;
  #session: Session | null = null;
  #connection: Connection | null = null;
  #renewals = 0;
  #erasing = false;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #watchers = new Set<(state: ConversationState) => void>();
  readonly #outbox: Outbox;
  readonly #notifications: Notifications;

  constructor(private readonly around: Surroundings) {
    const { requests, keepsake, push, newId } = around;
    this.#notifications = new Notifications(requests, keepsake, push, newId);
    this.#outbox = new Outbox(this.#desk(), around.delay);
  }

  get state(): ConversationState {
    return this.#state;
  }

  watch(watcher: (state: ConversationState) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** The first opening: nothing is stored or asked before. */
  start(): void {
    if (this.#state.phase !== "unopened") return;
    this.#session = this.around.keepsake.session();
    this.#set({ returning: this.#session !== null });
    for (const outgoing of this.around.keepsake.outgoing()) this.#change({ kind: "written", outgoing });
    this.#connect();
    void this.#takeUpDocuments();
  }

  /** What was being written when the page was left. */
  get draft(): string {
    return this.around.keepsake.draft();
  }

  drafted(text: string): void {
    this.around.keepsake.keepDraft(text);
  }

  send(text: string): boolean {
    return this.#write(text.trim(), null);
  }

  /** A document for the adviser, or why it cannot be: one too large would be refused after a long wait. */
  attach(file: File): void {
    const refused = file.size > LARGEST_FILE;
    this.#put(file.name, null, file, refused ? this.around.words.tooLarge : null);
  }

  press({ title, payload }: Button): boolean {
    return this.#write(title, payload);
  }

  retry(): void {
    this.#connection?.hurry();
    void this.#outbox.flush();
  }

  discard(id: string): void {
    this.around.keepsake.dropOutgoing(id);
    this.#change({ kind: "discarded", id });
  }

  /** `why` follows an answer judged unhelpful, whose rating is known already. */
  async rate(seq: number, useful: boolean, why: Why | null = null): Promise<void> {
    const session = this.#session;
    if (!session) return;
    this.#change({ kind: "rated", seq, useful });
    const answer = await this.around.requests.rate(session.token, seq, useful, why);
    if (answer.ok || session !== this.#session) return;
    if (!why) this.#change({ kind: "rated", seq, useful: null });
    this.#set({ notice: "ratingFailed" });
  }

  /** Shown at once. However fast it is changed, one request at a time leaves for an item, and the last wish wins. */
  async tick(item: string, done: boolean): Promise<void> {
    const session = this.#session;
    if (!session) return;
    const underWay = Object.hasOwn(this.#state.thread.ticking, item);
    if (this.#state.notice === "tickFailed") this.#set({ notice: null });
    this.#change({ kind: "ticking", item, done });
    if (underWay) return;
    for (let wish: boolean | undefined = done; wish !== undefined; ) wish = await this.#sendTick(session, item, wish);
  }

  /** What the person wishes by then, if it is something else. */
  async #sendTick(session: Session, item: string, done: boolean): Promise<boolean | undefined> {
    const answer = await this.around.requests.tick(session.token, item, done);
    if (session !== this.#session) return undefined;
    const wish = this.#state.thread.ticking[item];
    if (answer.ok && wish !== done) return wish;
    this.#change({ kind: "ticked", item, done: answer.ok ? done : null });
    if (!answer.ok) this.#set({ notice: "tickFailed" });
    return undefined;
  }

  /** For a door of the same server that goes on with this conversation. */
  get token(): string | null {
    return this.#session?.token ?? null;
  }

  download(): Promise<Blob | null> {
    return this.#fetched("exportFailed", (token) => this.around.requests.download(token));
  }

  calendar(seq: number): Promise<Blob | null> {
    return this.#fetched("calendarFailed", (token) => this.around.requests.calendar(token, seq));
  }

  file(id: string): Promise<Blob | null> {
    return this.#fetched("fileFailed", (token) => this.around.requests.file(token, id));
  }

  telegram(): Promise<string | null> {
    return this.#fetched("telegramFailed", (token) => this.around.requests.telegram(token));
  }

  printable(seq: number | null): Promise<string | null> {
    return this.#fetched("printFailed", (token) => this.around.requests.printable(token, seq));
  }

  /** The person asks, by a click, to be told of an adviser's answer, or no longer to be. */
  async notify(wanted: boolean): Promise<void> {
    const session = this.#session;
    if (!session) return;
    if (wanted) {
      const asked = await this.#notifications.ask(session);
      if (session === this.#session) this.#set({ told: asked === "on", notice: ASKED[asked] });
    } else {
      this.#set({ told: false, notice: "notificationsOff" });
      await this.#notifications.stop(session);
    }
  }

  /** The whole thread to an address that is not kept. */
  async mail(email: string): Promise<Mailed> {
    if (!this.#state.online) return { sent: false, why: "offline" };
    const answer = this.#session ? await this.around.requests.mail(this.#session.token, email) : null;
    if (answer?.ok) return { sent: true };
    if (answer?.failure.kind === "refused" && answer.failure.reason) return { sent: false, why: "refused", reason: answer.failure.reason };
    return { sent: false, why: answer?.failure.kind === "busy" ? "busy" : "failed" };
  }

  /** Nothing disappears here before the server has said that it is gone there. */
  async erase(): Promise<void> {
    const session = this.#session;
    this.#erasing = true;
    const answer = session ? await this.around.requests.erase(session.token) : null;
    this.#erasing = false;
    if (session && session !== this.#session) return;
    const gone = !answer || answer.ok || answer.failure.kind === "unknown-token";
    if (gone) this.#end("erased");
    else this.#set({ notice: "eraseFailed" });
  }

  startAnew(): void {
    this.#disconnect();
    void this.#notifications.stop(this.#session);
    this.#session = null;
    this.around.keepsake.forgetAll();
    this.#set({ ...FRESH, online: this.#state.online });
    this.#connect();
  }

  /** Another tab began, renewed or erased the conversation. */
  followOtherTab(): void {
    const session = this.around.keepsake.session();
    if (this.#state.phase === "unopened" || session?.token === this.#session?.token) return;
    if (!session) return this.#end("erasedElsewhere");
    this.#disconnect();
    this.#session = session;
    this.#set({ ...FRESH, online: this.#state.online, thread: carriedOver(this.#state.thread) });
    this.#connect();
  }

  networkChanged(online: boolean): void {
    this.#set({ online });
    if (online) this.retry();
  }

  /** Out of sight, the line is kept only if a human may answer. */
  hidden(): void {
    if (this.#state.thread.floor.holder === "bot" && !this.#state.thread.outgoing.length) this.#connection?.rest();
  }

  visible(): void {
    this.#connection?.hurry();
  }

  noticed(): void {
    if (this.#state.notice) this.#set({ notice: null });
  }

  #write(text: string, button: string | null): boolean {
    if (!text || [...text].length > LONGEST_TEXT) return false;
    return this.#put(text, button, null, null);
  }

  #put(text: string, button: string | null, file: File | null, reason: string | null): boolean {
    if (this.#state.phase === "erased") return false;
    const at = this.around.now().toISOString();
    const delivery = reason ? "refused" : "waiting";
    const outgoing: Outgoing = { id: this.around.newId(), text, button, at, delivery, reason, file };
    this.#set({ notice: null });
    this.#change({ kind: "written", outgoing });
    if (!reason) void this.#keep(outgoing);
    void this.#outbox.flush();
    return true;
  }

  /** What left while it was being kept is not kept; a document that cannot be is said to be lost with the page. */
  async #keep(outgoing: Outgoing): Promise<void> {
    const { id, file } = outgoing;
    const kept = await this.around.keepsake.keepOutgoing(outgoing);
    const waiting = this.#state.thread.outgoing.find((each) => each.id === id);
    if (!waiting) this.around.keepsake.dropOutgoing(id);
    else if (file && !kept) this.#change({ kind: "delivery", id, delivery: waiting.delivery, reason: this.around.words.notKept });
  }

  /** Read later than words: what waits with a document leaves after them. */
  async #takeUpDocuments(): Promise<void> {
    const { keepsake, words } = this.around;
    for (const outgoing of await keepsake.documents(words.gone)) this.#change({ kind: "written", outgoing });
    void this.#outbox.flush();
  }

  async #fetched<T>(failed: Notice, ask: (token: string) => Promise<Answer<T>>): Promise<T | null> {
    const answer = this.#session ? await ask(this.#session.token) : null;
    if (answer?.ok) return answer.value;
    this.#set({ notice: failed });
    return null;
  }

  #connect(): void {
    this.#set({ phase: "starting", link: "connecting" });
    const connection = new Connection(this.around.requests, this.#listener(), this.around.delay);
    this.#connection = connection;
    const pause = this.#renewals > 1 ? this.around.delay(this.#renewals) : 0;
    setTimeout(() => void connection.run(), pause);
  }

  #disconnect(): void {
    this.#connection?.stop();
    this.#connection = null;
  }

  #listener(): ConstructorParameters<typeof Connection>[1] {
    return {
      session: () => this.#session,
      heldThrough: () => this.#state.thread.heldThrough,
      begin: () => this.#begin(),
      opened: (opened) => this.#opened(opened),
      heard: (page, after) => this.#heard(page, after),
      typing: (typing) => this.#showTyping(typing),
      linked: (link) => this.#linked(link),
      busy: () => this.#set({ busy: true }),
      lost: () => this.#renew(),
      erased: () => this.#end(this.#erasing ? "erased" : "erasedElsewhere"),
    };
  }

  #desk(): ConstructorParameters<typeof Outbox>[0] {
    return {
      next: () => this.#state.thread.outgoing.find(({ delivery }) => delivery !== "refused"),
      send: (outgoing) => this.#send(outgoing),
      delivered: ({ id }, page) => {
        this.around.keepsake.dropOutgoing(id);
        this.#heard(page, null);
        this.#change({ kind: "discarded", id });
      },
      marked: ({ id }, delivery: Delivery, reason) =>
        this.#change({ kind: "delivery", id, delivery, ...(reason ? { reason } : {}) }),
      lost: () => this.#renew(),
      online: () => this.#state.online,
      busy: (busy) => busy !== this.#state.busy && this.#set({ busy }),
    };
  }

  #begin(): Promise<Answer<Opened>> {
    return this.around.requests.begin(this.around.beginning);
  }

  /** Of two tabs that began at once, the one that heard last joins the other. */
  #opened(opened: Opened): void {
    if (this.around.keepsake.session()) {
      void this.around.requests.erase(opened.token);
      return this.followOtherTab();
    }
    this.#session = { id: opened.id, token: opened.token };
    this.around.keepsake.keepSession(this.#session);
    this.#heard(opened, 0);
  }

  #heard(page: Page, after: number | null): void {
    const before = this.#state.thread.lastSeq;
    this.#change({ kind: "heard", page, after });
    const { thread, typing } = this.#state;
    for (const { externalId } of page.messages) if (externalId) this.around.keepsake.dropOutgoing(externalId);
    if (typing && page.messages.some(({ author, seq }) => seq > before && ends(typing, author))) this.#set({ typing: null });
    const first = this.#state.phase === "starting" && after !== null;
    if (first) this.#set({ phase: "open" });
    if (first) void this.#settleNotifications();
    if (after === null && hasGap(thread)) void this.#connection?.catchUp();
    if (first) void this.#outbox.flush();
  }

  async #settleNotifications(): Promise<void> {
    const session = this.#session;
    if (!session || !this.#notifications.possible) return;
    const asked = await this.#notifications.settle(session);
    if (session === this.#session) this.#set({ told: asked === "on" });
  }

  #linked(link: Link): void {
    if (link === "connected") {
      this.#set({ busy: this.#outbox.busy });
      this.#renewals = 0;
      void this.#outbox.flush();
    }
    this.#set({ link, typing: null });
  }

  /** The event may arrive after the answer it announced, which the sending of the message brought back. */
  #showTyping(typing: Typing): void {
    if (typing.who === "bot" && !awaitsAnswer(this.#state.thread)) return;
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#set({ typing: null }), TYPING_MS);
    this.#set({ typing });
  }

  /** Requests of a conversation that is no longer ours must not change the one that replaced it. */
  #send(outgoing: Outgoing): Promise<Answer<Page>> | null {
    const session = this.#session;
    if (!session || this.#state.phase !== "open") return null;
    const stale: Answer<Page> = { ok: false, failure: { kind: "unreachable" } };
    return this.around.requests
      .send(session.token, outgoing)
      .then((answer) => (session === this.#session ? answer : stale));
  }

  #renew(): void {
    if (!this.#session) return;
    this.#disconnect();
    this.#session = null;
    this.#renewals += 1;
    this.around.keepsake.forgetSession();
    this.#set({ thread: carriedOver(this.#state.thread), notice: "renewed", typing: null });
    this.#connect();
  }

  #end(notice: Notice): void {
    this.#disconnect();
    void this.#notifications.stop(null);
    this.#session = null;
    this.around.keepsake.forgetAll();
    this.#set({ ...FRESH, online: this.#state.online, phase: "erased", notice });
  }

  #change(change: Change): void {
    this.#set({ thread: reduce(this.#state.thread, change) });
  }

  #set(part: Partial<ConversationState>): void {
    this.#state = { ...this.#state, ...part };
    for (const watcher of this.#watchers) watcher(this.#state);
  }
}

/** The person has said something that the assistant has not answered. */
function awaitsAnswer({ messages, outgoing }: Thread): boolean {
  const newest = messages.findLast(({ author }) => author !== "system");
  return outgoing.length > 0 || newest?.author === "person";
}

/** What the assistant was typing may come as a message of the system (a request passed on, for one). */
function ends(typing: Typing, author: Message["author"]): boolean {
  return author === typing.who || (typing.who === "bot" && author === "system");
}
