/** WCAG's measure of how well two colours are told apart, and the nearest colour that is told apart enough. */

/** Red, green, blue: 0 to 1. */
export type Colour = readonly [number, number, number];

const STEPS = 20;
const BLACK: Colour = [0, 0, 0];
const WHITE: Colour = [1, 1, 1];

/** As browsers write a computed colour: `rgb(1, 2, 3)` or `color(srgb 0.1 0.2 0.3)`; null for any other way. */
export function parseColour(written: string): Colour | null {
  const [, space, inside = ""] = /^(rgba?|color)\(\s*(?:srgb )?([^)]+)\)$/.exec(written.trim()) ?? [];
  const numbers = inside.split(/[\s,/]+/).slice(0, 3).map(Number);
  if (!space || numbers.length < 3 || numbers.some(Number.isNaN)) return null;
  const [red = 0, green = 0, blue = 0] = numbers.map((each) => Math.min(1, Math.max(0, space === "color" ? each : each / 255)));
  return [red, green, blue];
}

export function contrast(one: Colour, other: Colour): number {
  const [bright = 1, dark = 1] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

/** The colour itself where it reads well on every ground; if not, the nearest towards black or white that does, or the better of these. */
export function legible(colour: Colour, grounds: readonly Colour[], least: number): Colour {
  const worst = (tried: Colour): number => Math.min(...grounds.map((ground) => contrast(tried, ground)));
  if (worst(colour) >= least) return colour;
  for (let step = 1; step <= STEPS; step += 1)
    for (const end of [BLACK, WHITE]) {
      const tried = mix(colour, end, step / STEPS);
      if (worst(tried) >= least) return tried;
    }
  return worst(BLACK) > worst(WHITE) ? BLACK : WHITE;
}

export function writeColour(colour: Colour): string {
  return `rgb(${colour.map((part) => Math.round(part * 255)).join(" ")})`;
}

function mix(one: Colour, other: Colour, share: number): Colour {
  const [red, green, blue] = one.map((part, index) => part + ((other[index] ?? 0) - part) * share) as [number, number, number];
  return [red, green, blue];
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
