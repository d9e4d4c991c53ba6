import { describe, expect, it } from "vitest";
import { readAloud } from "../src/own-pages";

const NOTICE = "Confidentialité\u00a0: https://assistant.exemple.org/vie-privee";

describe("the address of a page of the service", () => {
  it("is words where the service itself speaks", () => {
    expect(readAloud(NOTICE, "system")).toBe("Confidentialité\u00a0: ce qui est gardé, et vos droits");
  });

  it("says itself where somebody else does, whatever it leads to", () => {
    expect(readAloud(NOTICE, "adviser")).toBe(NOTICE);
    expect(readAloud(NOTICE, "bot")).toBe(NOTICE);
  });

  it("says itself when no words are known for it", () => {
    for (const address of ["https://exemple.org/vie-privee/autre", "https://exemple.org", "https://exemple.org/constructor"])
      expect(readAloud(`Voir ${address}.`, "system")).toBe(`Voir ${address}.`);
  });
});
