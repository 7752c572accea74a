import { capabilities } from "../../../hub/model/capabilities/index.ts";
import { deviceTypes } from "../../../hub/model/device-types/index.ts";
import { deviceTypesOf, type Home, type NodeState, nameOf } from "../../../hub/model/home.ts";
import type { BridgeWish, PreviewNode, ShownPart } from "../../../hub/ports.ts";
import { mains } from "./clusters/power.ts";
import { cellEnergy, cellPower } from "./clusters/storage.ts";
import { ecosystemFacts } from "./ecosystems.ts";
import { type EndpointPlan, planOf } from "./plan.ts";
import type { Use } from "./recipe.ts";
import { isChosen, whyNever } from "./select.ts";
import type { BridgeCluster } from "./table.ts";
import { type HomeTariff, TARIFF_ID, tariffNode } from "./tariff-device.ts";

/** What people can do with a cluster, where its name does not say it. */
const abilityOf: Readonly<Record<string, string>> = {
  OnOff: "on and off",
  LevelControl: "dim",
  ColorControl: "colour",
  WindowCovering: "open and close",
  DoorLock: "lock",
  Thermostat: "set a temperature",
  FanControl: "fan speed",
  ElectricalPowerMeasurement: "power",
  ElectricalEnergyMeasurement: "energy",
  CommodityPrice: "price now and ahead",
  PowerSource: "battery",
  Switch: "button presses",
  BooleanState: "state",
  OccupancySensing: "occupancy",
  EnergyEvse: "charge",
  DeviceEnergyManagement: "power limits",
  WaterHeaterManagement: "hot water",
  ValveConfigurationAndControl: "open and close",
  OperationalState: "start and stop",
  RvcOperationalState: "pause",
  RvcRunMode: "clean",
};

/** There on every endpoint of its kind and nothing to tell people of. */
const silent = new Set([
  ...["Identify", "Groups", "ScenesManagement", "PowerTopology"],
  ...["EnergyEvseMode", "WaterHeaterMode", "CommodityMetering"],
]);

/** The house's own words for the standard's device types. */
const labels = new Map(Object.values(deviceTypes).map((type) => [type.matter, type.label]));

const spaced = (name: string): string => name.replace(/([a-z])([A-Z0-9])/g, "$1 $2").toLowerCase();

const abilityWords = (cluster: string): string =>
  abilityOf[cluster] ?? spaced(cluster.replace(/(Concentration)?Measurement$/, ""));

const utility = new Set(["BridgedNode", "PowerSource", "ElectricalSensor", "DeviceEnergyManagement"]);

/** Mains are nothing to tell of, and neither are meters that never know and an energy management that offers nothing. */
const empty = new Set<BridgeCluster>([mains, cellPower, cellEnergy]);
const isTold = ({ cluster, type }: Use): boolean =>
  !empty.has(cluster) && (cluster.cluster !== "DeviceEnergyManagement" || type === "EnergyEvse");

function shownParts(plan: EndpointPlan, { ecosystem }: Pick<BridgeWish, "ecosystem">, part?: string): ShownPart[] {
  const { shows, hides, name } = ecosystemFacts[ecosystem];
  const below = plan.children.flatMap((child) => shownParts(child, { ecosystem }, child.label));
  const type = plan.types.find((t) => !utility.has(t)) ?? plan.types.find((t) => t === "ElectricalSensor");
  if (!type) return below;
  const abilities = plan.uses
    .filter(isTold)
    .map((use) => use.cluster.cluster)
    .filter((cluster) => !silent.has(cluster));
  const isHidden = hides?.has(type) || (shows && !shows.has(type));
  const hidden = isHidden ? { hidden: `${name} is not known to show this kind of device` } : {};
  const label = (type === "ElectricalSensor" ? part : undefined) ?? labels.get(type) ?? spaced(type);
  return [{ type, label, abilities: [...new Set(abilities.map(abilityWords))], ...hidden }, ...below];
}

/** What an ecosystem will show of one device, and why not. Pure. */
function previewOf(node: NodeState, wish: Pick<BridgeWish, "ecosystem" | "filter">): PreviewNode {
  const { room } = node.settings;
  const base = { node: node.description.id, name: nameOf(node), ...(room ? { room } : {}) };
  const chosen = isChosen(node, wish.filter);
  const never = whyNever(node);
  if (never) return { ...base, parts: [], notes: [never], chosen };
  const { top, leftOut } = planOf(node.description, (e) => deviceTypesOf(node, e));
  const notes = new Map<string, string[]>();
  for (const { what, why } of leftOut)
    notes.set(why, [...(notes.get(why) ?? []), capabilities[what]?.label ?? "values of its maker"]);
  const words = [...notes].map(([why, what]) => `${[...new Set(what)].join(", ")}: ${why}`);
  if (!top)
    return { ...base, parts: [], notes: words.length > 0 ? words : ["it has nothing that Matter knows"], chosen };
  return { ...base, parts: shownParts(top, wish), notes: words, chosen };
}

type Wish = Pick<BridgeWish, "ecosystem" | "filter">;

/** All devices of the home and its tariff, by name. */
export function previewsOf(home: Home, tariff: HomeTariff | undefined, now: number, wish: Wish): PreviewNode[] {
  const nodes = [...home.nodes.values()].map((node) => previewOf(node, wish));
  const own = tariff ? previewOf(tariffNode(tariff, now), wish) : noTariff;
  return [...nodes, own].sort((a, b) => a.name.localeCompare(b.name));
}

const noTariff: PreviewNode = {
  ...{ node: TARIFF_ID, name: "Electricity tariff", parts: [], chosen: false },
  notes: ["no tariff has been entered yet; the prices of a new home are made up and stay here"],
};
