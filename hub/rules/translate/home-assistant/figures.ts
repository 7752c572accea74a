import { domainOf, type MeantDevice } from "./desk.ts";

/** A figure of a device: ours is Home Assistant's times `scale`. */
export interface Figure {
  readonly of: string;
  readonly scale: number;
}

const figure = (of: string, scale = 1): Figure => ({ of, scale });

/** Figures that a sensor may tell, with what its name in Home Assistant gives away. */
const measured: readonly (readonly [name: RegExp, of: string])[] = [
  [/temp/, "temperatureMeasurement.measuredValue"],
  [/humid|moist/, "relativeHumidityMeasurement.measuredValue"],
  [/lux|illum|light|bright/, "illuminanceMeasurement.measuredValue"],
  [/power|watt|consumption/, "electricalPowerMeasurement.activePower"],
  [/volt/, "electricalPowerMeasurement.voltage"],
  [/current|amp/, "electricalPowerMeasurement.activeCurrent"],
  [/energy|kwh/, "electricalEnergyMeasurement.cumulativeEnergyImported"],
  [/batter|soc|charge/, "powerSource.batPercentRemaining"],
  [/co2|carbon/, "carbonDioxideConcentrationMeasurement.measuredValue"],
  [/pm_?2_?5/, "pm25ConcentrationMeasurement.measuredValue"],
  [/press/, "pressureMeasurement.measuredValue"],
  [/soil|moist/, "soilMeasurement.soilMoistureMeasuredValue"],
  [/temp/, "thermostat.localTemperature"],
];

const attributes: Readonly<Record<string, Figure>> = {
  brightness: figure("levelControl.currentLevel", 100 / 255),
  current_position: figure("windowCovering.currentPositionLiftPercentage"),
  current_tilt_position: figure("windowCovering.currentPositionTiltPercentage"),
  temperature: figure("thermostat.occupiedHeatingSetpoint"),
  current_temperature: figure("thermostat.localTemperature"),
  percentage: figure("fanControl.percentSetting"),
  battery: figure("powerSource.batPercentRemaining"),
  battery_level: figure("powerSource.batPercentRemaining"),
  color_temp: figure("colorControl.colorTemperatureMireds"),
};

const capabilityOf = (of: string): string => of.slice(0, of.indexOf("."));

/** The figure that an entity, or one of its attributes, is here. */
export function figureOf(entity: string, device: MeantDevice, attribute?: string): Figure | undefined {
  const has = (of: string) => device.capabilities.includes(capabilityOf(of));
  if (attribute !== undefined) {
    const found = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (found && has(found.of)) return found;
  } else if (!["sensor", "number", "binary_sensor"].includes(domainOf(entity))) return undefined;
  const can = measured.filter(([, of]) => has(of));
  const name = attribute ?? entity.toLowerCase();
  const named = can.find(([words]) => words.test(name));
  const only = new Set(can.map(([, of]) => of)).size === 1 && attribute === undefined ? can[0] : undefined;
  const of = (named ?? only)?.[1];
  return of === undefined ? undefined : figure(of);
}

/** Capabilities whose figures a sensor's name in Home Assistant speaks of. */
export const hinted = (entity: string): readonly string[] =>
  measured.filter(([words]) => words.test(entity.toLowerCase())).map(([, of]) => capabilityOf(of));
