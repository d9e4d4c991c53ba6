import { describe, expect, it } from "vitest";
import { Spoken } from "../src/spoken";
import { EMPTY_THREAD, type Thread } from "../src/thread";
import { rows } from "../src/thread-rows";
import { message, outgoing } from "./builders";

const drawn = (given: Partial<Thread>) => rows({ ...EMPTY_THREAD, ...given });
const words = (sentences: readonly string[]): string[] => sentences.map((each) => each.replaceAll("\u00a0", " "));

describe("what a screen reader is told", () => {
  it("is nothing of what was there when the window opened", () => {
    const spoken = new Spoken();
    expect(spoken.of(drawn({ messages: [message(1), message(2)] }))).toEqual([]);
  });

  it("is each new message once, with who speaks and the replies it offers", () => {
    const spoken = new Spoken();
    const first = message(1, { text: "Bonjour" });
    const asks = message(2, { author: "adviser", name: "Marie T.", text: "Lequel?", buttons: [{ title: "Laval", payload: "/laval" }] });
    spoken.of(drawn({ messages: [first] }));
    expect(words(spoken.of(drawn({ messages: [first, asks] })))).toEqual([
      "Marie T., service-conseil : Lequel?\nRéponses proposées : Laval",
    ]);
    expect(spoken.of(drawn({ messages: [first, asks] }))).toEqual([]);
  });

  it("is one's own message when it is written, not again when it is sent", () => {
    const spoken = new Spoken();
    const first = message(1);
    spoken.of(drawn({ messages: [first] }));
    const [written = ""] = words(spoken.of(drawn({ messages: [first], outgoing: [outgoing("a")] })));
    expect(written).toContain("Vous : ");
    const sent = message(2, { author: "person", externalId: "a" });
    expect(spoken.of(drawn({ messages: [first, sent] }))).toEqual([]);
  });

  it("is once that a message was not sent, however often it is tried again", () => {
    const spoken = new Spoken();
    const messages = [message(1)];
    spoken.of(drawn({ messages, outgoing: [outgoing("a")] }));
    const tries = (["unsent", "sending", "unsent"] as const).map((delivery) =>
      spoken.of(drawn({ messages, outgoing: [{ ...outgoing("a"), delivery }] })),
    );
    expect(tries).toEqual([["Non envoyé"], [], []]);
  });
});
