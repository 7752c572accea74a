import { type BridgeEvent, bridgeCluster } from "../table.ts";

const PRESSED = 1;
const MOST = 5;

const press: BridgeEvent = { name: "initialPress", payload: { newPosition: PRESSED } };
const release: BridgeEvent = { name: "shortRelease", payload: { previousPosition: PRESSED } };

/** A finished row of presses as Matter tells it while it happens (1.13.7). */
function row(count: number): BridgeEvent[] {
  const events = [press, release];
  for (let n = 2; n <= count; n++)
    events.push(
      press,
      { name: "multiPressOngoing", payload: { newPosition: PRESSED, currentNumberOfPressesCounted: n } },
      release,
    );
  events.push({
    name: "multiPressComplete",
    payload: { previousPosition: PRESSED, totalNumberOfPressesCounted: count },
  });
  return events;
}

/** What the makers' words mean; a press that is only told as begun or let go is told when its kind is known. */
const happenings: Readonly<Record<string, () => readonly BridgeEvent[]>> = {
  singlePress: () => row(1),
  doublePress: () => row(2),
  triplePress: () => row(3),
  manyPresses: () => row(4),
  longPress: () => [press, { name: "longPress", payload: { newPosition: PRESSED } }],
  longReleased: () => [{ name: "longRelease", payload: { previousPosition: PRESSED } }],
};

export const switchCluster = bridgeCluster({
  cluster: "Switch",
  features: () => [
    "MomentarySwitch",
    "MomentarySwitchRelease",
    "MomentarySwitchLongPress",
    "MomentarySwitchMultiPress",
  ],
  fixed: () => ({ numberOfPositions: 2, currentPosition: 0, multiPressMax: MOST }),
  happens: (key, value) =>
    key === "switch.event" && typeof value === "string" && Object.hasOwn(happenings, value)
      ? (happenings[value]?.() ?? [])
      : [],
});
