import { scaled, wireNumber } from "./codecs.ts";
import { labelled, uniqueLabels } from "./labels.ts";
import { field, label, list } from "./structs.ts";
import { type AttributeCodec, type ClusterTable, type CommandCodec, clusterTable, type Siblings } from "./table.ts";

/** Ids of states and errors from here on are the maker's own (1.14.4.1). */
const MAKERS = 0x80;
const LONGEST = 64;

const general = ["stopped", "running", "paused", "error"];
/** RVC states from 0x40 on (7.4.5.1). */
const robot = [
  ...["seekingCharger", "charging", "docked", "emptyingDustBin", "cleaningMop", "fillingWaterTank", "updatingMaps"],
];
const errors = ["none", "can't start or resume", "can't complete the run", "not possible in this state"];
const robotErrors = [
  ...["can't find the dock", "stuck", "dust bin missing", "dust bin full", "water tank empty", "water tank missing"],
  ...["water tank lid open", "mop pad missing", "low battery", "can't reach the area", "dirty water tank full"],
  ...["dirty water tank missing", "wheels jammed", "brush jammed", "sensor covered"],
];

/** A state of the maker's own is no state of the house: it counts as none. */
const state = (words: readonly string[]): AttributeCodec => ({
  decode: (wire) => {
    if (wire === null) return null;
    const id = wireNumber(wire);
    if (id === undefined) return undefined;
    return id >= MAKERS && id <= 0xff ? null : id >= 0x40 ? words[id - 0x40] : general[id];
  },
});

/** ErrorStateStruct (1.14.4.4): the device's own words before the standard's. */
const error: AttributeCodec = {
  decode: (wire) => {
    if (wire === null) return null;
    const id = wireNumber(field(wire, "errorStateId"));
    if (id === undefined) return undefined;
    const said = label(field(wire, "errorStateLabel"), LONGEST);
    return said ?? (id >= 0x40 ? robotErrors[id - 0x40] : errors[id]) ?? `error ${id}`.slice(0, LONGEST);
  },
};

const phases = (siblings: Siblings) =>
  uniqueLabels(
    list(siblings("phaseList")).map((name, i) => [i, name] as const),
    "Part",
    LONGEST,
  );

/** Operational State (1.14) and what derives from it; `offered` are the commands that the house may give. */
function operational(
  cluster: string,
  id: number,
  states: readonly string[],
  offered: Readonly<Record<string, CommandCodec>>,
): ClusterTable {
  return clusterTable({
    cluster,
    id,
    capability: `${cluster.charAt(0).toLowerCase()}${cluster.slice(1)}`,
    attributes: {
      operationalState: state(states),
      currentPhase: labelled(phases, "Part"),
      countdownTime: scaled(1),
      operationalError: error,
    },
    commands: offered,
    ignored: ["phaseList", "operationalStateList"],
  });
}

const pause = { command: "pause", id: 0 };
const stop = { command: "stop", id: 1 };
const start = { command: "start", id: 2 };
const resume = { command: "resume", id: 3 };

export const operationalState = operational("OperationalState", 0x0060, [], { pause, stop, start, resume });
/** Without start: an oven is never heated from afar. */
export const ovenCavityOperationalState = operational("OvenCavityOperationalState", 0x0048, [], { stop });
export const rvcOperationalState = operational("RvcOperationalState", 0x0061, robot, {
  pause,
  resume,
  goHome: { command: "goHome", id: 128 },
});
