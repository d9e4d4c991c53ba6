import type { Card } from "./contract";
import { fill } from "./fill";
import { calendarDay } from "./moments";
import { locale, texts } from "./texts";

/** When it is, in words; null for what has no date. */
export function cardDays({ starts, ends, isStep }: Pick<Card, "starts" | "ends" | "isStep">): string | null {
  const { thatDay, asOfDay, until, between } = texts().cards;
  const written = (day: string): string => calendarDay(day, locale());
  if (starts && ends && starts !== ends) return fill(between, { first: written(starts), last: written(ends) });
  if (starts) return fill(isStep && !ends ? asOfDay : thatDay, { day: written(starts) });
  return ends ? fill(until, { day: written(ends) }) : null;
}
