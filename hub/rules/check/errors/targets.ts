import { deviceTypes } from "../../../model/device-types/index.ts";
import { nearest } from "../../../model/nearest.ts";
import type { Target } from "../../../model/rule/target.ts";
import { kindNames, typesOfKind } from "../../kinds.ts";
import type { Desk } from "../desk.ts";
import { error, type Found, listed, warn } from "../found.ts";
import type { At } from "../walk.ts";

/** What the home has that a target may name. */
export interface Places {
  /** With at least one device. */
  readonly lived: ReadonlySet<string>;
  readonly rooms: readonly string[];
  readonly floors: readonly string[];
  readonly labels: readonly string[];
}

export function placesOf({ context }: Desk): Places {
  const { settings, nodes } = context.home;
  const all = [...nodes.values()].map((n) => n.settings);
  const lived = new Set(all.flatMap((s) => s.room ?? []));
  const floors = Object.entries(settings.floors ?? {});
  return {
    lived,
    rooms: [...new Set([...lived, ...floors.flatMap(([, rooms]) => rooms)])],
    floors: floors.map(([name]) => name),
    labels: [...new Set(all.flatMap((s) => s.labels ?? []))],
  };
}

/** Devices, rooms, floors, kinds and labels that mean nothing in this home. */
export function targetFaults(desk: Desk, places: Places, { it, field }: At<Target>): readonly Found[] {
  return [
    ...devices(desk, it.nodes, `${field}.nodes`),
    ...devices(desk, it.except, `${field}.except`),
    ...words("unknown-room", it.rooms, `${field}.rooms`, places.rooms, "room"),
    ...words("unknown-floor", it.floors, `${field}.floors`, places.floors, "floor"),
    ...words("unknown-label", it.labels, `${field}.labels`, places.labels, "label"),
    ...kinds(it.kinds, `${field}.kinds`),
    ...emptyRooms(it.rooms, `${field}.rooms`, places),
  ];
}

function devices(desk: Desk, ids: readonly string[] | undefined, field: string): Found[] {
  const gone = (ids ?? []).filter((id) => !desk.context.find(id));
  if (gone.length === 0) return [];
  const known = [...desk.context.home.nodes.values()].map((n) => n.description.id);
  const named = gone.map((id) => `"${id}"`).join(", ");
  const rest = (ids ?? []).filter((id) => desk.context.find(id));
  const meant = gone.length === 1 && rest.length === 0 ? nearest(gone[0] ?? "", known) : undefined;
  const fix =
    rest.length > 0
      ? { text: "leave it out", change: [{ at: field, value: rest }] }
      : meant !== undefined
        ? { text: `take ${desk.name(meant)}`, change: [{ at: field, value: [meant] }] }
        : undefined;
  const text = `There is no device ${named} in this home: choose one that is there.`;
  return [error("unknown-device", field, text, { about: gone, fix })];
}

function words(
  code: string,
  given: readonly string[] | undefined,
  field: string,
  known: readonly string[],
  what: string,
): Found[] {
  return (given ?? []).flatMap((word, i): Found[] => {
    if (known.includes(word)) return [];
    const meant = nearest(word, known);
    const have = known.length > 0 ? `, only ${listed(known)}` : "";
    const fix =
      meant === undefined ? undefined : { text: `write ${meant}`, change: [{ at: `${field}.${i}`, value: meant }] };
    return [error(code, field, `There is no ${what} "${word}" in this home${have}.`, { fix })];
  });
}

function kinds(given: readonly string[] | undefined, field: string): Found[] {
  return (given ?? []).flatMap((kind, i): Found[] => {
    if (typesOfKind(kind)) return [];
    const meant = nearest(kind, [...kindNames, ...Object.keys(deviceTypes)]);
    const fix =
      meant === undefined ? undefined : { text: `write ${meant}`, change: [{ at: `${field}.${i}`, value: meant }] };
    const text = `"${kind}" is no kind of device: write one of ${listed(kindNames, 12)}, or a device type.`;
    return [error("unknown-kind", field, text, { fix })];
  });
}

function emptyRooms(rooms: readonly string[] | undefined, field: string, { lived, rooms: known }: Places): Found[] {
  const empty = (rooms ?? []).filter((room) => known.includes(room) && !lived.has(room));
  if (empty.length === 0) return [];
  return [
    warn("empty-room", field, `No device is in ${empty.join(" or ")} yet: until one is, this does nothing there.`),
  ];
}

/** Whether it is said already that a target means nothing. */
export const isWrong = (desk: Desk, places: Places, target: Target): boolean =>
  targetFaults(desk, places, { field: "", it: target, scope: { variables: new Set(), triggers: undefined } }).length >
  0;
