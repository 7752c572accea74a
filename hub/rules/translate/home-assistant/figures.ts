import type { Expression } from "../../../model/rule/expression.ts";
import { domainOf, type MeantDevice } from "./desk.ts";

/** A figure of a device: ours is Home Assistant's, less `offset`, times `scale`. */
export interface Figure {
  readonly of: string;
  readonly scale: number;
  readonly offset: number;
}

const figure = (of: string, scale = 1, offset = 0): Figure => ({ of, scale, offset });

/** A figure of Home Assistant in our unit. */
export const inOurs = ({ scale, offset }: Pick<Figure, "scale" | "offset">, theirs: number): number =>
  Math.round((theirs - offset) * scale * 100) / 100;

/** Degrees Fahrenheit as degrees Celsius. */
export const FAHRENHEIT = { scale: 5 / 9, offset: 32 } as const;

/** What a figure of ours is in Home Assistant, as a formula. */
export function asTheirs({ scale, offset }: Figure, ours: Expression): Expression {
  const whole: Expression = scale === 1 ? ours : { op: "/", of: [ours, scale] };
  return offset === 0 ? whole : { op: "+", of: [whole, offset] };
}

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
  target_temp_low: figure("thermostat.occupiedHeatingSetpoint"),
  target_temp_high: figure("thermostat.occupiedCoolingSetpoint"),
  percentage: figure("fanControl.percentSetting"),
  volume_level: figure("levelControl.currentLevel", 100),
  position: figure("windowCovering.currentPositionLiftPercentage"),
  battery: figure("powerSource.batPercentRemaining"),
  battery_level: figure("powerSource.batPercentRemaining"),
  color_temp: figure("colorControl.colorTemperatureMireds"),
};

/** A number that the house keeps is one in every unit. */
const NUMBER = "houseNumber.value";

const capabilityOf = (of: string): string => of.slice(0, of.indexOf("."));

/** The figure that an entity, or one of its attributes, is here. */
export function figureOf(entity: string, device: MeantDevice, attribute?: string): Figure | undefined {
  const has = (of: string) => device.capabilities.includes(capabilityOf(of));
  if (attribute !== undefined) {
    const found = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (found && has(found.of)) return found;
  } else if (has(NUMBER)) return figure(NUMBER);
  else if (!["sensor", "number", "binary_sensor"].includes(domainOf(entity))) return undefined;
  const can = measured.filter(([, of]) => has(of));
  const name = attribute ?? entity.toLowerCase();
  const named = can.find(([words]) => words.test(name));
  const only = new Set(can.map(([, of]) => of)).size === 1 && attribute === undefined ? can[0] : undefined;
  const of = (named ?? only)?.[1];
  return of === undefined ? undefined : figure(of, unitOf(of, name));
}

/** By its name it may be told in a greater or lesser unit than ours, which is W and kWh. */
function unitOf(of: string, name: string): number {
  if (of.endsWith(".activePower") && /(^|_)kw($|_)/.test(name)) return 1000;
  if (!of.startsWith("electricalEnergyMeasurement.")) return 1;
  return /(^|_)wh($|_)/.test(name) ? 0.001 : /(^|_)mwh($|_)/.test(name) ? 1000 : 1;
}

const isTemperature = (of: string): boolean =>
  /temperatureMeasurement\.|thermostat\.\w+(Temperature|Setpoint)/.test(of);

/** The same where a house tells its temperatures in degrees Fahrenheit. */
export const figureIn = (fahrenheit: boolean, ...given: Parameters<typeof figureOf>): Figure | undefined => {
  const found = figureOf(...given);
  return found && fahrenheit && isTemperature(found.of) ? { ...found, ...FAHRENHEIT } : found;
};

/** Capabilities whose figures a sensor's name in Home Assistant speaks of. */
export const hinted = (entity: string): readonly string[] =>
  measured.filter(([words]) => words.test(entity.toLowerCase())).map(([, of]) => capabilityOf(of));
