import { describe, expect, it } from "vitest";
import { safeLink } from "../src/safe-link";
import { spans, textBlocks } from "../src/text-blocks";

describe("the text of a message", () => {
  it("becomes paragraphs, steps and points", () => {
    expect(textBlocks("Voici :\n\n1. un\n2. deux\n\n- a\n- b\nfin")).toEqual([
      { kind: "paragraph", start: 0, lines: ["Voici :"] },
      { kind: "steps", start: 1, lines: ["un", "deux"] },
      { kind: "points", start: 0, lines: ["a", "b"] },
      { kind: "paragraph", start: 0, lines: ["fin"] },
    ]);
  });

  it("keeps one list when its steps are set apart, and begins another at a new number", () => {
    expect(textBlocks("1. un\n\n2. deux\n1. autre").map(({ lines }) => lines)).toEqual([["un", "deux"], ["autre"]]);
  });

  it("keeps the line breaks of a paragraph", () => {
    expect(textBlocks("un\ndeux\n\ntrois").map(({ lines }) => lines)).toEqual([["un", "deux"], ["trois"]]);
  });

  it("does not take a date, an amount or a dash in a sentence for a list", () => {
    expect(textBlocks("15.5 points\n2026 est loin\nSainte-Foy - campus")).toMatchObject([{ kind: "paragraph" }]);
  });

  it("leaves markup as it is written", () => {
    expect(textBlocks("<img src=x onerror=alert(1)>")).toEqual([{ kind: "paragraph", start: 0, lines: ["<img src=x onerror=alert(1)>"] }]);
  });

  it("finds addresses without the full stop that follows them", () => {
    expect(spans("Voyez https://www.quebec.ca/education, puis appelez.")).toEqual([
      { kind: "text", text: "Voyez " },
      { kind: "link", text: "https://www.quebec.ca/education", url: "https://www.quebec.ca/education" },
      { kind: "text", text: ", puis appelez." },
    ]);
  });
});

describe("a link", () => {
  it("is followed only if it is http or https", () => {
    expect(safeLink("https://quebec.ca")).toBe("https://quebec.ca/");
    for (const address of ["javascript:alert(1)", "data:text/html,x", " JaVaScRiPt:alert(1)", "/desk", "", "quebec.ca"]) {
      expect(safeLink(address), address).toBeNull();
    }
  });
});
