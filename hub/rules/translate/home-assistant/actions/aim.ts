import type { Expression } from "../../../../model/rule/expression.ts";
import type { CommandStep } from "../../../../model/rule/step.ts";
import type { Target } from "../../../../model/rule/target.ts";
import { type Desk, domainOf, type Meant, type MeantDevice, meantBy, miss } from "../desk.ts";
import { type Item, keyOf, listOf, namesOf, textOf } from "../item.ts";
import { targetsOf } from "../targets.ts";

/** What a call is for: devices that stand together, or all of a kind in rooms. */
export interface Aim {
  readonly target: Target;
  /** Of rooms it is not known before the rule runs: then it is taken to be so. */
  readonly has: (capability: string) => boolean;
}

/** Everything that a call is for. */
export interface Aims {
  readonly aims: readonly Aim[];
  readonly others: readonly { readonly name: string; readonly meant: Exclude<Meant, { kind: "device" | "room" }> }[];
}

const kinds: Readonly<Record<string, string>> = {
  ...{ light: "light", cover: "blind", climate: "heating", switch: "plug", fan: "fan", lock: "doorLock" },
};

/** Reads `target`, `data` and the call itself; what is not known is listed. */
export function aimsOf(desk: Desk, item: Item, domain: string): Aims {
  const places = [keyOf(item, "target"), keyOf(item, "data", "service_data", "data_template"), item].filter(
    (one) => one !== undefined,
  );
  const given = (key: string) => places.flatMap((place) => namesOf(keyOf(place, key)));
  const devices: MeantDevice[] = [];
  const aims: Aim[] = [];
  const others: { name: string; meant: Exclude<Meant, { kind: "device" | "room" }> }[] = [];
  const kind = Object.hasOwn(kinds, domain) ? kinds[domain] : undefined;
  for (const { name, at } of given("entity_id")) {
    if (name === "all" && kind) aims.push({ target: { kinds: [kind] }, has: () => true });
    else sort(meantBy(desk, name, at), name);
  }
  for (const { name, at } of given("device_id")) sort(meantBy(desk, `device/${name}`, at), name);
  for (const { name, at } of given("area_id")) {
    const meant = meantBy(desk, `area/${name}`, at);
    if (meant?.kind === "room" && kind) aims.push({ target: { rooms: [meant.room], kinds: [kind] }, has: () => true });
    else if (meant) miss(desk, at, `What of the area ${name} is meant can't be known.`);
  }
  for (const key of ["label_id", "floor_id"])
    for (const { at } of given(key)) miss(desk, at, "Labels and floors of Home Assistant are not known here.");
  function sort(meant: Meant | undefined, name: string): void {
    if (meant?.kind === "device") devices.push(meant);
    else if (meant && meant.kind !== "room") others.push({ name, meant });
  }
  if (aims.length + devices.length + others.length === 0 && places.every((p) => !hasAim(p)))
    miss(desk, item, "It does not say which device.");
  return { aims: [...aims, ...together(devices)], others };
}

/** Words by which a call says what it is for. */
export const AIMS = ["entity_id", "device_id", "area_id", "label_id", "floor_id"];

const hasAim = (place: Item): boolean => AIMS.some((key) => listOf(keyOf(place, key)).length > 0);

/** Devices that can do the same stand together. */
function together(devices: readonly MeantDevice[]): readonly Aim[] {
  const groups = new Map<string, MeantDevice[]>();
  for (const device of devices) {
    const key = device.capabilities.toSorted().join();
    groups.set(key, [...(groups.get(key) ?? []), device]);
  }
  return [...groups.values()].flatMap((group) => {
    const can = new Set(group[0]?.capabilities);
    return targetsOf(group).map((target) => ({ target, has: (capability: string) => can.has(capability) }));
  });
}

export const ask = (
  { target }: Aim,
  capability: string,
  command: string,
  args?: Readonly<Record<string, Expression>>,
): CommandStep => ({ kind: "command", target, capability, command, ...(args ? { args } : {}) });

/** The service's own domain, or that of the entity where any will do. */
export const domainOfCall = (service: string, item: Item): string => {
  const domain = domainOf(service);
  if (domain !== "homeassistant") return domain;
  const first = namesOf(
    keyOf(keyOf(item, "target"), "entity_id") ?? keyOf(keyOf(item, "data"), "entity_id") ?? keyOf(item, "entity_id"),
  )[0];
  return first ? domainOf(first.name) : (textOf(keyOf(item, "domain")) ?? domain);
};
