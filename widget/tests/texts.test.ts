import { describe, expect, it } from "vitest";
import { openingQuestions } from "../src/texts";
import en from "../src/texts.en.json";
import fr from "../src/texts.fr.json";

type Node = string | readonly Node[] | { readonly [key: string]: Node };

function leaves(node: Node, path = ""): [string, string][] {
  if (typeof node === "string") return [[path, node]];
  return Object.entries(node).flatMap(([key, child]) => leaves(child as Node, `${path}.${key}`));
}

const french = leaves(fr);
const holes = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

describe("the texts", () => {
  it("are the same in both languages, with the same holes", () => {
    const english = new Map(leaves(en));
    expect([...english.keys()].sort()).toEqual(french.map(([path]) => path).sort());
    for (const [path, text] of french) expect(holes(english.get(path) ?? ""), path).toEqual(holes(text));
  });

  it("follow Québec typography", () => {
    expect(french.length).toBeGreaterThan(60);
    for (const [path, text] of french) {
      expect(text, `${path}: no space before ? ! ;`).not.toMatch(/\s[?!;]/);
      expect(text, `${path}: no-break space before a colon`).not.toMatch(/[^\u00a0]:/);
      expect(text, `${path}: no-break spaces inside guillemets`).not.toMatch(/«[^\u00a0]|[^\u00a0]»/);
      expect(text, `${path}: curved apostrophe`).not.toMatch(/['"]|\.\.\./);
    }
  });

  it("offer questions that fit the theme of the page, or general ones", () => {
    expect(openingQuestions("caq/fee")).toEqual(fr.suggestions.caq);
    expect(openingQuestions("nothing/known")).toEqual(fr.suggestions.default);
    expect(openingQuestions("constructor")).toEqual(fr.suggestions.default);
    expect(openingQuestions(null)).toEqual(fr.suggestions.default);
  });
});
