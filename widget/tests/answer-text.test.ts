import { beforeEach, describe, expect, it } from "vitest";
import { answerAsText } from "../src/answer-text";
import { readPage } from "../src/contract";
import { speak, texts } from "../src/texts";

const card = {
  kind: "step",
  title: "Demander le CAQ",
  text: "En ligne.",
  facts: [{ label: "Frais", value: "134 $" }],
  link: { label: "Faire la demande", url: "https://quebec.example/caq" },
  mark: "en retard",
  starts: "2027-03-01",
  ends: "2027-04-30",
  sources: [],
};
const source = { title: "CAQ", url: "https://quebec.example/frais", publisher: "Québec", official: true, as_of: "juin 2026" };

describe("an answer as text", () => {
  beforeEach(() => speak("fr"));

  it("has what is said, each card, and where it comes from", () => {
    const [message] = readPage({ messages: [{ seq: 2, author: "bot", text: "Voici.", cards: [card], sources: [source] }] }).messages;
    expect(message && answerAsText(message, texts().copy.source)).toBe(
      [
        "Voici.",
        "",
        "Demander le CAQ (en retard)",
        "Du 1er mars 2027 au 30 avril 2027",
        "En ligne.",
        "Frais\u00a0: 134 $",
        "Faire la demande\u00a0: https://quebec.example/caq",
        "",
        "Source\u00a0: CAQ (juin 2026) https://quebec.example/frais",
      ].join("\n"),
    );
  });

  it("is the words alone where there is nothing else", () => {
    const [message] = readPage({ messages: [{ seq: 2, author: "adviser", text: "Bonjour." }] }).messages;
    expect(message && answerAsText(message, texts().copy.source)).toBe("Bonjour.");
  });
});
