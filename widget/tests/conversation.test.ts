import { afterEach, describe, expect, it, vi } from "vitest";
import { Conversation, LARGEST_FILE, LONGEST_TEXT } from "../src/conversation";
import type { FileStore } from "../src/files-kept";
import { Keepsake, MemoryStore, SESSION_KEY, type Store } from "../src/keepsake";
import type { PushBrowser } from "../src/push-browser";
import { Requests } from "../src/requests";
import { doneItems } from "../src/thread";
import { FakeServer } from "./fake-server";
import { seeded } from "./random";

const opened: Conversation[] = [];
const WORDS = { tooLarge: "trop lourd", notKept: "gardez la page", gone: "à joindre de nouveau" };
let ids = 0;

function open(server: FakeServer, store: Store = new MemoryStore(), files: FileStore | null = null, push: PushBrowser | null = null): Conversation {
  const conversation = new Conversation({
    requests: new Requests("https://exemple.test", server.fetch),
    keepsake: new Keepsake(store, new MemoryStore(), files),
    push,
    words: WORDS,
    beginning: { timezone: "Europe/Paris", language: "fr", campaign: null, topic: null },
    delay: () => 1,
    newId: () => `id-${(ids += 1)}`,
    now: () => new Date(),
  });
  opened.push(conversation);
  conversation.start();
  return conversation;
}

class FilesInMemory implements FileStore {
  readonly kept = new Map<string, File>();
  full = false;

  async keep(id: string, file: File): Promise<boolean> {
    if (!this.full) this.kept.set(id, file);
    return !this.full;
  }

  async file(id: string): Promise<File | null> {
    return this.kept.get(id) ?? null;
  }

  async drop(id: string): Promise<void> {
    this.kept.delete(id);
  }

  async forget(): Promise<void> {
    this.kept.clear();
  }
}

class FakePush implements PushBrowser {
  says: "yes" | "no" | "not said" = "yes";
  asked = 0;
  subscribed = false;
  broken = false;

  async allowed(ask: boolean): Promise<"yes" | "no" | "not said"> {
    if (ask) this.asked += 1;
    return this.says;
  }

  async subscribe(key: string): Promise<object> {
    if (this.broken) throw new DOMException("no push service", "AbortError");
    this.subscribed = true;
    return { endpoint: `https://push.example/${key}`, keys: {} };
  }

  async unsubscribe(): Promise<void> {
    this.subscribed = false;
  }
}

function unreachable(): FakeServer {
  const server = new FakeServer();
  server.trouble = () => "lost";
  return server;
}

const textsOf = (conversation: Conversation): string[] => conversation.state.thread.messages.map(({ text }) => text);
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 4_000, interval: 5 });

afterEach(async () => {
  await Promise.all(opened.splice(0).map((conversation) => conversation.erase()));
});

