import { scaled, wireNumber, writableScaled, writableWords } from "./codecs.ts";
import { type AttributeCodec, type ClusterTable, clusterTable } from "./table.ts";

/** FanModeSequenceEnum (4.4.5.5): the modes that a fan of each kind has. */
const sequences: readonly (readonly string[])[] = [
  ["off", "low", "medium", "high"],
  ["off", "low", "high"],
  ["off", "low", "medium", "high", "auto"],
  ["off", "low", "high", "auto"],
  ["off", "high", "auto"],
  ["off", "high"],
];

/** A bitmap of which at most one bit is set, as a word; the first word is for none. */
function oneBit(names: readonly string[], wireNames: readonly string[]): AttributeCodec {
  return {
    decode: (wire) => {
      if (wire === null) return null;
      const number = wireNumber(wire);
      if (number !== undefined) return number === 0 ? names[0] : names[1 + Math.floor(Math.log2(Math.max(1, number)))];
      if (typeof wire !== "object" || wire === undefined || wire === null) return undefined;
      const set = wireNames.findIndex((name) => Object.hasOwn(wire, name) && Reflect.get(wire, name) === true);
      return names[set + 1];
    },
    encode: (value) => {
      const place = names.indexOf(String(value));
      return place < 0 ? undefined : Object.fromEntries(wireNames.map((name, i) => [name, i + 1 === place]));
    },
  };
}

export const fanControl: ClusterTable = clusterTable({
  cluster: "FanControl",
  id: 0x0202,
  capability: "fanControl",
  attributes: {
    fanMode: writableWords({ 0: "off", 1: "low", 2: "medium", 3: "high", 4: "on", 5: "auto", 6: "smart" }),
    percentSetting: writableScaled(1),
    percentCurrent: scaled(1),
    speedSetting: writableScaled(1),
    speedCurrent: scaled(1),
    rockSetting: oneBit(["still", "leftRight", "upDown", "round"], ["rockLeftRight", "rockUpDown", "rockRound"]),
    windSetting: oneBit(["even", "sleepWind", "naturalWind"], ["sleepWind", "naturalWind"]),
    airflowDirection: writableWords({ 0: "forward", 1: "reverse" }),
  },
  commands: {
    step: {
      command: "step",
      id: 0,
      fields: ({ direction, lowestOff }) => ({
        direction: direction === "decrease" ? 1 : 0,
        wrap: false,
        lowestOff: lowestOff === true,
      }),
    },
  },
  ignored: ["speedMax", "fanModeSequence", "rockSupport", "windSupport"],
  ranges: {
    speedSetting: (siblings) => {
      const most = wireNumber(siblings("speedMax"));
      return most === undefined || most < 1 ? undefined : [0, most];
    },
  },
  types: {
    fanMode: (siblings) => {
      const values = sequences[wireNumber(siblings("fanModeSequence")) ?? -1];
      return values ? { type: "enum", values } : undefined;
    },
  },
});
