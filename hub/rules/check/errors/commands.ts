/** What is asked of devices: whether they can, and whether the values are within their range. */
import { misfit, type Value, type ValueType } from "../../../model/capability.ts";
import { nearest } from "../../../model/nearest.ts";
import type { CommandStep } from "../../../model/rule/step.ts";
import { type UnitName, units } from "../../../model/units.ts";
import type { Spot } from "../../picture.ts";
import { targetInWords } from "../../words/target.ts";
import { canDo, capabilityOf, type Desk, instanceOf, isCapability, isWritable, typeAt } from "../desk.ts";
import { error, type Found, listed, warn } from "../found.ts";
import type { At } from "../walk.ts";
import { type Bench, kindOf, kindOfType } from "./formulas.ts";
import { isWrong } from "./targets.ts";

export function commandFaults(bench: Bench, at: At<CommandStep>): readonly Found[] {
  const { it, field } = at;
  const { desk } = bench;
  if (!isCapability(it.capability))
    return [error("missing", `${field}.capability`, `No device can be asked for "${it.capability}".`)];
  const spec = capabilityOf(it.capability);
  if (it.command !== "set" && spec && !Object.hasOwn(spec.commands, it.command)) return [noCommand(it, field)];
  const spots = desk.spots(it.target, it.capability).filter((spot) => canDo(desk, spot, it.capability, it.command));
  if (spots.length === 0) {
    if (isWrong(desk, bench.places, it.target)) return [];
    const label = (spec?.commands[it.command]?.label ?? it.command).toLowerCase();
    const asked =
      it.command === "set"
        ? `take values of ${(spec?.label ?? it.capability).toLowerCase()}`
        : `be asked to "${label}"`;
    return [error("missing", `${field}.target`, `None of ${targetInWords(it.target, desk.name)} can ${asked}.`)];
  }
  return [...absentArgs(it, field), ...Object.keys(it.args ?? {}).flatMap((name) => argFaults(bench, at, name, spots))];
}

function noCommand({ capability, command }: CommandStep, field: string): Found {
  const known = [...Object.keys(capabilityOf(capability)?.commands ?? {}), "set"];
  const meant = nearest(command, known);
  const fix =
    meant === undefined ? {} : { fix: { text: `write ${meant}`, change: [{ at: `${field}.command`, value: meant }] } };
  return error(
    "missing",
    `${field}.command`,
    `${capability} knows no command "${command}", only ${listed(known)}.`,
    fix,
  );
}

function absentArgs({ capability, command, args }: CommandStep, field: string): Found[] {
  if (command === "set")
    return Object.keys(args ?? {}).length > 0
      ? []
      : [error("value", `${field}.args`, "Nothing is said of what is to be set.")];
  return Object.entries(capabilityOf(capability)?.commands[command]?.args ?? {})
    .filter(([name, type]) => !type.optional && !Object.hasOwn(args ?? {}, name))
    .map(([name, type]) => error("value", `${field}.args`, `"${type.label}" (${name}) has to be said.`));
}

/** What a device takes for an argument: the maker's narrower type before the vocabulary's. Undefined: there is none such. */
function typeOf(desk: Desk, { capability, command }: CommandStep, name: string, spot: Spot): ValueType | undefined {
  if (command === "set") {
    return isWritable(desk, spot, capability, name) ? typeAt(desk, spot, capability, name) : undefined;
  }
  const args = capabilityOf(capability)?.commands[command]?.args;
  const own = instanceOf(desk, spot, capability)?.commands[command]?.args;
  if (own && Object.hasOwn(own, name)) return own[name];
  return args && Object.hasOwn(args, name) ? args[name] : undefined;
}

function argFaults(
  bench: Bench,
  { it, field, scope }: At<CommandStep>,
  name: string,
  spots: readonly Spot[],
): readonly Found[] {
  const { desk } = bench;
  const place = `${field}.args.${name}`;
  const given = it.args?.[name];
  if (given === undefined) return [];
  const able = spots.flatMap((spot) => {
    const type = typeOf(desk, it, name, spot);
    return type ? [{ spot, type }] : [];
  });
  const [first] = able;
  if (!first) return [unknownArg(desk, it, name, field, spots)];
  if (typeof given === "object") {
    const kinds = kindOf({ ...bench, faults: [] }, given, place, scope);
    const wanted = kindOfType(first.type);
    if (!kinds || kinds.has(wanted)) return [];
    return [
      error(
        "formula",
        place,
        `"${name}" is ${wanted === "number" ? "a number" : wanted === "boolean" ? "true or false" : "a word"}, and this formula comes to something else.`,
      ),
    ];
  }
  return valueFaults(desk, name, given, place, able);
}

function unknownArg(
  desk: Desk,
  { capability, command }: CommandStep,
  name: string,
  field: string,
  spots: readonly Spot[],
): Found {
  const [spot] = spots;
  const known =
    command === "set"
      ? Object.keys((spot && instanceOf(desk, spot, capability)?.attributes) ?? {}).filter(
          (key) => spot && isWritable(desk, spot, capability, key),
        )
      : Object.keys(capabilityOf(capability)?.commands[command]?.args ?? {});
  const only = known.length > 0 ? `, only ${listed(known)}` : "";
  return error(
    "value",
    `${field}.args.${name}`,
    `"${name}" can't be ${command === "set" ? "set" : "given"} here${only}.`,
    {
      fix: { text: "leave it out", change: [{ at: `${field}.args.${name}`, value: undefined }] },
    },
  );
}

interface Able {
  readonly spot: Spot;
  readonly type: ValueType;
}

/** Of several devices some may take it: then it is only said which ones don't. */
function valueFaults(desk: Desk, name: string, given: Value, place: string, able: readonly Able[]): readonly Found[] {
  const refusing = able.flatMap(({ spot, type }) => {
    const why = misfit(type, given);
    return why === undefined ? [] : [{ spot, why, type }];
  });
  const [first] = refusing;
  if (!first) return [];
  const near = nearestValue(first.type, given);
  const fix = near === undefined ? {} : { fix: { text: `take ${near}`, change: [{ at: place, value: near }] } };
  const about = refusing.map((r) => r.spot.node);
  if (refusing.length === able.length)
    return [error("value", place, `"${name}" ${first.why}, not ${given}.`, { ...fix, about })];
  const names = listed([...new Set(about)].map(desk.name), 3);
  return [warn("value", place, `${names} won't take ${given}: there "${name}" ${first.why}.`, { ...fix, about })];
}

/** The nearest value that the type allows. */
function nearestValue(type: ValueType, given: Value): Value | undefined {
  if (typeof given === "string" && type.type === "enum") return nearest(given, type.values);
  if (type.type !== "number") return undefined;
  const number = typeof given === "string" ? withUnit(given, type.unit) : given;
  return typeof number === "number" ? Math.min(type.max, Math.max(type.min, number)) : undefined;
}

/** A number that was written as words, "17 °C", where its unit is the one that is meant or none. */
function withUnit(given: string, unit: UnitName): number | undefined {
  const [, number, said = ""] = /^\s*([-+]?\d+(?:\.\d+)?)\s*(\S*)\s*$/.exec(given) ?? [];
  return number !== undefined && ["", unit, units[unit]].includes(said) ? Number(number) : undefined;
}
