/**
 * How fast the core lives with the rules of people: 1,000 rules over 1,000 devices of which every one is watched. Readings a
 * second that start a rule and come to a command, readings a second that start nothing, and how long one tick takes that
 * judges them all. Each beside the same home without any rule: what is printed is the ratio.
 *   npx esbuild test/bench/rules.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/rules.mjs && node .data/bench/rules.mjs [devices] [rules]
 */
import { type HomeRule, ruleDraft } from "../../hub/model/rule/rule.ts";
import { type CoreState, step } from "../../hub/step.ts";
import { homeOf, START, told } from "../rules/random-rules.ts";

const DEVICES = Number(process.argv[2] ?? 1000) || 1000;
const RULES = Number(process.argv[3] ?? 1000) || 1000;
const ROUNDS = 5;

const kept = (id: string, written: object): HomeRule => ({
  ...ruleDraft.parse({ title: id, ...written }),
  ...{ id, origin: "person", by: "bench", madeAt: START, changedAt: START },
});

const lamp = (i: number) => ({ nodes: [`lamp-${i % (DEVICES / 2)}`] });
const sensor = (i: number) => ({ nodes: [`sensor-${i % (DEVICES / 2)}`] });
const measured = "temperatureMeasurement.measuredValue";

/** Half are started by a sensor, with a condition; half keep a lamp so while a sensor says something. */
const rules: HomeRule[] = Array.from({ length: RULES }, (_, i) =>
  i % 2 === 0
    ? kept(`when-${i}`, {
        form: "when",
        on: [{ kind: "crosses", target: sensor(i / 2), of: measured, above: 20 }],
        if: { kind: "state", target: sensor(i / 2), of: measured, op: "<", value: 90 },
        do: [{ kind: "command", target: lamp(i / 2), capability: "onOff", command: "toggle" }],
      })
    : kept(`while-${i}`, {
        form: "while",
        while: { kind: "state", target: sensor(i), of: measured, op: ">", value: 95 },
        keep: [{ kind: "command", target: lamp(i), capability: "onOff", command: "on" }],
      }),
);

function house(own: readonly HomeRule[]): CoreState {
  const state = homeOf(DEVICES / 2, DEVICES / 2);
  step(state, { kind: "homeRulesSet", rules: own }, START);
  for (let i = 0; i < DEVICES / 2; i++) step(state, told(`lamp-${i}`, "onOff", "onOff", false, START), START);
  for (let i = 0; i < DEVICES / 2; i++)
    step(state, told(`sensor-${i}`, "temperatureMeasurement", "measuredValue", 15, START), START);
  step(state, { kind: "tick", at: START }, START);
  return state;
}

interface Figures {
  /** us a reading that a rule is started by. */
  readonly starting: number;
  /** us a reading that starts nothing. */
  readonly quiet: number;
  /** ms a tick. */
  readonly tick: number;
  readonly sent: number;
}

function measure(own: readonly HomeRule[]): Figures {
  const state = house(own);
  let now = START;
  let sent = 0;
  const readings = (value: number): number => {
    const from = performance.now();
    for (let i = 0; i < DEVICES / 2; i++) {
      const effects = step(state, told(`sensor-${i}`, "temperatureMeasurement", "measuredValue", value, now), now);
      for (const e of effects) if (e.kind === "send") sent += 1;
    }
    return ((performance.now() - from) * 1000) / (DEVICES / 2);
  };
  const tick = (): number => {
    now += 61_000;
    const from = performance.now();
    step(state, { kind: "tick", at: now }, now);
    return performance.now() - from;
  };
  let [starting, quiet, ticks] = [0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    starting += readings(25) / ROUNDS;
    // What was sent is given up: the next round may send again.
    ticks += tick() / (2 * ROUNDS);
    quiet += readings(15) / ROUNDS;
    ticks += tick() / (2 * ROUNDS);
  }
  return { starting, quiet, tick: ticks, sent };
}

measure([]);
measure(rules);
const bare = measure([]);
const ruled = measure(rules);
const ratio = (a: number, b: number): string => `${(a / b).toFixed(1)} x`;
console.log(`${RULES} rules over ${DEVICES} devices, ${ROUNDS} rounds, ${ruled.sent} commands sent`);
console.log(
  `a reading that starts a rule with a condition and a command: ${ruled.starting.toFixed(1)} us, ${ratio(ruled.starting, bare.starting)} one without rules (${bare.starting.toFixed(1)} us); ${Math.round(1e6 / ruled.starting)} a second`,
);
console.log(
  `a reading that starts nothing: ${ruled.quiet.toFixed(1)} us, ${ratio(ruled.quiet, bare.quiet)} one without rules (${bare.quiet.toFixed(1)} us)`,
);
console.log(
  `a tick that judges all of them: ${ruled.tick.toFixed(2)} ms, without rules ${bare.tick.toFixed(2)} ms; ${Math.round((RULES / ruled.tick) * 1000)} rules a second`,
);
