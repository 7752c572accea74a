/** A time of day in a question of another language, as the English grammar reads it: "at 6 30 pm". */
import type { Tongue } from "./tongue.ts";

interface ClockForm {
  readonly pattern: RegExp;
  readonly minutes: number;
}

export interface Clocks {
  readonly forms: readonly ClockForm[];
  /** One to twelve. */
  readonly hours: ReadonlyMap<string, number>;
  readonly late: RegExp;
}

/** Makes a language's patterns ready. */
export function clocksOf({ hours, clocks, late, early }: Tongue): Clocks {
  const words = hours.split(" ").flatMap((all, k) => all.split("|").map((word) => [word, k + 1] as const));
  const hour = `(?<h>${words.map(([word]) => word).join("|")}|\\d{1,2})`;
  const forms = clocks.map(([source, minutes]) => {
    const filled = source.replace("H", hour).replace("M", "(?<m>\\d{1,2})");
    return { pattern: new RegExp(`(?:^|(?<= ))(?:${filled})(?: (?<half>${late}|${early}))?(?= |$)`), minutes };
  });
  return { forms, hours: new Map(words), late: new RegExp(`^(?:${late})$`) };
}

const two = (n: number): string => String(n).padStart(2, "0");

/** The text without the time that it names, and that time in English; undefined where it names none. */
export function clockIn(text: string, { forms, hours, late }: Clocks): { rest: string; english: string } | undefined {
  for (const { pattern, minutes } of forms) {
    const match = pattern.exec(text);
    const { h = "", m = "0", half } = match?.groups ?? {};
    const hour = hours.get(h) ?? Number(h);
    if (!match || hour > 24 || Number(m) > 59) continue;
    const at = (hour * 60 + Number(m) + minutes + 1440) % 1440;
    // What is said by the clock's face may be of either half of the day, and the English grammar weighs it as its own.
    const face = hour >= 1 && hour <= 12;
    const shown = face ? String(Math.floor(at / 60) % 12 || 12) : two(Math.floor(at / 60));
    const which = half === undefined || !face ? "" : late.test(half) ? " pm" : " am";
    return { rest: text.replace(pattern, " "), english: `at ${shown} ${two(at % 60)}${which}` };
  }
  return undefined;
}
