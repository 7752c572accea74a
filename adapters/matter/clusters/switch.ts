import { scaled, wireNumber } from "./codecs.ts";
import { bit, field } from "./structs.ts";
import { type ClusterTable, clusterTable, type Siblings } from "./table.ts";

/** SwitchFeature (1.13.4): which of the events tells that a press is over. */
const feature = (siblings: Siblings, name: string, place: number): boolean =>
  bit(siblings("featureMap"), name, place) === true;
const counts = (siblings: Siblings): boolean => feature(siblings, "momentarySwitchMultiPress", 4);
const releases = (siblings: Siblings): boolean => feature(siblings, "momentarySwitchRelease", 2);

const press = (decode: (fields: unknown, siblings: Siblings) => string | null) => [{ attribute: "event", decode }];

const byCount = ["singlePress", "doublePress", "triplePress"];

/** The presses in a row that are over (1.13.7.8); none is told for a press that became a long one. */
function presses(fields: unknown): number | null {
  const count = wireNumber(field(fields, "totalNumberOfPressesCounted"));
  return count === undefined || count < 1 ? null : Math.min(255, Math.floor(count));
}

/**
 * Switch (1.13). Whatever of the optional events a button has, one short press ends in `singlePress`: with counting
 * buttons by the count, with releasing ones by the release, with the plainest by the press itself.
 */
export const switchTable: ClusterTable = clusterTable({
  cluster: "Switch",
  id: 0x003b,
  capability: "switch",
  attributes: { currentPosition: scaled(1) },
  events: {
    switchLatched: press(() => "switched"),
    initialPress: press((_, siblings) => (counts(siblings) || releases(siblings) ? "pressed" : "singlePress")),
    longPress: press(() => "longPress"),
    shortRelease: press((_, siblings) => (counts(siblings) ? "released" : "singlePress")),
    longRelease: press(() => "longReleased"),
    multiPressComplete: [
      {
        attribute: "presses",
        decode: presses,
      },
      ...press((fields) => {
        const count = presses(fields);
        return count === null ? null : (byCount[count - 1] ?? "manyPresses");
      }),
    ],
  },
  ignored: ["numberOfPositions", "multiPressMax"],
});
