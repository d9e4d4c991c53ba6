import { describe, expect, it } from "vitest";
import { delayBefore } from "../src/backoff";
import { cardDays } from "../src/card-days";
import { type Card, readOpened, readPage } from "../src/contract";
import { fill } from "../src/fill";
import { Keepsake, MemoryStore } from "../src/keepsake";
import { dayLabel, timeLabel } from "../src/moments";
import { speak } from "../src/texts";
import { Unread } from "../src/unread";
import { message, outgoing } from "./builders";

describe("the wait before trying again", () => {
  it("grows, never passes half a minute, and is not the same for everyone", () => {
    const longest = [0, 1, 2, 3, 50].map((attempt) => delayBefore(attempt, () => 1));
    expect(longest).toEqual([500, 1_000, 2_000, 4_000, 30_000]);
    expect(delayBefore(50, () => 0)).toBe(15_000);
  });
});

describe("what the server says", () => {
  it("is read without its unknown or broken parts", () => {
    const read = readPage({ messages: [{ seq: 1, author: "bot" }, { seq: "2" }, null, { seq: 3, author: "robot" }], floor: { holder: "?" } });
    expect(read.messages.map(({ seq }) => seq)).toEqual([1]);
    expect(read.floor).toBeNull();
    expect(read.lastSeq).toBe(1);
  });

  it("is a card with all it can have, or with its title alone, and none without it", () => {
    const full = {
      kind: "step",
      title: "Demander le CAQ",
      text: "En ligne.",
      facts: [{ label: "Frais", value: "134 $" }, { label: "vide" }, null],
      link: { label: "Faire la demande", url: "https://quebec.example" },
      mark: "en retard",
      starts: "2027-03-01",
      ends: "demain",
      tick: "plan/caq",
      sources: [{ title: "CAQ", url: "https://quebec.example", as_of: "juin 2026" }],
    };
    const [said] = readPage({ messages: [{ seq: 1, author: "bot", cards: [full, { title: "x" }, { kind: "step" }, 3] }] }).messages;
    expect(said?.cards).toMatchObject([
      { title: "Demander le CAQ", facts: [{ label: "Frais", value: "134 $" }], starts: "2027-03-01", ends: null, isStep: true, tick: "plan/caq" },
      { title: "x", facts: [], link: null, mark: null, starts: null, tick: null, sources: [], isStep: false },
    ]);
  });

  it("may leave out what is ticked", () => {
    expect(readPage({ ticked: ["a", 3] }).ticked).toEqual(["a"]);
    expect(readPage({}).ticked).toBeNull();
  });

  it("is not a conversation without its token", () => {
    expect(readOpened({ id: "a" })).toBeNull();
    expect(readOpened("<html>")).toBeNull();
  });
});

describe("what the browser keeps", () => {
  it("gives back what had not left in the order in which it was written", () => {
    const keepsake = new Keepsake(new MemoryStore());
    keepsake.keepOutgoing(outgoing("b", { at: "2026-11-23T15:00:02Z" }));
    keepsake.keepOutgoing(outgoing("a", { at: "2026-11-23T15:00:01Z" }));
    expect(keepsake.outgoing().map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("is nothing of ours once everything is forgotten, and leaves the page its own", () => {
    const store = new MemoryStore();
    store.setItem("panier", "3");
    const keepsake = new Keepsake(store);
    keepsake.keepSession({ id: "a", token: "b" });
    keepsake.keepOutgoing(outgoing("a"));
    keepsake.forgetAll();
    expect(store.length).toBe(1);
    expect(keepsake.session()).toBeNull();
  });

  it("is the draft of this tab, even where storage is full", () => {
    const tab = new MemoryStore();
    new Keepsake(new MemoryStore(), tab).keepDraft("un brouillon");
    const keepsake = new Keepsake(new MemoryStore(), tab);
    expect(keepsake.draft()).toBe("un brouillon");
    tab.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    keepsake.keepDraft("plus long");
    expect(keepsake.draft()).toBe("plus long");
    keepsake.forgetAll();
    expect([keepsake.draft(), tab.length]).toEqual(["", 0]);
  });

  it("may have been spoilt by someone else", () => {
    const store = new MemoryStore();
    store.setItem("quebec-ville-etudes", "{oups");
    expect(new Keepsake(store).session()).toBeNull();
  });
});

describe("the count of new messages", () => {
  it("stands in the title until they are seen, and does not count the person's own", () => {
    const page = { title: "Étudier" };
    const unread = new Unread(page);
    unread.look([message(1)], true);
    unread.look([message(1), message(2, { author: "person" }), message(3), message(4)], false);
    expect([unread.count, page.title]).toEqual([2, "(2) Étudier"]);
    unread.look([message(4)], true);
    expect([unread.count, page.title]).toEqual([0, "Étudier"]);
  });
});

describe("a date", () => {
  const now = new Date(2026, 10, 23, 12);
  const at = (day: number, hour = 9): string => new Date(2026, 10, day, hour, 5).toISOString();

  it("is told as people say it", () => {
    expect(dayLabel(at(23), now, "fr-CA")).toBe("Aujourd’hui");
    expect(dayLabel(at(22, 23), now, "fr-CA")).toBe("Hier");
    expect(dayLabel(at(20), now, "fr-CA")).toBe("Vendredi 20 novembre");
    expect(dayLabel(new Date(2025, 0, 2).toISOString(), now, "fr-CA")).toBe("Jeudi 2 janvier 2025");
    expect(timeLabel(at(23, 14), "fr-CA").replace(/\s/g, " ")).toBe("14 h 05");
  });

  it("that cannot be read is not shown", () => {
    expect(timeLabel("", "fr-CA")).toBe("");
  });
});

describe("the days of a card", () => {
  const days = (given: Partial<Card>): string | null => cardDays({ starts: null, ends: null, isStep: true, ...given });

  it("are told as people say them, the same in every time zone", () => {
    speak("fr");
    expect(days({})).toBeNull();
    expect(days({ starts: "2027-03-01", ends: "2027-04-30" })).toBe("Du 1er mars 2027 au 30 avril 2027");
    expect(days({ ends: "2027-04-30" })).toBe("Jusqu’au 30 avril 2027");
    expect(days({ starts: "2027-03-01" })).toBe("À partir du 1er mars 2027");
    expect(days({ starts: "2027-03-11", isStep: false })).toBe("Le 11 mars 2027");
    expect(days({ starts: "2027-03-11", ends: "2027-03-11" })).toBe("Le 11 mars 2027");
    speak("en");
    expect(days({ ends: "2027-04-30" })).toBe("Until April 30, 2027");
    speak("fr");
  });
});

describe("a text with holes", () => {
  it("shows a hole that nothing fills, so that it is noticed", () => {
    expect(fill("{name} écrit à {who}", { name: "Zoé" })).toBe("Zoé écrit à {who}");
  });
});
