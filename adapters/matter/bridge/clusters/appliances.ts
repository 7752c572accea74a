import { type Asks, ask, bridgeCluster, type Fields, type Held, hasCommand, type Source } from "../table.ts";
import { numberIn, numberOf } from "./codecs.ts";

const O = "operationalState";
const states = { stopped: 0, running: 1, paused: 2, error: 3 };

const stateOf = (held: Held): number | undefined => numberOf(states, held(`${O}.operationalState`));

/** CommandInvalidInState (1.14.5.3) for what the device or the hub refused. */
const reply = (refusal: string | undefined): Fields => ({
  commandResponseState:
    refusal === undefined ? { errorStateId: 0 } : { errorStateId: 3, errorStateDetails: refusal.slice(0, 64) },
});

const command = (name: string) => (): Asks => [ask(O, name)];

/** An operation that ran and runs no longer is over: well, or with an error (1.14.7.2). */
const completion = (before: Fields, after: Fields) =>
  before.operationalState === states.running &&
  (after.operationalState === states.stopped || after.operationalState === states.error)
    ? [
        {
          name: "operationCompletion",
          payload: { completionErrorCode: after.operationalState === states.error ? 2 : 0 },
        },
      ]
    : [];

const accepts = (name: string, s: Source): boolean => hasCommand(s, O, name);

export const operationalState = bridgeCluster({
  cluster: "OperationalState",
  fixed: () => ({
    phaseList: null,
    currentPhase: null,
    operationalStateList: [0, 1, 2, 3].map((operationalStateId) => ({ operationalStateId })),
  }),
  blank: () => ({ operationalState: 0, operationalError: { errorStateId: 0 } }),
  state: (held) => {
    const state = stateOf(held);
    if (state === undefined) return undefined;
    return { operationalState: state, operationalError: { errorStateId: state === states.error ? 2 : 0 } };
  },
  events: completion,
  commands: { pause: command("pause"), resume: command("resume"), start: command("start"), stop: command("stop") },
  replies: { pause: reply, resume: reply, start: reply, stop: reply },
  accepts,
});

const IDLE = 1;
const CLEANING = 2;
/** The tags of the two modes that a vacuum cleaner must have (7.2.7.1). */
const runModes = [
  { label: "Idle", mode: IDLE, modeTags: [{ value: 0x4000 }] },
  { label: "Cleaning", mode: CLEANING, modeTags: [{ value: 0x4001 }] },
];

const runMode = (held: Held): number | undefined => {
  const state = stateOf(held);
  return state === undefined ? undefined : state === states.running || state === states.paused ? CLEANING : IDLE;
};

export const rvcRunMode = bridgeCluster({
  cluster: "RvcRunMode",
  fixed: () => ({ supportedModes: runModes }),
  blank: () => ({ currentMode: IDLE }),
  state: (held) => {
    const currentMode = runMode(held);
    return currentMode === undefined ? undefined : { currentMode };
  },
  commands: {
    changeToMode: (fields, held) => {
      const mode = numberIn(fields, "newMode");
      if (mode === runMode(held)) return [];
      if (mode === CLEANING) return [ask(O, "start")];
      return mode === IDLE ? [ask(O, "stop")] : { constraint: "there is no such mode" };
    },
  },
  replies: {
    changeToMode: (refusal) =>
      refusal === undefined ? { status: 0, statusText: "" } : { status: 3, statusText: refusal.slice(0, 64) },
  },
});

export const rvcOperationalState = bridgeCluster({
  cluster: "RvcOperationalState",
  fixed: () => ({
    phaseList: null,
    currentPhase: null,
    operationalStateList: [0, 1, 2, 3].map((operationalStateId) => ({ operationalStateId })),
  }),
  blank: () => ({ operationalState: 0, operationalError: { errorStateId: 0 } }),
  state: operationalState.state,
  events: completion,
  commands: { pause: command("pause"), resume: command("resume") },
  replies: { pause: reply, resume: reply },
  accepts,
});
