import { describe, expect, it } from "vitest";
import { type Colour, contrast, legible, parseColour, writeColour } from "../src/launcher/contrast";
import { seeded } from "./random";

const hex = (written: string): Colour => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(written.slice(at, at + 2), 16) / 255);
  return [red, green, blue];
};

describe("the contrast of two colours", () => {
  it("is that of WCAG", () => {
    expect(contrast(hex("#000000"), hex("#ffffff"))).toBeCloseTo(21);
    expect(contrast(hex("#777777"), hex("#ffffff"))).toBeCloseTo(4.48, 2);
    expect(contrast(hex("#ffffff"), hex("#0b3a82"))).toBe(contrast(hex("#0b3a82"), hex("#ffffff")));
  });

  it("is read from a colour however the browser writes it", () => {
    expect(parseColour("rgb(255, 0, 51)")).toEqual([1, 0, 0.2]);
    expect(parseColour("rgba(255, 0, 51, 0.5)")).toEqual([1, 0, 0.2]);
    expect(parseColour("color(srgb 1 0 0.2)")).toEqual([1, 0, 0.2]);
    expect(parseColour("color(srgb 1.2 -0.1 0.2 / 0.5)")).toEqual([1, 0, 0.2]);
    for (const other of ["", "oklch(0.5 0.1 20)", "rgb(from red r g)"]) expect(parseColour(other), other).toBeNull();
  });

  it("leaves alone a colour that is legible", () => {
    const colour = hex("#0b3a82");
    expect(legible(colour, [hex("#ffffff"), hex("#eef3fb")], 4.5)).toBe(colour);
  });

  it("is enough after the correction whenever one ground is given, whatever the two colours", () => {
    const random = seeded(7);
    const draw = (): Colour => [random(), random(), random()];
    for (let tried = 0; tried < 500; tried += 1) {
      const [colour, ground] = [draw(), draw()];
      expect(contrast(legible(colour, [ground], 4.5), ground)).toBeGreaterThanOrEqual(4.49);
    }
  });

  it("is as good as can be on grounds that no colour fits", () => {
    expect(writeColour(legible(hex("#888888"), [hex("#ffffff"), hex("#000000")], 4.5))).toMatch(/^rgb\((0 0 0|255 255 255)\)$/);
  });
});
