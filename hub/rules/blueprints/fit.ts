/** What of a home fits a ready-made rule: what may be chosen, what is proposed, and what is lacking. */

import type { Blueprint } from "../../model/blueprint/blueprint.ts";
import type { BlueprintAnswer, BlueprintInput, DeviceWish } from "../../model/blueprint/input.ts";
import { capabilities } from "../../model/capabilities/index.ts";
import { deviceTypesOf, endpointNameOf, type Home, nameOf } from "../../model/home.ts";
import { type HouseState, modesOf, type Scene } from "../../model/house.ts";
import type { EndpointDescription } from "../../model/node.ts";
import { kindInWords, typesOfKind } from "../kinds.ts";
import { defaultOf } from "./answers.ts";
import { leastRule } from "./samples.ts";

/** The home that a ready-made rule is held against. */
export interface FitContext {
  readonly home: Home;
  readonly house: HouseState;
  readonly scenes: readonly Scene[];
  /** The price of energy is not the same at all hours of the coming day. */
  readonly pricesVary: boolean;
  /** Something tells what the whole house takes and gives. */
  readonly hasHouseMeter: boolean;
}

interface Offered {
  readonly value: BlueprintAnswer;
  readonly label: string;
}

/** What a home has for one input. */
interface InputFit {
  /** What may be chosen, the likeliest first; absent for what is simply written. At most 200. */
  readonly offers?: readonly Offered[];
  /** What is proposed; absent where nothing is clear. */
  readonly proposed?: BlueprintAnswer;
}

interface Fit {
  /** What this home lacks, each in a sentence; empty where the rule fits. */
  readonly lacks: readonly string[];
  /** By the input's name. */
  readonly inputs: ReadonlyMap<string, InputFit>;
}

const MAX_OFFERS = 200;

/** Holds a ready-made rule against a home. */
export function fitOf(of: Blueprint, context: FitContext): Fit {
  const inputs = new Map(Object.entries(of.inputs).map(([name, input]) => [name, inputFit(input, context)]));
  const lacking = Object.entries(of.inputs).flatMap(([name, input]) =>
    !input.optional && inputs.get(name)?.offers?.length === 0 ? [lackOf(input, context)] : [],
  );
  return { lacks: [...lacking, ...needs(leastRule(of) ?? null, context)], inputs };
}

function inputFit(input: BlueprintInput, context: FitContext): InputFit {
  const offers = offersOf(input, context)?.slice(0, MAX_OFFERS);
  const proposed = proposedOf(input, offers ?? [], context);
  return { ...(offers ? { offers } : {}), ...(proposed === undefined ? {} : { proposed }) };
}

function offersOf(input: BlueprintInput, { home, house, scenes }: FitContext): readonly Offered[] | undefined {
  const named = (words: readonly string[]) => words.map((value) => ({ value, label: value }));
  switch (input.kind) {
    case "device":
    case "devices":
      return devicesFor(home, input);
    case "room":
      return named(roomsOf(home).filter((room) => (input.with ?? []).every((wish) => isInRoom(home, room, wish))));
    case "floor":
      return named(Object.keys(home.settings.floors ?? {}).toSorted());
    case "label":
      return named([...new Set([...home.nodes.values()].flatMap((n) => n.settings.labels ?? []))].toSorted());
    case "person":
      return [
        { value: "anyone", label: "anyone" },
        { value: "everyone", label: "everyone" },
        ...named(house.people.map((p) => p.name)),
      ];
    case "mode":
      return named(modesOf(house));
    case "scene":
      return scenes.map(({ id, title }) => ({ value: id, label: title }));
    case "choice":
      return input.options;
    default:
      return undefined;
  }
}

const roomsOf = (home: Home): readonly string[] =>
  [...new Set([...home.nodes.values()].flatMap((n) => n.settings.room ?? []))].toSorted();

const isInRoom = (home: Home, room: string, wish: DeviceWish): boolean =>
  [...home.nodes.values()].some(
    (node) =>
      node.settings.room === room && node.description.endpoints.some((e) => isMeant(wish, deviceTypesOf(node, e), e)),
  );

/** The devices that have what is wanted, those of preferred types first; of one with several that do, each endpoint. */
function devicesFor(
  home: Home,
  input: DeviceWish & { readonly prefer?: readonly string[] | undefined },
): readonly Offered[] {
  const found = [...home.nodes].flatMap(([id, node]) => {
    const endpoints = node.description.endpoints.filter((e) => isMeant(input, deviceTypesOf(node, e), e));
    const room = node.settings.room ? `, ${node.settings.room}` : "";
    return endpoints.map((endpoint) => ({
      label: `${endpoints.length > 1 ? endpointNameOf(node, endpoint) : nameOf(node)}${room}`,
      value: { nodes: [id], ...(endpoints.length > 1 ? { endpoint: endpoint.number } : {}) },
      isPreferred: isOfKind(input.prefer ?? [], deviceTypesOf(node, endpoint)),
    }));
  });
  return [...found.filter((f) => f.isPreferred), ...found.filter((f) => !f.isPreferred)].map(({ label, value }) => ({
    ...{ label, value },
  }));
}

