import { bitmap, wireNumber } from "./codecs.ts";
import { clusterTable } from "./table.ts";

/** Matter counts hundredths from open (0) to closed (10,000); the house counts percent open. */
const open = (as: string) => ({
  as,
  decode: (wire: unknown) => {
    if (wire === null) return null;
    const closed = wireNumber(wire);
    return closed === undefined ? undefined : 100 - closed / 100;
  },
});

const closed100ths = (percentOpen: unknown): number => Math.round((100 - Number(percentOpen)) * 100);

const movements = new Map([
  [0, "stopped"],
  [1, "opening"],
  [2, "closing"],
]);

/** Two bits each for the whole, the lift and the tilt (5.3.5.3); the whole tells the movement. */
function movement(wire: unknown): string | undefined {
  const bits = wireNumber(wire);
  if (bits !== undefined) return movements.get(bits & 3);
  if (typeof wire !== "object" || !wire || !Object.hasOwn(wire, "global")) return undefined;
  return movements.get(wireNumber(Reflect.get(wire, "global")) ?? -1);
}

export const windowCovering = clusterTable({
  cluster: "WindowCovering",
  id: 0x0102,
  capability: "windowCovering",
  attributes: {
    currentPositionLiftPercent100ths: open("currentPositionLiftPercentage"),
    currentPositionTiltPercent100ths: open("currentPositionTiltPercentage"),
    safetyStatus: bitmap(),
    operationalStatus: { decode: (wire) => (wire === null ? null : movement(wire)) },
  },
  ignored: ["currentPositionLiftPercentage", "currentPositionTiltPercentage", "configStatus"],
  commands: {
    upOrOpen: { command: "upOrOpen", id: 0 },
    downOrClose: { command: "downOrClose", id: 1 },
    stopMotion: { command: "stopMotion", id: 2 },
    goToLiftPercentage: {
      command: "goToLiftPercentage",
      id: 5,
      fields: ({ liftPercent }) => ({ liftPercent100thsValue: closed100ths(liftPercent) }),
    },
    goToTiltPercentage: {
      command: "goToTiltPercentage",
      id: 8,
      fields: ({ tiltPercent }) => ({ tiltPercent100thsValue: closed100ths(tiltPercent) }),
    },
  },
});
