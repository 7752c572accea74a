import { type Asks, bridgeCluster, canSet, type Held, has, type Source, set } from "../table.ts";

const F = "fanControl";
/** FanModeEnum; On and Smart are no longer in use (4.4.5.1). */
const words = ["off", "low", "medium", "high", "high", "auto", "auto"] as const;
const percents = { off: 0, low: 33, medium: 66, high: 100, on: 100, auto: 50, smart: 50 } as const;

const knows = (s: Source, word: string): boolean => {
  const type = s.capabilities[F]?.attributes.fanMode?.type;
  return has(s, F, "fanMode") && (type?.type !== "enum" || type.values.includes(word));
};

function percentOf(held: Held): number | undefined {
  const percent = held(`${F}.percentSetting`);
  if (typeof percent === "number") return Math.round(percent);
  const mode = held(`${F}.fanMode`);
  return typeof mode === "string" && Object.hasOwn(percents, mode)
    ? percents[mode as keyof typeof percents]
    : undefined;
}

function modeOf(held: Held, s: Source): number | undefined {
  const mode = held(`${F}.fanMode`);
  if (mode === "auto" || mode === "smart") return knows(s, "auto") ? 5 : 3;
  if (mode === "off") return 0;
  const named = typeof mode === "string" ? words.indexOf(mode as (typeof words)[number]) : -1;
  if (named >= 0) return named;
  const percent = percentOf(held);
  if (percent === undefined) return undefined;
  return percent === 0 ? 0 : percent <= 40 ? 1 : percent <= 75 ? 2 : 3;
}

function writePercent(value: unknown, _: Held, s: Source): Asks {
  if (value === null) return [];
  if (typeof value !== "number") return { constraint: "a percent is a number" };
  if (canSet(s, F, "percentSetting")) return set(F, "percentSetting", value);
  const mode = value === 0 ? "off" : value <= 40 ? "low" : value <= 75 ? "medium" : "high";
  return set(F, "fanMode", mode);
}

function writeMode(value: unknown, held: Held, s: Source): Asks {
  const word = typeof value === "number" ? words[value] : undefined;
  if (!word) return { constraint: "there is no such fan mode" };
  if (canSet(s, F, "fanMode") && knows(s, word)) return set(F, "fanMode", word);
  return writePercent(percents[word], held, s);
}

export const fanControl = bridgeCluster({
  cluster: "FanControl",
  features: (s) => (knows(s, "auto") ? ["Auto"] : []),
  // Off, low, medium, high; with automatic where the fan has it (4.4.5.2).
  fixed: (s) => ({ fanModeSequence: knows(s, "auto") ? 2 : 0 }),
  blank: () => ({ fanMode: 0, percentSetting: 0, percentCurrent: 0 }),
  state: (held, s) => {
    const fanMode = modeOf(held, s);
    const percent = percentOf(held);
    if (fanMode === undefined) return undefined;
    return { fanMode, percentSetting: fanMode === 5 ? null : (percent ?? null), percentCurrent: percent ?? 0 };
  },
  writes: { fanMode: writeMode, percentSetting: writePercent },
});
