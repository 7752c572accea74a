import { deviceTypes } from "../model/device-types/index.ts";

/** Words for groups of device types, as people think of them. */
const groups: Readonly<Record<string, readonly string[]>> = {
  light: ["onOffLight", "dimmableLight", "colorTemperatureLight", "extendedColorLight"],
  plug: ["onOffPlugInUnit", "mountedOnOffControl"],
  blind: ["windowCovering"],
  heating: ["thermostat", "heatPump", "roomAirConditioner"],
  motion: ["occupancySensor"],
  contact: ["contactSensor"],
  button: ["genericSwitch", "onOffLightSwitch", "dimmerSwitch", "colorDimmerSwitch"],
  appliance: ["dishwasher", "laundryWasher", "laundryDryer"],
  charger: ["energyEvse"],
  leak: ["waterLeakDetector", "waterFreezeDetector", "rainSensor"],
  smoke: ["smokeCoAlarm"],
};

export const kindNames: readonly string[] = Object.keys(groups);

/** The device types that a kind means: a group, or one type by its own name. Undefined for a word that means none. */
export function typesOfKind(kind: string): readonly string[] | undefined {
  if (Object.hasOwn(groups, kind)) return groups[kind];
  return Object.hasOwn(deviceTypes, kind) ? [kind] : undefined;
}

/** "lights", "window coverings". */
export function kindInWords(kind: string): string {
  const label = Object.hasOwn(deviceTypes, kind) ? deviceTypes[kind]?.label.toLowerCase() : kind;
  return `${label ?? kind}s`;
}
