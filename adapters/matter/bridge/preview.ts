import { capabilities } from "../../../hub/model/capabilities/index.ts";
import { deviceTypes } from "../../../hub/model/device-types/index.ts";
import { deviceTypesOf, type NodeState, nameOf } from "../../../hub/model/home.ts";
import type { BridgeWish, PreviewNode, ShownPart } from "../../../hub/ports.ts";
import { ecosystemFacts } from "./ecosystems.ts";
import { type EndpointPlan, planOf } from "./plan.ts";
import { isChosen, whyNever } from "./select.ts";

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
  PowerSource: "battery or mains",
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

function shownParts(plan: EndpointPlan, { ecosystem }: Pick<BridgeWish, "ecosystem">): ShownPart[] {
  const { shows, name } = ecosystemFacts[ecosystem];
  const below = plan.children.flatMap((child) => shownParts(child, { ecosystem }));
  const type = plan.types.find((t) => !utility.has(t)) ?? plan.types.find((t) => t === "ElectricalSensor");
  if (!type) return below;
  const abilities = plan.uses.map((use) => use.cluster.cluster).filter((cluster) => !silent.has(cluster));
  const hidden = shows && !shows.has(type) ? { hidden: `${name} is not known to show this kind of device` } : {};
  const label = labels.get(type) ?? spaced(type);
  return [{ type, label, abilities: [...new Set(abilities.map(abilityWords))], ...hidden }, ...below];
}

/** What an ecosystem will show of one device, and why not. Pure. */
export function previewOf(node: NodeState, wish: Pick<BridgeWish, "ecosystem" | "filter">): PreviewNode {
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
