import { deviceTypes } from "../../../model/device-types/index.ts";
import { stem } from "./words.ts";

/** Further English words for a kind, beside those of the device type itself. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  onOffLight: ["lighting", "bulb"],
  dimmableLight: ["lighting", "bulb"],
  colorTemperatureLight: ["lighting", "bulb"],
  extendedColorLight: ["lighting", "bulb"],
  energyEvse: ["ev charger", "car", "electric car", "car charger", "charging station"],
  batteryStorage: ["home battery", "house battery"],
  thermostat: ["heater"],
  waterHeater: ["water"],
  solarPower: ["solar panel", "solar power", "photovoltaic", "sun"],
  windowCovering: ["drape", "roller blind"],
  electricalMeter: ["grid", "mains", "electricity meter"],
  occupancySensor: ["motion sensor", "motion detector"],
  refrigerator: ["freezer"],
  temperatureSensor: ["temperature sensor"],
  basicVideoPlayer: ["telly"],
  doorLock: ["door", "door lock"],
};

/** Kinds by their stemmed words. */
export const kinds: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const found = new Map<string, Set<string>>();
  for (const type of Object.values(deviceTypes))
    for (const words of [...type.words, ...(MORE[type.name] ?? [])]) {
      const key = words.split(" ").map(stem).join(" ");
      const types = found.get(key) ?? new Set<string>();
      found.set(key, types.add(type.name));
    }
  return found;
})();
