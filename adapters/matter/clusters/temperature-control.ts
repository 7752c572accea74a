import { limits, scaled } from "./codecs.ts";
import { labelArg, labelled, labelType, numberOf, uniqueLabels } from "./labels.ts";
import { list } from "./structs.ts";
import { type ClusterTable, clusterTable, type Siblings } from "./table.ts";

/** SupportedTemperatureLevels (8.2.5.6): the place in the list is the level's number. */
const levels = (siblings: Siblings) =>
  uniqueLabels(
    list(siblings("supportedTemperatureLevels")).map((name, i) => [i, name] as const),
    "Level",
    16,
  );

const range = limits("minTemperature", "maxTemperature", 100);

export const temperatureControl: ClusterTable = clusterTable({
  cluster: "TemperatureControl",
  id: 0x0056,
  capability: "temperatureControl",
  attributes: { temperatureSetpoint: scaled(100), selectedTemperatureLevel: labelled(levels, "Level") },
  commands: {
    setTemperature: {
      command: "setTemperature",
      id: 0,
      args: (siblings) => {
        const found = range(siblings);
        return {
          ...labelArg("targetTemperatureLevel", levels)(siblings),
          ...(found ? { targetTemperature: { type: "number", unit: "degC", min: found[0], max: found[1] } } : {}),
        };
      },
      fields: ({ targetTemperature, targetTemperatureLevel }, siblings) => {
        if ((targetTemperature === undefined) === (targetTemperatureLevel === undefined))
          return "name either targetTemperature or targetTemperatureLevel";
        if (targetTemperature !== undefined) return { targetTemperature: Math.round(Number(targetTemperature) * 100) };
        const level = numberOf(levels, siblings, targetTemperatureLevel);
        return level === undefined
          ? "targetTemperatureLevel is none of the device's levels"
          : { targetTemperatureLevel: level };
      },
    },
  },
  ignored: ["minTemperature", "maxTemperature", "step", "supportedTemperatureLevels"],
  ranges: { temperatureSetpoint: range },
  types: { selectedTemperatureLevel: labelType(levels) },
});