describe("a conversation", () => {
  it("is one when two tabs begin it at once, and nothing is left of the other", async () => {
    const server = new FakeServer();
    const store = new MemoryStore();
    let release = (): void => {};
    const together = new Promise<void>((resolve) => (release = resolve));
    server.slowness = () => together;
    const tabs = [open(server, store), open(server, store)];
    tabs[0]?.send("d’ici");
    tabs[1]?.send("de là");
    await until(() => expect(server.underWay).toBe(2));
    release();
    for (const tab of tabs) await until(() => expect(tab.state.thread.outgoing).toEqual([]));
    expect(server.sessions.size).toBe(1);
    const written = server.messages.filter(({ author }) => author === "person").map(({ text }) => text);
    expect(written.sort()).toEqual(["de là", "d’ici"]);
  });

  it("asks nothing and keeps nothing before it is opened", () => {
    const server = new FakeServer();
    const store = new MemoryStore();
    new Conversation({
      requests: new Requests("https://exemple.test", server.fetch),
      keepsake: new Keepsake(store),
      push: null,
    words: WORDS,
      beginning: { timezone: "Europe/Paris", language: "fr", campaign: null, topic: null },
      delay: () => 1,
      newId: () => "id",
      now: () => new Date(),
    });
    expect(server.requests).toEqual([]);
    expect(store.length).toBe(0);
  });

  it("shows the person's message at once, then the answer", async () => {
    const conversation = open(new FakeServer());
    conversation.send("c koi le caq");
    expect(conversation.state.thread.outgoing.map(({ text }) => text)).toEqual(["c koi le caq"]);
    await until(() => expect(textsOf(conversation)).toEqual(["Assistant automatique.", "c koi le caq", "réponse à c koi le caq"]));
    expect(conversation.state.thread.outgoing).toEqual([]);
  });

  it("keeps what is written before there is a network, and sends it in order afterwards", async () => {
    const server = new FakeServer();
    server.trouble = () => "lost";
    const conversation = open(server);
    ["un", "deux", "trois"].forEach((text) => conversation.send(text));
    await new Promise((resolve) => setTimeout(resolve, 30));
    server.trouble = () => "none";
    await until(() => expect(conversation.state.thread.outgoing).toEqual([]));
    expect(server.messages.filter(({ author }) => author === "person").map(({ text }) => text)).toEqual(["un", "deux", "trois"]);
  });

  it("loses, doubles and disorders nothing on a network that drops requests, drops answers, fails and cuts", async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const random = seeded(seed);
      const server = new FakeServer();
      server.trouble = () => {
        const draw = random();
        return draw < 0.2 ? "lost" : draw < 0.4 ? "answer lost" : draw < 0.5 ? "broken" : "none";
      };
      const conversation = open(server);
      const written = Array.from({ length: 6 }, (_, index) => `question ${index}`);
      for (const text of written) {
        conversation.send(text);
        if (random() < 0.5) server.cutStreams();
        if (random() < 0.5) server.publishAgain(Math.floor(random() * 4));
        if (random() < 0.4) server.say("mot d’un conseiller", "adviser");
        await new Promise((resolve) => setTimeout(resolve, random() * 8));
      }
      await until(() => expect(conversation.state.thread.outgoing).toEqual([]));
      server.trouble = () => "none";
      server.cutStreams();
      await until(() => expect(textsOf(conversation)).toEqual(server.messages.map(({ text }) => text)));
      const received = server.messages.filter(({ author }) => author === "person").map(({ text }) => text);
      expect(received, `seed ${seed}`).toEqual(written);
    }
  });

  it("shows the whole thread after a reload, and sends what had not left", async () => {
    const server = new FakeServer();
    const store = new MemoryStore();
    const before = open(server, store);
    before.send("première");
    await until(() => expect(textsOf(before)).toHaveLength(3));
    server.trouble = () => "lost";
    before.send("seconde");
    server.cutStreams();
    server.trouble = () => "none";
    const after = open(server, store);
    await until(() => expect(textsOf(after)).toEqual(["Assistant automatique.", "première", "réponse à première", "seconde", "réponse à seconde"]));
  });

  it("hears what an adviser writes, and who has the floor, after a cut", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    server.cutStreams();
    server.floor = { ...server.floor, holder: "adviser", adviser: "Marie T." };
    server.say("Bonjour!", "adviser");
    await until(() => expect(textsOf(conversation)).toContain("Bonjour!"));
    expect(conversation.state.thread.floor.adviser).toBe("Marie T.");
  });

  it("asks for what is missing when it hears a message out of sequence", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    server.sayUnheard("premier");
    server.say("second");
    await until(() => expect(textsOf(conversation)).toEqual(["Assistant automatique.", "premier", "second"]));
  });

  it("sends one message at a time, however often it is urged", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    server.slowness = () => new Promise((resolve) => setTimeout(resolve, 10));
    conversation.send("un");
    conversation.send("deux");
    conversation.networkChanged(true);
    await until(() => expect(textsOf(conversation)).toHaveLength(5));
    expect(server.mostUnderWay).toBe(1);
  });

  it("leaves the line when nobody looks and no human is expected, and catches up when looked at", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    conversation.hidden();
    await until(() => expect(conversation.state.link).toBe("reconnecting"));
    server.say("pendant l’absence");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(textsOf(conversation)).not.toContain("pendant l’absence");
    conversation.visible();
    await until(() => expect(textsOf(conversation)).toContain("pendant l’absence"));
  });

  it("keeps the line in the background while a human may answer", async () => {
    const server = new FakeServer();
    server.floor = { ...server.floor, holder: "waiting" };
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    conversation.hidden();
    server.say("Bonjour!", "adviser");
    await until(() => expect(textsOf(conversation)).toContain("Bonjour!"));
  });

  it("begins anew, kindly and with the pending message, when the server no longer knows the token", async () => {
    const server = new FakeServer();
    const store = new MemoryStore();
    store.setItem(SESSION_KEY, JSON.stringify({ id: "old", token: "forgotten" }));
    const conversation = open(server, store);
    conversation.send("toujours là?");
    await until(() => expect(textsOf(conversation)).toContain("réponse à toujours là?"));
    expect(store.getItem(SESSION_KEY)).toContain("token-1");
  });

  it("says why a message was refused, and goes on with the next", async () => {
    const server = new FakeServer();
    server.refuse = (text) => (text === "non" ? "Ce message n’est pas accepté." : null);
    const conversation = open(server);
    conversation.send("non");
    conversation.send("oui");
    await until(() => expect(textsOf(conversation)).toContain("réponse à oui"));
    expect(conversation.state.thread.outgoing).toMatchObject([{ text: "non", delivery: "refused", reason: "Ce message n’est pas accepté." }]);
    conversation.discard(conversation.state.thread.outgoing[0]?.id ?? "");
    expect(conversation.state.thread.outgoing).toEqual([]);
  });

  it("says that a message has not left after a few failures, and sends it when asked again", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.phase).toBe("open"));
    server.trouble = () => "broken";
    conversation.send("allô");
    await until(() => expect(conversation.state.thread.outgoing[0]?.delivery).toBe("unsent"));
    server.trouble = () => "none";
    conversation.retry();
    await until(() => expect(textsOf(conversation)).toContain("réponse à allô"));
  });

  it("erases nothing here before the server has", async () => {
    const server = new FakeServer();
    const store = new MemoryStore();
    const conversation = open(server, store);
    await until(() => expect(conversation.state.link).toBe("connected"));
    server.trouble = () => "lost";
    await conversation.erase();
    expect(conversation.state).toMatchObject({ phase: "open", notice: "eraseFailed" });
    server.trouble = () => "none";
    await conversation.erase();
    expect(conversation.state).toMatchObject({ phase: "erased", notice: "erased" });
    expect(store.length).toBe(0);
    expect(server.sessions.size).toBe(0);
  });

  it("notices that it was erased elsewhere, and can begin again", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    server.eraseAll();
    await until(() => expect(conversation.state.phase).toBe("erased"));
    conversation.startAnew();
    await until(() => expect(conversation.state.phase).toBe("open"));
    expect(textsOf(conversation)).toEqual(["Assistant automatique."]);
  });

  it("follows the conversation that another tab began", async () => {
    const server = new FakeServer();
    const store = new MemoryStore();
    const one = open(server, store);
    const other = open(server, store);
    await until(() => expect(one.state.phase).toBe("open"));
    await until(() => expect(other.state.phase).toBe("open"));
    one.followOtherTab();
    other.followOtherTab();
    one.send("dans un onglet");
    await until(() => expect(textsOf(other)).toContain("dans un onglet"));
  });

  it("accepts 2,000 characters, accents and emoji counted as one, and not one more", async () => {
    const conversation = open(new FakeServer());
    expect(conversation.send("é".repeat(LONGEST_TEXT - 1) + "🍁")).toBe(true);
    expect(conversation.send("é".repeat(LONGEST_TEXT + 1))).toBe(false);
    expect(conversation.send("   ")).toBe(false);
  });

  const done = ({ state }: Conversation): string[] => [...doneItems(state.thread)];

  it("sends a document once, after what was written before it, and keeps none in storage", async () => {
    const server = new FakeServer();
    const store = new MemoryStore();
    const conversation = open(server, store);
    let lost = 2;
    server.trouble = () => (lost-- > 0 ? "answer lost" : "none");
    conversation.send("voici mon relevé");
    conversation.attach(new File(["%PDF-"], "relevé.pdf"));
    const own = (): string[] => Array.from({ length: store.length }, (_, at) => store.key(at) ?? "").filter((key) => key !== SESSION_KEY);
    expect(own()).toHaveLength(1);
    await until(() => expect(conversation.state.thread.outgoing).toEqual([]));
    const received = server.messages.filter(({ author }) => author === "person").map(({ text }) => text);
    expect(received).toEqual(["voici mon relevé", "relevé.pdf"]);
    expect(conversation.state.thread.messages.find(({ text }) => text === "relevé.pdf")?.files).toEqual([{ id: "file-1", name: "relevé.pdf", size: 5 }]);
  });

  it("refuses at once a document that is too large, and does not send it", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    conversation.attach(new File([new Uint8Array(LARGEST_FILE + 1)], "film.pdf"));
    expect(conversation.state.thread.outgoing).toMatchObject([{ delivery: "refused", reason: "trop lourd" }]);
    expect(server.requests.filter((asked) => asked.includes("files"))).toEqual([]);
  });

  it("keeps a document that waits through a reload, and lets go of it once it has left", async () => {
    const server = new FakeServer();
    const [store, files] = [new MemoryStore(), new FilesInMemory()];
    open(unreachable(), store, files).attach(new File(["%PDF-"], "relevé.pdf"));
    await until(() => expect(files.kept.size).toBe(1));
    opened.pop(); // the page is left as it is
    const after = open(server, store, files);
    await until(() => expect(after.state.thread.messages.map(({ text }) => text)).toContain("relevé.pdf"));
    await until(() => expect([files.kept.size, store.length]).toEqual([0, 1]));
    expect(server.messages.filter(({ text }) => text === "relevé.pdf")).toHaveLength(1);
  });

  it("says of a document that cannot be kept that the page must stay, and sends it all the same", async () => {
    const server = new FakeServer();
    const files = new FilesInMemory();
    files.full = true;
    server.trouble = () => "lost";
    const conversation = open(server, new MemoryStore(), files);
    conversation.attach(new File(["%PDF-"], "relevé.pdf"));
    await until(() => expect(conversation.state.thread.outgoing).toMatchObject([{ delivery: expect.not.stringMatching("refused"), reason: "gardez la page" }]));
    server.trouble = () => "none";
    await until(() => expect(conversation.state.thread.outgoing).toEqual([]));
  });

  it("does not send the name of a document that is gone as if it were words", async () => {
    const server = new FakeServer();
    const [store, files] = [new MemoryStore(), new FilesInMemory()];
    open(unreachable(), store, files).attach(new File(["%PDF-"], "relevé.pdf"));
    await until(() => expect(files.kept.size).toBe(1));
    opened.pop();
    files.kept.clear();
    const after = open(server, store, files);
    await until(() => expect(after.state.thread.outgoing).toMatchObject([{ delivery: "refused", reason: "à joindre de nouveau" }]));
    await until(() => expect(after.state.link).toBe("connected"));
    server.sessions.clear();
    server.cutStreams();
    await until(() => expect(after.state.notice).toBe("renewed"));
    await until(() => expect(after.state.link).toBe("connected"));
    expect(server.messages.some(({ text }) => text === "relevé.pdf")).toBe(false);
    after.discard(after.state.thread.outgoing[0]?.id ?? "");
    expect(store.length).toBe(1);
  });

  it("tells this browser of answers once asked, again after a reload, and of no other conversation", async () => {
    const server = new FakeServer();
    const [store, push] = [new MemoryStore(), new FakePush()];
    const conversation = open(server, store, null, push);
    await until(() => expect(conversation.state.told).toBe(false));
    expect(push.asked).toBe(0);
    await conversation.notify(true);
    expect(conversation.state).toMatchObject({ told: true, notice: "notificationsOn" });
    expect([push.asked, push.subscribed, server.devices.size]).toEqual([1, true, 1]);
    const reloaded = open(server, store, null, push);
    await until(() => expect(reloaded.state.told).toBe(true));
    expect([push.asked, server.devices.size]).toEqual([1, 1]);
    reloaded.startAnew();
    await until(() => expect(server.devices.size).toBe(0));
    await until(() => expect(reloaded.state).toMatchObject({ phase: "open", told: false }));
    expect(push.subscribed).toBe(false);
    expect(server.requests.filter((asked) => asked.startsWith("PUT"))).toHaveLength(2);
  });

  it("lets go of the notifications of a conversation that another has replaced here", async () => {
    const server = new FakeServer();
    const [store, push] = [new MemoryStore(), new FakePush()];
    push.subscribed = true;
    new Keepsake(store).keepDevice({ conversation: "another", id: "device" });
    const conversation = open(server, store, null, push);
    await until(() => expect(conversation.state.told).toBe(false));
    expect([push.subscribed, new Keepsake(store).device()]).toEqual([false, null]);
    expect(server.requests.some((asked) => asked.startsWith("PUT"))).toBe(false);
  });

  it.each([
    ["no", { told: false, notice: "notificationsBlocked" }],
    ["not said", { told: false, notice: null }],
  ] as const)("takes %s for an answer, and asks the server nothing", async (said, expected) => {
    const server = new FakeServer();
    const push = new FakePush();
    push.says = said;
    const conversation = open(server, new MemoryStore(), null, push);
    await until(() => expect(conversation.state.told).toBe(false));
    await conversation.notify(true);
    expect(conversation.state).toMatchObject(expected);
    expect(server.requests.some((asked) => asked.includes("notifications"))).toBe(false);
  });

  it("says when notifications could not be had, and leaves the choice", async () => {
    const push = new FakePush();
    const conversation = open(new FakeServer(), new MemoryStore(), null, push);
    await until(() => expect(conversation.state.told).toBe(false));
    push.broken = true;
    await conversation.notify(true);
    expect(conversation.state).toMatchObject({ told: false, notice: "notificationsFailed" });
  });

  it("sends the thread by e-mail, or says why it did not leave", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.phase).toBe("open"));
    expect(await conversation.mail("lea@exemple.fr")).toEqual({ sent: true });
    expect(server.mailed).toEqual(["lea@exemple.fr"]);
    server.refuse = () => "mal écrite";
    expect(await conversation.mail("lea@")).toEqual({ sent: false, why: "refused", reason: "mal écrite" });
    server.trouble = () => "broken";
    expect(await conversation.mail("lea@exemple.fr")).toEqual({ sent: false, why: "failed" });
    server.trouble = () => "none";
    conversation.networkChanged(false);
    expect(await conversation.mail("lea@exemple.fr")).toEqual({ sent: false, why: "offline" });
    expect(server.mailed).toHaveLength(1);
  });

  it("offers what the service says it offers, and fetches a link to Telegram", async () => {
    const conversation = open(new FakeServer());
    await until(() => expect(conversation.state.thread.offers).toEqual(["telegram"]));
    expect(await conversation.telegram()).toBe("https://t.me/exemple?start=abc");
  });

  it("shows that the assistant writes only while an answer is awaited, however late the event", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    conversation.send("question");
    await until(() => expect(textsOf(conversation)).toHaveLength(3));
    server.typing("bot");
    server.say("après");
    await until(() => expect(textsOf(conversation)).toContain("après"));
    expect(conversation.state.typing).toBeNull();
    server.typing("adviser");
    await until(() => expect(conversation.state.typing?.who).toBe("adviser"));
  });

  it("shows a tick at once, keeps it on the server, finds it after a reload and takes it back", async () => {
    const server = new FakeServer();
    const store = new MemoryStore();
    const conversation = open(server, store);
    await until(() => expect(conversation.state.link).toBe("connected"));
    const ticking = conversation.tick("plan/caq", true);
    expect(done(conversation)).toEqual(["plan/caq"]);
    await ticking;
    expect(server.requests).toContain("PUT /api/conversations/me/ticks/plan%2Fcaq");
    const reloaded = open(server, store);
    await until(() => expect(done(reloaded)).toEqual(["plan/caq"]));
    await reloaded.tick("plan/caq", false);
    expect(done(reloaded)).toEqual([]);
    await until(() => expect(done(conversation)).toEqual([]));
    expect(server.ticked.size).toBe(0);
  });

  it("says that a tick was not kept, and shows the box as it was", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    server.trouble = () => "broken";
    await conversation.tick("plan/caq", true);
    expect(done(conversation)).toEqual([]);
    expect(conversation.state.notice).toBe("tickFailed");
    server.trouble = () => "none";
    await conversation.tick("plan/caq", true);
    expect(done(conversation)).toEqual(["plan/caq"]);
    expect(conversation.state.notice).toBeNull();
  });

  it("keeps the last wish of who ticks and unticks faster than the network", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    server.slowness = () => new Promise((resolve) => setTimeout(resolve, 10));
    const clicks = [true, false, true, false].map((wish) => conversation.tick("constructor", wish));
    expect(done(conversation)).toEqual([]);
    await Promise.all(clicks);
    await until(() => expect(conversation.state.thread.ticking).toEqual({}));
    expect([done(conversation), [...server.ticked]]).toEqual([[], []]);
    expect(server.requests.filter((each) => each.includes("/ticks/"))).toHaveLength(2);
  });

  it("sends why an answer was of no use after the rating itself, and keeps the rating if that fails", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.link).toBe("connected"));
    server.say("réponse");
    await until(() => expect(textsOf(conversation)).toHaveLength(2));
    await conversation.rate(2, false);
    await conversation.rate(2, false, "unclear");
    expect(server.ratings).toEqual([{ seq: 2, useful: false }, { seq: 2, useful: false, why: "unclear" }]);
    server.trouble = () => "broken";
    await conversation.rate(2, false, "wrong");
    expect(conversation.state).toMatchObject({ notice: "ratingFailed", thread: { messages: [{}, { useful: false }] } });
  });

  it("fetches a calendar and a page to print, or says that it cannot", async () => {
    const server = new FakeServer();
    const conversation = open(server);
    await until(() => expect(conversation.state.phase).toBe("open"));
    expect(await (await conversation.calendar(3))?.text()).toBe("BEGIN:VCALENDAR");
    expect(await conversation.printable(3)).toContain("page");
    expect(server.requests).toContain("GET /api/conversations/me/messages/3/calendar");
    server.trouble = () => "broken";
    expect(await conversation.calendar(3)).toBeNull();
    expect(conversation.state.notice).toBe("calendarFailed");
    expect(await conversation.printable(3)).toBeNull();
    expect(conversation.state.notice).toBe("printFailed");
  });

  it("does not call without pause a server that accepts and hangs up", async () => {
    const server = new FakeServer();
    const delays: number[] = [];
    const conversation = new Conversation({
      requests: new Requests("https://exemple.test", server.fetch),
      keepsake: new Keepsake(new MemoryStore()),
      push: null,
    words: WORDS,
      beginning: { timezone: "Europe/Paris", language: "fr", campaign: null, topic: null },
      delay: (attempt) => {
        delays.push(attempt);
        return 1;
      },
      newId: () => "id",
      now: () => new Date(),
    });
    opened.push(conversation);
    const hangUp = setInterval(() => server.cutStreams(), 1);
    conversation.start();
    await until(() => expect(Math.max(0, ...delays)).toBeGreaterThan(4));
    clearInterval(hangUp);
  });
});
