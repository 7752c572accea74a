/** A home that has a device for every ready-made rule. */

import type { Blueprint } from "../../../hub/model/blueprint/blueprint.ts";
import type { BlueprintAnswers } from "../../../hub/model/blueprint/input.ts";
import type { Home } from "../../../hub/model/home.ts";
import { type FitContext, fitOf } from "../../../hub/rules/blueprints/fit.ts";
import { house, kinds, node, settings } from "../check/home.ts";

const meter = { types: ["electricalMeter"], has: ["electricalPowerMeasurement"] };
const humid = { types: ["humiditySensor"], has: ["relativeHumidityMeasurement"] };
const pump = { types: ["pump"], has: ["onOff"] };
const tv = { types: ["basicVideoPlayer"], has: ["onOff", "electricalPowerMeasurement"] };
const storage = { types: ["batteryStorage"], has: ["batteryControl", "powerSource", "electricalPowerMeasurement"] };
const dishes = { types: ["dishwasher"], has: ["onOff", "electricalPowerMeasurement"] };
const cabinet = { types: ["temperatureControlledCabinet"], has: ["temperatureMeasurement"] };

const devices = [
  ["meter", "House meter", "Cellar", meter],
  ["dehumidifier", "Dehumidifier", "Cellar", kinds.plug],
  ["boiler", "Boiler", "Cellar", kinds.boiler],
  ["wallbox", "Wallbox", "Garage", kinds.charger],
  ["battery", "Home battery", "Cellar", storage],
  ["dishes", "Dishwasher", "Kitchen", dishes],
  ["tv", "TV corner", "Living room", tv],
  ["pump", "Circulation", "Cellar", pump],
  ["thermostat", "Thermostat", "Living room", kinds.thermostat],
  ["window", "Window", "Living room", kinds.contact],
  ["outside", "Outside", undefined, kinds.climate],
  ["freezer", "Freezer", "Cellar", cabinet],
  ["leak", "Water sensor", "Cellar", kinds.leak],
  ["valve", "Main valve", "Cellar", kinds.valve],
  ["smoke", "Smoke alarm", "Hall", { types: ["smokeCoAlarm"], has: ["smokeCoAlarm"] }],
  ["blind", "Blind", "Living room", kinds.blind],
  ["lamp", "Lamp", "Hall", kinds.lamp],
  ["spot", "Spot", "Living room", kinds.light],
  ["motion", "Motion", "Hall", kinds.motion],
  ["humid", "Bath air", "Bathroom", humid],
  ["fan", "Fan", "Bathroom", { types: ["fan"], has: ["onOff"] }],
  ["washer", "Washer", "Bathroom", kinds.washer],
  ["runs", "Runs today", undefined, { types: [], has: ["houseNumber"] }],
] as const;

export function fullHome(): Home {
  return {
    settings,
    nodes: new Map(devices.map(([id, name, room, made]) => [id, node(id, name, room, [made])])),
  };
}

export const fitContext = (home: Home, more: Partial<FitContext> = {}): FitContext => ({
  ...{ home, house, scenes: [], pricesVary: true, hasHouseMeter: true },
  ...more,
});

/** What a person answers who takes what is proposed, else the first that is offered; what may be left out is, or is not. */
export function likelyAnswers(of: Blueprint, context: FitContext, withOptional: boolean): BlueprintAnswers {
  const { inputs } = fitOf(of, context);
  const taken = new Set<string>();
  return Object.fromEntries(
    Object.entries(of.inputs).flatMap(([name, input]) => {
      if (input.optional && !withOptional) return [];
      const { proposed, offers } = inputs.get(name) ?? {};
      const free = offers?.find((o) => !taken.has(JSON.stringify(o.value))) ?? offers?.[0];
      const number = input.kind === "number" ? input.min : undefined;
      const answer = proposed ?? free?.value ?? number;
      if (input.kind === "device") taken.add(JSON.stringify(answer));
      return answer === undefined ? [] : [[name, answer] as const];
    }),
  );
}
