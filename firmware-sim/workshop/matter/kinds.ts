import type { z } from "zod";
import { airQualitySensor } from "./kinds/air-quality-sensor.ts";
import { battery } from "./kinds/battery.ts";
import { bridge } from "./kinds/bridge.ts";
import { button } from "./kinds/button.ts";
import { climateSensor } from "./kinds/climate-sensor.ts";
import { colorLight } from "./kinds/color-light.ts";
import { colorTemperatureLight } from "./kinds/color-temperature-light.ts";
import { contactSensor } from "./kinds/contact-sensor.ts";
import { dimmableLight } from "./kinds/dimmable-light.ts";
import { dishwasher } from "./kinds/dishwasher.ts";
import { doorLock } from "./kinds/door-lock.ts";
import { evse } from "./kinds/evse.ts";
import { fan } from "./kinds/fan.ts";
import { heatPump } from "./kinds/heat-pump.ts";
import { leakSensor } from "./kinds/leak-sensor.ts";
import { occupancySensor } from "./kinds/occupancy-sensor.ts";
import { onOffLight } from "./kinds/on-off-light.ts";
import { plug } from "./kinds/plug.ts";
import { smokeCoAlarm } from "./kinds/smoke-co-alarm.ts";
import { solar } from "./kinds/solar.ts";
import { thermostat } from "./kinds/thermostat.ts";
import { utilityMeter } from "./kinds/utility-meter.ts";
import { washer } from "./kinds/washer.ts";
import { waterHeater } from "./kinds/water-heater.ts";
import { waterValve } from "./kinds/water-valve.ts";
import { windowCovering } from "./kinds/window-covering.ts";
import type { Birth, Product } from "./product.ts";
import { type MatterKind, sheets } from "./sheets.ts";

/** A maker that checks its options first. */
const from =
  <Options>({ options }: { options: z.ZodType<Options> }, make: (birth: Birth, options: Options) => Product) =>
  (birth: Birth, given: unknown): Product =>
    make(birth, options.parse(given));

/** How every kind of `sheets.ts` is made. */
export const makers: Readonly<Record<MatterKind, (birth: Birth, options: unknown) => Product>> = {
  "on-off-light": from(sheets["on-off-light"], onOffLight),
  "dimmable-light": from(sheets["dimmable-light"], dimmableLight),
  "color-temperature-light": from(sheets["color-temperature-light"], colorTemperatureLight),
  "color-light": from(sheets["color-light"], colorLight),
  plug: from(sheets.plug, plug),
  "contact-sensor": from(sheets["contact-sensor"], contactSensor),
  "occupancy-sensor": from(sheets["occupancy-sensor"], occupancySensor),
  "climate-sensor": from(sheets["climate-sensor"], climateSensor),
  "air-quality-sensor": from(sheets["air-quality-sensor"], airQualitySensor),
  "smoke-co-alarm": from(sheets["smoke-co-alarm"], smokeCoAlarm),
  "leak-sensor": from(sheets["leak-sensor"], leakSensor),
  "door-lock": from(sheets["door-lock"], doorLock),
  "window-covering": from(sheets["window-covering"], windowCovering),
  fan: from(sheets.fan, fan),
  button: from(sheets.button, button),
  "water-valve": from(sheets["water-valve"], waterValve),
  dishwasher: from(sheets.dishwasher, dishwasher),
  washer: from(sheets.washer, washer),
  evse: from(sheets.evse, evse),
  "water-heater": from(sheets["water-heater"], waterHeater),
  "heat-pump": from(sheets["heat-pump"], heatPump),
  solar: from(sheets.solar, solar),
  battery: from(sheets.battery, battery),
  "utility-meter": from(sheets["utility-meter"], utilityMeter),
  bridge: from(sheets.bridge, bridge),
  thermostat: from(sheets.thermostat, thermostat),
};
