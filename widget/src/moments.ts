/** Dates as the person reads them, in the person's own time zone. */

const DAY_MS = 86_400_000;

export function dayKey(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "" : `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

export function timeLabel(at: string, locale: string): string {
  return format(at, locale, { hour: "numeric", minute: "2-digit" });
}

export function dayLabel(at: string, now: Date, locale: string): string {
  const away = daysBetween(new Date(at), now);
  if (away === 0 || away === 1) return capitalised(new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-away, "day"));
  const year = new Date(at).getFullYear() === now.getFullYear() ? undefined : "numeric";
  return capitalised(format(at, locale, { weekday: "long", day: "numeric", month: "long", ...(year && { year }) }));
}

/** A day of the calendar, the same for everyone: `2027-03-01`, whatever the time zone. */
export function calendarDay(day: string, locale: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  const written = new Intl.DateTimeFormat(locale, options).format(Date.UTC(year, month - 1, date));
  return locale.startsWith("fr") ? written.replace(/^1 /, "1er ") : written;
}

function daysBetween(date: Date, now: Date): number {
  const midnight = (day: Date): number => Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
  return Math.round((midnight(now) - midnight(date)) / DAY_MS);
}

function format(at: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "" : new Intl.DateTimeFormat(locale, options).format(date);
}

function capitalised(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
