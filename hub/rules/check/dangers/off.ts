/** What should not be switched off, silenced or left to freeze. */
import { valueInWords } from "../../words/value.ts";
import type { Ask } from "../asks.ts";
import { splitName } from "../desk.ts";
import { type Found, listed, warn } from "../found.ts";
import { pathOfThing } from "../space/things.ts";
import type { Danger } from "./danger.ts";
import { hasGuard, isCold, isGuard, isTank } from "./devices.ts";

/** degC below which pipes are no longer safe by what a thermostat in a room says. */
const FROST_C = 5;
const SAFE_C = 7;
/** A freezer stays cold for so long. */
const PAUSE_MINUTES = 120;
const HEATING: readonly string[] = ["occupiedHeatingSetpoint", "unoccupiedHeatingSetpoint"];

export const offFaults = (danger: Danger): readonly Found[] => [
  ...silenced(danger),
  ...thawed(danger),
  ...frozen(danger),
];

/** One finding for each step, with the devices it is about. */
function bySteps(
  { desk }: Danger,
  asks: readonly Ask[],
  code: string,
  text: (who: string) => string,
  fix: (field: string, ask: Ask) => Found["fix"],
): readonly Found[] {
  return [...new Set(asks.map((a) => a.field))].flatMap((field) => {
    const here = asks.filter((a) => a.field === field);
    const [first] = here;
    const nodes = [...new Set(here.flatMap((a) => a.spot?.node ?? []))];
    return first
      ? [warn(code, field, text(listed(nodes.map(desk.name), 3)), { about: nodes, fix: fix(field, first) })]
      : [];
  });
}

/** Takes the devices out of the step, or the step out of the rule where it means nothing else. */
function spared({ draft, asks }: Danger, careful: (ask: Ask) => boolean) {
  return (field: string): Found["fix"] => {
    const all = asks.filter((a) => a.field === field);
    const nodes = [...new Set(all.filter(careful).flatMap((a) => a.spot?.node ?? []))];
    const step: unknown = field
      .split(".")
      .reduce<unknown>((at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined), draft);
    const target: unknown = typeof step === "object" && step !== null ? Reflect.get(step, "target") : undefined;
    if (typeof target !== "object" || target === null) return undefined;
    if (!all.every(careful)) {
      const except: unknown = Reflect.get(target, "except");
      return {
        text: "leave it out",
        change: [{ at: `${field}.target.except`, value: [...(Array.isArray(except) ? except : []), ...nodes] }],
      };
    }
    const list = field.split(".").slice(0, -1).join(".");
    return { text: "leave this step out", change: list === "" ? [] : [{ at: field, value: undefined }] };
  };
}

function silenced(danger: Danger): readonly Found[] {
  const { desk } = danger;
  const isSilencing = (a: Ask): boolean => {
    if (!a.spot) return false;
    if (a.capability === "onOff") return a.value === false && isGuard(desk, a.spot);
    if (a.command !== "set" || !hasGuard(desk, a.spot)) return false;
    const attribute = splitName(pathOfThing(a.thing)?.split("/").at(-1) ?? "")[1];
    const quiet = a.value === false || a.value === 0 || a.value === "off" || a.value === "OFF" || a.value === "low";
    if (/mute|silen|suppress/i.test(attribute)) return !quiet || a.value === "low";
    return quiet && /alarm|siren|buzzer|sound|volume|beep|sensitivity|detect/i.test(attribute);
  };
  const text = (who: string) => `${who} would no longer warn anybody of fire, gas or water.`;
  return bySteps(danger, danger.asks.filter(isSilencing), "alarm-silenced", text, spared(danger, isSilencing));
}

function thawed(danger: Danger): readonly Found[] {
  const { desk, asks } = danger;
  const isOff = (a: Ask): boolean =>
    a.capability === "onOff" &&
    (a.value === false || a.turns) &&
    a.spot !== undefined &&
    isCold(desk, a.spot) &&
    !comesBack(danger, a);
  const text = (who: string) => `${who} would be switched off: what is in it spoils.`;
  return bySteps(danger, asks.filter(isOff), "cold-chain", text, spared(danger, isOff));
}

/** Back on within two hours by the rule's own next steps. */
function comesBack({ draft, asks }: Danger, off: Ask): boolean {
  if (draft.form !== "when" || !/^do\.\d+$/.test(off.field)) return false;
  const from = Number(off.field.slice(3));
  const back = asks.find(
    (a) => a.thing === off.thing && a.value === true && /^do\.\d+$/.test(a.field) && Number(a.field.slice(3)) > from,
  );
  if (!back) return false;
  const between = draft.do.slice(from + 1, Number(back.field.slice(3)));
  const minutes = between.map((s) =>
    s.kind === "wait"
      ? typeof s.minutes === "number"
        ? s.minutes
        : Number.POSITIVE_INFINITY
      : s.kind === "waitUntil" || s.kind === "ask"
        ? s.atMostMinutes
        : 0,
  );
  return minutes.reduce((a, b) => a + b, 0) <= PAUSE_MINUTES;
}

function frozen(danger: Danger): readonly Found[] {
  const isFrost = (a: Ask): boolean => {
    const name = pathOfThing(a.thing)?.split("/").at(-1) ?? "";
    const [capability, attribute] = splitName(name);
    if (capability !== "thermostat" || !HEATING.includes(attribute) || !a.spot || isTank(danger.desk, a.spot))
      return false;
    return typeof a.value === "number" && a.value < FROST_C;
  };
  const asks = danger.asks.filter(isFrost);
  const text = (who: string) => `${who} would let it get colder than ${FROST_C} °C: pipes may freeze.`;
  return bySteps(danger, asks, "frost", text, (field, ask) => {
    const change = asks
      .filter((a) => a.field === field)
      .map((a) => splitName(pathOfThing(a.thing)?.split("/").at(-1) ?? "")[1]);
    if (ask.command !== "set" || change.length === 0) return undefined;
    const words = valueInWords("x/1/thermostat.occupiedHeatingSetpoint", SAFE_C);
    return {
      text: `take ${words}`,
      change: [...new Set(change)].map((name) => ({ at: `${field}.args.${name}`, value: SAFE_C })),
    };
  });
}
