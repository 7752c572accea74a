import type { Value } from "../../model/capability.ts";
import { knownOf, type NodeState } from "../../model/home.ts";
import type { SceneAction } from "../../model/house.ts";
import type { CapabilityInstance } from "../../model/node.ts";
import type { EndpointPath } from "../../model/path.ts";

type Known = (attribute: string) => Value | undefined;
type Ask = readonly [command: string, args: Readonly<Record<string, Value>>];

/** How each capability is brought to what it shows now. Locks, chargers and what cooks are never part of a scene that is made so. */
const recipes: Readonly<Record<string, (known: Known, has: CapabilityInstance) => Ask | undefined>> = {
  onOff: (known) => {
    const on = known("onOff");
    return on === undefined ? undefined : [on === true ? "on" : "off", {}];
  },
  levelControl: (known) => number("moveToLevel", "level", known("currentLevel")),
  colorControl: (known, has) => {
    const [hue, saturation] = [known("currentHue"), known("currentSaturation")];
    const [x, y] = [known("currentX"), known("currentY")];
    const mode = known("colorMode");
    const canHue =
      hue !== undefined && saturation !== undefined && Object.hasOwn(has.commands, "moveToHueAndSaturation");
    const canXy = x !== undefined && y !== undefined && Object.hasOwn(has.commands, "moveToColor");
    if (canHue && (mode === "currentHueAndCurrentSaturation" || !canXy) && mode !== "colorTemperatureMireds")
      return ["moveToHueAndSaturation", { hue, saturation }];
    if (canXy && mode !== "colorTemperatureMireds") return ["moveToColor", { colorX: x, colorY: y }];
    return number("moveToColorTemperature", "colorTemperatureMireds", known("colorTemperatureMireds"));
  },
  windowCovering: (known) => number("goToLiftPercentage", "liftPercent", known("currentPositionLiftPercentage")),
  thermostat: (known, has) => written(known, has, ["systemMode", "occupiedHeatingSetpoint", "occupiedCoolingSetpoint"]),
  houseNumber: (known, has) => written(known, has, ["value"]),
  fanControl: (known, has) => written(known, has, ["fanMode", "percentSetting"]),
};

const number = (command: string, arg: string, value: Value | undefined): Ask | undefined =>
  typeof value === "number" ? [command, { [arg]: value }] : undefined;

function written(known: Known, has: CapabilityInstance, attributes: readonly string[]): Ask | undefined {
  const args = attributes.flatMap((a) => {
    const value = has.attributes[a]?.writable === false ? undefined : known(a);
    return value === undefined ? [] : [[a, value] as const];
  });
  return args.length === 0 ? undefined : ["set", Object.fromEntries(args)];
}

/** What would bring an endpoint to how it is now; nothing for what is not known now. What is off is only turned off. */
export function asItIs(node: NodeState, { node: id, endpoint: at }: EndpointPath, now: number): SceneAction[] {
  const has = node.description.endpoints.find((e) => e.number === at)?.capabilities ?? {};
  const known =
    (capability: string): Known =>
    (attribute) => {
      const held = knownOf(node, `${id}/${at}/${capability}.${attribute}`, now);
      return held.status === "known" ? held.value : undefined;
    };
  const isOff = known("onOff")("onOff") === false;
  return Object.entries(recipes).flatMap(([capability, recipe]) => {
    const instance = Object.hasOwn(has, capability) ? has[capability] : undefined;
    const lights = capability === "levelControl" || capability === "colorControl";
    const ask = instance && !(lights && isOff) ? recipe(known(capability), instance) : undefined;
    if (!instance || !ask || !Object.hasOwn(instance.commands, ask[0])) return [];
    return [{ node: id, endpoint: at, capability, command: ask[0], args: ask[1] }];
  });
}
