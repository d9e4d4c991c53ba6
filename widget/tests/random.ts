/** The same sequence for the same seed (mulberry32), so that a failing order can be seen again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<T>(things: readonly T[], random: () => number): T[] {
  const left = [...things];
  const drawn: T[] = [];
  while (left.length) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return drawn;
}
