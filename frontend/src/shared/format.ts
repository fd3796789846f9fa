import { language, number, t } from "./i18n";

/** Simulated seconds as a clock: 1:02:03, with days before it from the second day on. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (n: number): string => String(n).padStart(2, "0");
  const time = `${Math.floor((whole % 86_400) / 3600)}:${pad(Math.floor((whole % 3600) / 60))}:${pad(whole % 60)}`;
  const days = Math.floor(whole / 86_400);
  return days > 0 ? t("day {day}, {time}", { day: days + 1, time }) : time;
}

/** A length of time in its largest fitting unit. */
export function duration(seconds: number): string {
  if (seconds >= 86_400) return t("{n} d", { n: number(seconds / 86_400) });
  if (seconds >= 3600) return t("{n} h", { n: number(seconds / 3600) });
  if (seconds >= 60) return t("{n} min", { n: number(seconds / 60) });
  return t("{n} s", { n: number(seconds) });
}

/** Wall-clock time of day for today, date and time otherwise. */
export function when(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  const today = date.toDateString() === now.toDateString();
  const options = today ? time : ({ day: "numeric", month: "short", ...time } as const);
  return new Intl.DateTimeFormat(language(), options).format(date);
}

/** Up to two letters (or one character of a script without cases) for an avatar. */
export function initials(name: string): string {
  const words = name.trim().split(/[\s._-]+/u).filter(Boolean);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const last = words.length > 1 ? ([...(words[words.length - 1] ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}
