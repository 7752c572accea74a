import type { ArgView, AttributeView, EndpointView, NodeView, Target } from "../../hub/http/schemas.ts";
import { MAKERS, typesOf } from "./values.ts";

/** A home as the pickers of a rule see it. */
export interface RuleHome {
  readonly nodes: readonly NodeView[];
  /** Which rooms are on which floor. */
  readonly floors: Readonly<Record<string, readonly string[]>>;
}

/** The groups that the hub knows by a word, with the device types that each holds. */
const GROUPS: readonly (readonly [kind: string, label: string, types: readonly string[]])[] = [
  ["light", "All lights", ["onOffLight", "dimmableLight", "colorTemperatureLight", "extendedColorLight"]],
  ["plug", "All plugs", ["onOffPlugInUnit", "mountedOnOffControl"]],
  ["blind", "All blinds", ["windowCovering"]],
  ["heating", "All heating", ["thermostat", "heatPump", "roomAirConditioner"]],
  ["motion", "All motion sensors", ["occupancySensor"]],
  ["contact", "All contacts of doors and windows", ["contactSensor"]],
  ["button", "All buttons", ["genericSwitch", "onOffLightSwitch", "dimmerSwitch", "colorDimmerSwitch"]],
  ["appliance", "All appliances", ["dishwasher", "laundryWasher", "laundryDryer"]],
  ["charger", "All chargers", ["energyEvse"]],
  ["leak", "All leak sensors", ["waterLeakDetector", "waterFreezeDetector", "rainSensor"]],
  ["smoke", "All smoke alarms", ["smokeCoAlarm"]],
];

const typesOfKind = (kind: string): readonly string[] => GROUPS.find(([name]) => name === kind)?.[2] ?? [kind];

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** Groups and device types that this home has. */
export function kindsOf({ nodes }: RuleHome): readonly Option[] {
  const types = new Map(
    nodes.flatMap((n) => n.endpoints).flatMap((e) => e.deviceTypes.map((t) => [t.name, t.label] as const)),
  );
  const groups = GROUPS.filter(([, , of]) => of.some((t) => types.has(t))).map(([value, label]) => ({ value, label }));
  const single = [...types].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
  return [...groups, ...single.filter((s) => !GROUPS.some(([name]) => name === s.value))];
}

export const labelsOf = ({ nodes }: RuleHome): readonly string[] => [...new Set(nodes.flatMap((n) => n.labels))].sort();

/** The endpoints that a target means in this home now; none as long as it says nothing. */
export function meantBy(target: Target, home: RuleHome): readonly EndpointView[] {
  const { nodes, rooms, floors, labels, kinds, except, endpoint } = target;
  if (![nodes, rooms, floors, kinds, labels].some((list) => list && list.length > 0)) return [];
  const types = kinds?.flatMap(typesOfKind);
  const onFloors = floors?.flatMap((f) => home.floors[f] ?? []);
  return home.nodes
    .filter((n) => !nodes || nodes.includes(n.id))
    .filter((n) => !except?.includes(n.id))
    .filter((n) => !rooms || (n.room !== undefined && rooms.includes(n.room)))
    .filter((n) => !onFloors || (n.room !== undefined && onFloors.includes(n.room)))
    .filter((n) => !labels || labels.some((l) => n.labels.includes(l)))
    .flatMap((n) => n.endpoints)
    .filter((e) => endpoint === undefined || e.number === endpoint)
    .filter((e) => !types || typesOf(e).some((t) => types.includes(t)));
}

export const nameOf = (a: { readonly capability: string; readonly attribute: string }): string =>
  `${a.capability}.${a.attribute}`;

/** What a device reports that a rule may look at; `figure`: numbers, `press`: what happens rather than is. */
export type Sort = "any" | "figure" | "press";

const isPress = (a: AttributeView): boolean =>
  a.type !== "number" && /(^|[._])(action|event|click)$/i.test(a.attribute);
const fits = (a: AttributeView, sort: Sort): boolean =>
  sort === "figure" ? a.type === "number" : sort === "press" ? isPress(a) : true;

/** What the endpoints report, once each; what only a maker has comes last. */
export function attributesOf(endpoints: readonly EndpointView[], sort: Sort): readonly AttributeView[] {
  const found = new Map<string, AttributeView>();
  for (const a of endpoints.flatMap((e) => e.attributes))
    if (fits(a, sort) && !found.has(nameOf(a))) found.set(nameOf(a), a);
  const all = [...found.values()];
  return [...all.filter((a) => a.capability !== MAKERS), ...all.filter((a) => a.capability === MAKERS)];
}

export const reports =
  (sort: Sort) =>
  (endpoint: EndpointView): boolean =>
    endpoint.attributes.some((a) => fits(a, sort));

export const canBeAsked = (endpoint: EndpointView): boolean => commandsOf([endpoint]).length > 0;

export interface CommandChoice {
  readonly capability: string;
  readonly command: string;
  readonly label: string;
  readonly args: readonly ArgView[];
}

/** What the endpoints can be asked for, once each: their commands, then the settings that can be written. */
export function commandsOf(endpoints: readonly EndpointView[]): readonly CommandChoice[] {
  const found = new Map<string, CommandChoice>();
  const keep = (c: CommandChoice) => {
    const key = `${c.capability}.${c.command}`;
    if (!found.has(key)) found.set(key, c);
  };
  for (const { capability, command, label, args } of endpoints.flatMap((e) => e.commands))
    keep({ capability, command, label, args });
  for (const endpoint of endpoints) {
    const written = endpoint.attributes.filter((a) => a.writable);
    for (const capability of new Set(written.map((a) => a.capability))) {
      const of = written.filter((a) => a.capability === capability);
      keep({
        capability,
        command: "set",
        label: `Set ${of.map((a) => a.label.toLowerCase()).join(", ")}`,
        args: of.map(argOf),
      });
    }
  }
  return [...found.values()];
}

const argOf = ({ attribute, label, type, unit, unitText, min, max, step, values, words }: AttributeView): ArgView => ({
  ...{ name: attribute, label, type, optional: true },
  ...(unit === undefined ? {} : { unit }),
  ...(unitText === undefined ? {} : { unitText }),
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  ...(step === undefined ? {} : { step }),
  ...(values === undefined ? {} : { values }),
  ...(words === undefined ? {} : { words }),
});