const isOfKind = (kinds: readonly string[], types: readonly string[]): boolean =>
  kinds.some((kind) => typesOfKind(kind)?.some((type) => types.includes(type)));

const isMeant = ({ kinds, has }: DeviceWish, types: readonly string[], endpoint: EndpointDescription): boolean =>
  (!kinds || isOfKind(kinds, types)) && has.every((what) => can(endpoint, what));

function can({ capabilities }: EndpointDescription, what: string): boolean {
  const [capability = "", part] = what.split(".");
  const instance = Object.hasOwn(capabilities, capability) ? capabilities[capability] : undefined;
  if (!instance || part === undefined) return instance !== undefined;
  return Object.hasOwn(instance.attributes, part) || Object.hasOwn(instance.commands, part);
}

/** What is likely meant: the default, the only one there is, or the only one of a preferred type; of several all preferred. */
function proposedOf(
  input: BlueprintInput,
  offers: readonly Offered[],
  { home }: FitContext,
): BlueprintAnswer | undefined {
  const given = defaultOf(input);
  if (input.kind !== "device" && input.kind !== "devices") {
    const only = offers.length === 1 && !input.optional ? offers[0]?.value : undefined;
    return given ?? only;
  }
  if (given !== undefined) return given;
  const preferred = input.prefer ? devicesFor(home, { ...input, kinds: input.prefer }) : input.kinds ? offers : [];
  if (input.kind === "devices") {
    const nodes = [...new Set(preferred.flatMap(({ value }) => (isTarget(value) ? (value.nodes ?? []) : [])))];
    return nodes.length > 0 ? { nodes: nodes.slice(0, 50) } : undefined;
  }
  if (preferred.length === 1) return preferred[0]?.value;
  return offers.length === 1 && !input.optional ? offers[0]?.value : undefined;
}

const isTarget = (value: BlueprintAnswer): value is Extract<BlueprintAnswer, { nodes?: unknown }> =>
  typeof value === "object" && !Array.isArray(value);

function lackOf(input: BlueprintInput, { home }: FitContext): string {
  switch (input.kind) {
    case "device":
    case "devices": {
      const ofKind = input.kinds && devicesFor(home, { kinds: input.kinds, has: [] }).length === 0;
      if (!ofKind) return `There is no ${wishInWords(input)} in this home.`;
      const mayBe = devicesFor(home, { has: input.has }).length > 0;
      const hint = mayBe ? " If one of your devices is one, say so on its page." : "";
      return `There is no ${wishInWords({ ...input, has: [] })} in this home.${hint}`;
    }
    case "room":
      return `No room has ${(input.with ?? []).map((wish) => `a ${wishInWords(wish.kinds ? { ...wish, has: [] } : wish)}`).join(" and ") || "a name yet"}.`;
    case "floor":
      return "No floor has a name yet. Floors are set up under Settings.";
    case "label":
      return "No device bears a label yet.";
    case "scene":
      return "There is no scene yet.";
    default:
      return `There is nothing for “${input.label}”.`;
  }
}

/** Groups whose short name is not what the device itself is called. */
const spoken: Readonly<Record<string, string>> = {
  ...{ motion: "motion sensor", contact: "window or door contact", smoke: "smoke alarm", leak: "leak detector" },
  ...{ charger: "car charger", heating: "thermostat" },
};

function wishInWords({ kinds, has }: DeviceWish): string {
  const what = kinds ? kinds.map((kind) => spoken[kind] ?? kindInWords(kind).replace(/s$/, "")).join(" or ") : "device";
  const parts = has.map((h) => {
    const [name = ""] = h.split(".");
    return (Object.hasOwn(capabilities, name) ? (capabilities[name]?.label ?? name) : name).toLowerCase();
  });
  const told = [...new Set(parts)].filter((part) => !what.toLowerCase().includes(part));
  return told.length > 0 ? `${what} that has: ${told.join(", ")}` : what;
}

/** What the rule looks at beyond devices, and this home does not have. */
function needs(rule: unknown, context: FitContext): readonly string[] {
  const seen = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    for (const key of ["kind", "now"]) if (Object.hasOwn(part, key)) seen.add(String(Reflect.get(part, key)));
    for (const one of Object.values(part)) visit(one);
  };
  visit(rule);
  const uses = (...names: readonly string[]) => names.some((name) => seen.has(name));
  return [
    ...(uses("cheapest", "priceBelow", "price") && !context.pricesVary
      ? ["Energy costs the same at all hours, so that none is cheaper. A tariff with hours can be set under Settings."]
      : []),
    ...(uses("surplusAbove", "surplus") && !context.hasHouseMeter
      ? ["No meter tells what the whole house takes from the grid and gives to it."]
      : []),
    ...(uses("presence") && context.house.people.length === 0
      ? ["No people are set up, so that nobody can be known to be home or away. They are set up under Settings."]
      : []),
  ];
}
