/** Whatever colours a page gives, what is written stays legible: the colour of the text gives way, never that of the page. */
import { type Colour, legible, parseColour, writeColour } from "./contrast";

/** In this order, since what was corrected is a ground of what follows: the text, what it stands on, the least contrast. */
const PAIRS: readonly (readonly [string, readonly string[], number])[] = [
  ["text", ["surface", "surface-soft", "bot", "adviser"], 4.5],
  ["text-soft", ["surface", "surface-soft", "adviser"], 4.5],
  ["primary", ["surface", "surface-soft", "bot", "adviser"], 4.5],
  ["accent", ["surface", "adviser"], 4.5],
  ["danger", ["surface"], 4.5],
  ["line-strong", ["surface"], 3],
  ["on-primary", ["primary", "primary-strong"], 4.5],
  ["on-header", ["header", "header-end"], 5.5],
  ["on-accent", ["accent"], 4.5],
  ["on-person", ["person"], 4.5],
];

export class Theme {
  readonly #corrections = new CSSStyleSheet();
  readonly #probe = document.createElement("i");

  /** `root` is the shadow root on whose host the page sets the colours. */
  constructor(root: ShadowRoot) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#corrections];
    this.#probe.hidden = true;
    root.append(this.#probe);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.correct());
    new MutationObserver(() => this.correct()).observe(root.host, { attributeFilter: ["style", "class", "data-theme"] });
  }

  correct(): void {
    this.#corrections.replaceSync("");
    const seen = new Map<string, Colour | null>();
    const colour = (name: string): Colour | null => {
      if (!seen.has(name)) seen.set(name, this.#read(name));
      return seen.get(name) ?? null;
    };
    let rules = "";
    for (const [name, grounds, least] of PAIRS) {
      const given = colour(name);
      const known = grounds.map(colour).filter((ground) => ground !== null);
      if (!given || !known.length) continue;
      const corrected = legible(given, known, least);
      if (corrected === given) continue;
      seen.set(name, corrected);
      rules += `--qve-${name}: ${writeColour(corrected)} !important;`;
    }
    if (rules) this.#corrections.replaceSync(`:host { ${rules} }`);
  }

  /** Mixed with itself, a colour written in any way is read as sRGB. */
  #read(name: string): Colour | null {
    const variable = `var(--qve-${name})`;
    this.#probe.style.color = variable;
    this.#probe.style.color = `color-mix(in srgb, ${variable}, ${variable})`;
    return parseColour(getComputedStyle(this.#probe).color);
  }
}
