const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Doubles with each attempt up to half a minute; a random half of it is taken off, so that browsers do not return all at once. */
export function delayBefore(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling * (0.5 + random() / 2));
}
