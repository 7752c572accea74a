/** What a message holds, and what each of its values may be by its name and form: a start for a person, who decides. */
import type { Leaf, MappedValue } from "../../../../hub/ports.ts";
import { asNumber } from "../../codec.ts";
import { eachLeaf, type Json } from "../../json.ts";
import { HIDDEN, isSecret, maskedSample } from "../../mask.ts";
import { meanings } from "../../meanings.ts";
import { specOf } from "./build.ts";
import { bodyOf } from "./pick.ts";

/** Most values of a message that are shown. */
const MAX_LEAVES = 128;

/** Pairs of words by which devices say yes and no. */
const pairs: readonly (readonly [on: string, off: string])[] = [
  ["on", "off"],
  ["true", "false"],
  ["yes", "no"],
  ["open", "closed"],
  ["enabled", "disabled"],
  ["running", "stopped"],
];

/** Names that makers give in many languages of firmware, as words of meanings.ts. */
const others: Readonly<Record<string, string>> = {
  ...{ temp: "temperature", t: "temperature", hum: "humidity", rh: "humidity", soc: "state_of_charge" },
  ...{ watt: "power", watts: "power", p: "power", volt: "voltage", u: "voltage", amps: "current", i: "current" },
  ...{ lux: "illuminance_lux", state: "on", relay: "on", switch: "on", output: "on", power: "on" },
  ...{ active_power: "power", energy_total: "energy", total_energy: "energy", brightness: "level" },
};

/** Meanings that a bare name tells well enough for a first guess. */
function meansOf(name: string, kind: MappedValue["kind"]): string | undefined {
  const plain = name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  for (const word of [plain, others[plain] ?? ""]) {
    const meaning = Object.hasOwn(meanings, word) && !word.includes(".") ? meanings[word] : undefined;
    const spec = specOf(meaning?.to);
    if (meaning && !meaning.words && !meaning.scale && spec?.type === kind) return meaning.to;
  }
  return undefined;
}

/** The form of a value, with the words as they were written. */
function formOf(value: Json): Pick<MappedValue, "kind" | "on" | "off"> {
  if (typeof value === "boolean") return { kind: "boolean" };
  if (asNumber(value) !== undefined) return { kind: "number" };
  const text = String(value);
  const pair = pairs.find((p) => p.includes(text.toLowerCase()));
  if (!pair) return { kind: "text" };
  const alike = (word: string): string =>
    text === text.toUpperCase()
      ? word.toUpperCase()
      : text[0] === text[0]?.toUpperCase()
        ? `${word[0]?.toUpperCase()}${word.slice(1)}`
        : word;
  return { kind: "boolean", on: alike(pair[0]), off: alike(pair[1]) };
}

function leafOf(topic: string, field: string | undefined, value: Json): Leaf {
  const last = (field ?? topic).split(/[./]/).at(-1) ?? "";
  const secret = isSecret(last);
  const sample = secret ? HIDDEN : maskedSample(topic, String(value), 100);
  const form = formOf(value);
  const means = meansOf(last, form.kind);
  const spec = specOf(means);
  const unit = spec?.type === "number" ? spec.unit : undefined;
  return {
    ...(field === undefined ? {} : { field }),
    sample,
    secret,
    guess: {
      topic,
      ...(field === undefined ? {} : { field }),
      ...(means === undefined ? {} : { means }),
      ...(unit === undefined ? {} : { unit }),
      ...form,
    },
  };
}

/** At most 128 values of a message. */
export function leavesOf(topic: string, payload: string): readonly Leaf[] {
  const body = bodyOf(payload);
  if (typeof body !== "object" || body === null) return [leafOf(topic, undefined, body)];
  const found: Leaf[] = [];
  eachLeaf(body, (field, value) => {
    if (found.length < MAX_LEAVES) found.push(leafOf(topic, field, value));
  });
  return found;
}
