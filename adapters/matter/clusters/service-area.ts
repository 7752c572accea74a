import { scaled, wireNumber } from "./codecs.ts";
import { labelArg, labelled, numberOf, uniqueLabels } from "./labels.ts";
import { field, label, list } from "./structs.ts";
import { type ClusterTable, clusterTable, type PartCodec, type Siblings } from "./table.ts";

const LONGEST = 64;
/** Longest text of names in a row. */
const ROW = 255;

/** AreaStruct (1.17.5.5): the name of the place, with the map's where the robot knows several. */
function areas(siblings: Siblings): ReadonlyMap<number, string> {
  const maps = new Map(
    list(siblings("supportedMaps")).map((map) => [wireNumber(field(map, "mapId")), label(field(map, "name"), 24)]),
  );
  return uniqueLabels(
    list(siblings("supportedAreas")).map((area) => {
      const place = field(field(field(area, "areaInfo"), "locationInfo"), "locationName");
      const name = label(typeof place === "string" ? place.replaceAll(",", " ") : place, 32);
      const map = maps.size > 1 ? maps.get(wireNumber(field(area, "mapId"))) : undefined;
      return [field(area, "areaId"), map && name ? `${name} (${map})` : name] as const;
    }),
    "Area",
    LONGEST,
  );
}

/** Names with commas between; what does not fit is left out and said so. */
function row(names: readonly string[]): string {
  let text = "";
  for (const name of names) {
    const next = text === "" ? name : `${text}, ${name}`;
    if (next.length > ROW - 5) return `${text} ...`;
    text = next;
  }
  return text;
}

const named = (of: string, read: (wire: readonly unknown[], siblings: Siblings) => string): PartCodec => ({
  of,
  decode: (wire, siblings) => {
    if (wire === null) return null;
    return Array.isArray(wire) ? read(list(wire), siblings) : undefined;
  },
});

/** The areas of a text of names with commas between; a text says which name is none. */
function chosen(text: unknown, siblings: Siblings): number[] | string {
  const names = String(text)
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const known = new Map([...areas(siblings)].map(([id, name]) => [name.toLowerCase(), id]));
  const ids: number[] = [];
  for (const name of names) {
    const id = known.get(name.toLowerCase());
    if (id === undefined)
      return `newAreas: the device knows no ${name}; it knows ${row([...areas(siblings).values()])}`;
    if (!ids.includes(id)) ids.push(id);
  }
  return ids;
}

export const serviceArea: ClusterTable = clusterTable({
  cluster: "ServiceArea",
  id: 0x0150,
  capability: "serviceArea",
  attributes: { currentArea: labelled(areas, "Area"), estimatedEndTime: scaled(1) },
  parts: {
    chosenAreas: named("selectedAreas", (ids, siblings) => {
      const names = areas(siblings);
      return row(ids.map((id) => names.get(wireNumber(id) ?? -1) ?? "?"));
    }),
    knownAreas: named("supportedAreas", (_, siblings) => row([...areas(siblings).values()])),
  },
  commands: {
    selectAreas: {
      command: "selectAreas",
      id: 0,
      fields: ({ newAreas }, siblings) => {
        const ids = chosen(newAreas, siblings);
        return typeof ids === "string" ? ids : { newAreas: ids };
      },
    },
    skipArea: {
      command: "skipArea",
      id: 2,
      args: labelArg("skippedArea", areas),
      fields: (args, siblings) => {
        const skippedArea = numberOf(areas, siblings, args.skippedArea);
        return skippedArea === undefined ? "skippedArea is no area of the device" : { skippedArea };
      },
    },
  },
  ignored: ["supportedMaps", "progress"],
});
