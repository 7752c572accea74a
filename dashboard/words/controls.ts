import type { AttributeView, CommandView, EndpointView, NodeView } from "../../hub/http/schemas.ts";

/** The controls a tile can carry, each tied to the attribute that shows whether it worked. */
export type Control =
  | {
      readonly kind: "switch";
      readonly endpoint: number;
      readonly capability: string;
      readonly on: string;
      readonly off: string;
      readonly onValue: boolean | string;
      readonly label: string;
      readonly attribute: AttributeView;
    }
  | {
      readonly kind: "level";
      readonly endpoint: number;
      readonly capability: string;
      readonly command: string;
      readonly arg: string;
      readonly label: string;
      readonly attribute: AttributeView;
    }
  | {
      readonly kind: "setpoint";
      readonly endpoint: number;
      readonly capability: string;
      readonly label: string;
      readonly attribute: AttributeView;
    }
  | {
      /** A number of the house. */
      readonly kind: "number";
      readonly endpoint: number;
      readonly capability: string;
      readonly label: string;
      readonly attribute: AttributeView;
    }
  | {
      /** Commands side by side, where a switch would hide a third state or promise one that nothing reports. */
      readonly kind: "buttons";
      readonly endpoint: number;
      readonly capability: string;
      /** `when`: only while the attribute reports one of these; else always. */
      readonly buttons: readonly (readonly [command: string, label: string, when?: readonly string[]])[];
      readonly attribute: AttributeView | undefined;
    };

type Buttons = Extract<Control, { kind: "buttons" }>["buttons"];
const COVER: Buttons = [
  ["upOrOpen", "Open"],
  ["stopMotion", "Stop"],
  ["downOrClose", "Close"],
];
const LOCK: Buttons = [
  ["lockDoor", "Lock"],
  ["unlockDoor", "Unlock"],
];
const CHARGE: Buttons = [
  ["enableCharging", "Charge"],
  ["disable", "Stop"],
];

const RUN: Buttons = [
  ["start", "Start", ["stopped"]],
  ["pause", "Pause", ["running"]],
  ["resume", "Resume", ["paused"]],
  ["stop", "Stop", ["running", "paused", "error"]],
];
const ROBOT: Buttons = [
  ["pause", "Pause", ["running"]],
  ["resume", "Resume", ["paused"]],
  ["goHome", "Dock", ["running", "paused", "stopped", "error"]],
];
const PLAYER: Buttons = [
  ["play", "Play", ["paused", "notPlaying"]],
  ["pause", "Pause", ["playing", "buffering"]],
  ["next", "Next", ["playing", "paused", "buffering"]],
];
const VALVE: Buttons = [
  ["open", "Open"],
  ["close", "Close"],
];

/** The quick controls of a device, in the order of its endpoints. */
export const controlsOf = (node: NodeView): Control[] => node.endpoints.flatMap(controlsOfEndpoint);

function controlsOfEndpoint(endpoint: EndpointView): Control[] {
  const found: Control[] = [];
  const has = (capability: string, command: string) => endpoint.commands.some((c) => isCommand(c, capability, command));
  const attribute = (capability: string, name: string) =>
    endpoint.attributes.find((a) => a.capability === capability && a.attribute === name);

  const at = { endpoint: endpoint.number };
  const onOff = attribute("onOff", "onOff");
  if (onOff && has("onOff", "on") && has("onOff", "off"))
    found.push({
      ...at,
      kind: "switch",
      capability: "onOff",
      on: "on",
      off: "off",
      onValue: true,
      label: "On",
      attribute: onOff,
    });
  const supply = attribute("energyEvse", "supplyState");
  if (supply && has("energyEvse", "enableCharging") && has("energyEvse", "disable"))
    found.push({
      ...at,
      kind: "switch",
      capability: "energyEvse",
      on: "enableCharging",
      off: "disable",
      onValue: "chargingEnabled",
      label: "Charging allowed",
      attribute: supply,
    });
  const level = attribute("levelControl", "currentLevel");
  if (level && has("levelControl", "moveToLevel"))
    found.push({
      ...at,
      kind: "level",
      capability: "levelControl",
      command: "moveToLevel",
      arg: "level",
      label: "Level",
      attribute: level,
    });
  for (const name of ["occupiedHeatingSetpoint", "occupiedCoolingSetpoint"]) {
    const setpoint = attribute("thermostat", name);
    if (setpoint?.writable)
      found.push({ ...at, kind: "setpoint", capability: "thermostat", label: setpoint.label, attribute: setpoint });
  }
  const number = attribute("houseNumber", "value");
  if (number?.writable)
    found.push({ ...at, kind: "number", capability: "houseNumber", label: number.label, attribute: number });
  const offer = (capability: string, all: Buttons, shows: string) => {
    const buttons = all.filter(([command]) => has(capability, command));
    if (buttons.length > 1)
      found.push({ ...at, kind: "buttons", capability, buttons, attribute: attribute(capability, shows) });
  };
  offer("windowCovering", COVER, "currentPositionLiftPercentage");
  offer("doorLock", LOCK, "lockState");
  offer("operationalState", RUN, "operationalState");
  offer("rvcOperationalState", ROBOT, "operationalState");
  offer("mediaPlayback", PLAYER, "currentState");
  offer("valveConfigurationAndControl", VALVE, "currentState");
  if (!supply) offer("energyEvse", CHARGE, "state");
  return found;
}

const isCommand = (c: CommandView, capability: string, command: string): boolean =>
  c.capability === capability && c.command === command;
