import { words } from "./codecs.ts";
import { field, partOf, truth, word } from "./structs.ts";
import { type ClusterTable, clusterTable } from "./table.ts";

const positions = [
  ...["fullyClosed", "fullyOpened", "partiallyOpened", "openedForPedestrian", "openedForVentilation"],
  "openedAtSignature",
];
const targets = [
  ...["moveToFullyClosed", "moveToFullyOpen", "moveToPedestrianPosition", "moveToVentilationPosition"],
  "moveToSignaturePosition",
];

/** Closure Control (5.4). */
export const closureControl: ClusterTable = clusterTable({
  cluster: "ClosureControl",
  id: 0x0104,
  capability: "closureControl",
  attributes: {
    mainState: words({
      ...{ 0: "stopped", 1: "moving", 2: "waitingForMotion", 3: "error", 4: "calibrating", 5: "protected" },
      ...{ 6: "disengaged", 7: "setupRequired" },
    }),
  },
  parts: {
    position: partOf("overallCurrentState", (state) => word(positions)(field(state, "position"))),
    latched: partOf("overallCurrentState", (state) => truth(field(state, "latch"))),
    secure: partOf("overallCurrentState", (state) => truth(field(state, "secureState"))),
  },
  commands: {
    stop: { command: "stop", id: 0 },
    moveTo: { command: "moveTo", id: 1, fields: ({ position }) => ({ position: targets.indexOf(String(position)) }) },
  },
});
