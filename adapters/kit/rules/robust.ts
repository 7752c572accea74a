import { type Heard, sameValue, truthOf } from "../bench.ts";
import { chanceOf } from "../chance.ts";
import type { Device, Said, Truth } from "../firmware.ts";
import { wireText } from "../firmware.ts";
import { broken, misnamed, polluted } from "../hostile.ts";
import { type Grown, type Rule, shown, type Trial, who } from "../trial.ts";

/** Everything that the device may say, besides its announcement. */
const lifeOf = (device: Device): readonly Said[] => [
  ...device.reports,
  ...(device.events ?? []),
  ...(device.offline ?? []),
  ...(device.online ?? []),
];

/** Values that any message of the device may rightly lead to. */
function rightValues(device: Device): ReadonlyMap<string, readonly unknown[]> {
  const right = new Map<string, unknown[]>();
  const reports = [...device.reports, ...(device.events ?? []), ...(device.orders ?? []).flatMap((o) => o.echo)];
  for (const report of reports)
    for (const truth of Object.values(report.says))
      for (const [path, value] of Object.entries(truth)) right.set(path, [...(right.get(path) ?? []), value]);
  return right;
}

function nothingWrong(
  trial: Trial,
  what: string,
  heard: Heard,
  node: string,
  right: ReadonlyMap<string, readonly unknown[]>,
) {
  for (const { path, value } of heard.readings) {
    if (path.node !== node || path.capability === "vendor") continue;
    const key = `${path.endpoint}/${path.capability}.${path.attribute}`;
    const known = right.get(key) ?? [];
    const fits = known.some((v) => sameValue(value, v as typeof value));
    if (!fits) trial.fail(`${what}: ${key} became ${shown(value)}`);
  }
}

/** After all that, the device is read as ever. */
function stillWell(trial: Trial, { bench, node, device }: Grown, what: string): void {
  bench.plug(device);
  const truth: Truth = truthOf(device.reports);
  trial.holds(`${what}, afterwards`, bench.hear(device.reports), node, truth, false);
}

export const robust: readonly Rule[] = [
  {
    id: "robust.no-throw",
    grade: "bronze",
    title: "Nothing that comes over the wire makes the adapter throw",
    fix: "Read JSON with parseObject(), fields with get() and their kin; check before you use.",
    run(trial) {
      trial.looked += 1;
      for (const breach of trial.context.ledger.of("robust.no-throw")) trial.fail(breach);
    },
  },
  {
    id: "robust.truncated",
    grade: "bronze",
    title: "A message that was cut off leads to no wrong value and removes nothing",
    fix: "Take a body that is no whole JSON as no message: say a problem and keep what you know.",
    run: truncated,
  },
  {
    id: "robust.prototype",
    grade: "bronze",
    title: "Keys like __proto__ in bodies and names change nothing but the message that holds them",
    fix: "Read foreign keys with get() and entriesOf(), keep them in a Map, never copy them into plain objects.",
    run: prototypes,
  },
  {
    id: "robust.fuzz",
    grade: "gold",
    title: "Broken messages by the thousand: no throw, no value out of its range, and all is well afterwards",
    fix: "Look at the evidence; the seed in the report breaks the same things again.",
    run: fuzz,
  },
];

const CUTS = 16;

function truncated(trial: Trial): void {
  for (const grown of trial.grown()) {
    const { bench, node, device } = grown;
    const right = rightValues(device);
    for (const said of [...bench.announcement([device]), ...lifeOf(device)]) {
      if (typeof said.body !== "object") continue;
      const text = wireText(said.body);
      for (let n = 1; n < CUTS; n += 1) {
        const cut = text.slice(0, Math.max(1, Math.floor((text.length * n) / CUTS)));
        const heard = bench.hearText(said.topic, cut, said.retained);
        nothingWrong(trial, `${said.topic} cut to ${cut.length} of ${text.length}`, heard, node, right);
        trial.expect(heard.gone.length === 0, () => `${said.topic} cut to ${cut.length}: the device was removed`);
        trial.expect(bench.devices.size === 1, () => `${said.topic} cut to ${cut.length}: ${bench.devices.size} nodes`);
      }
    }
    stillWell(trial, grown, "messages cut off");
  }
}

function prototypes(trial: Trial): void {
  const before = Object.getOwnPropertyNames(Object.prototype).join(" ");
  for (const grown of trial.grown()) {
    const { bench, device } = grown;
    for (const said of [...bench.announcement([device]), ...lifeOf(device)]) {
      const text = polluted(said);
      const texts = [...(text === undefined ? [] : [text]), ...misnamed(said)];
      for (const hostile of texts) bench.hearText(said.topic, hostile, said.retained);
    }
    stillWell(trial, grown, "hostile keys");
  }
  for (const [label, make] of trial.models())
    for (const name of ["__proto__", "constructor", "hasOwnProperty"]) {
      const odd = make(who(7, name));
      const bench = trial.bench(`${label} named ${name}`);
      bench.plug(odd);
      bench.hear(odd.reports);
      trial.expect(bench.devices.size === 1, () => `a ${label} named ${name} became ${bench.devices.size} nodes`);
    }
  const after = Object.getOwnPropertyNames(Object.prototype);
  const clean = after.join(" ") === before;
  trial.expect(clean, () => "a key of a message is now on every object of the process");
  if (!clean)
    for (const name of after) if (!before.split(" ").includes(name)) Reflect.deleteProperty(Object.prototype, name);
}

function fuzz(trial: Trial): void {
  const { fuzz: runs, seed } = trial.context.sizes;
  const chance = chanceOf(seed);
  for (const grown of trial.grown()) {
    const { bench, device } = grown;
    const [first, ...rest] = [...bench.announcement([device]), ...lifeOf(device)];
    if (!first) continue;
    for (let n = 0; n < runs; n += 1) {
      const said = chance.pick([first, ...rest]);
      const { topic, payload } = broken(said, chance);
      bench.hearText(topic, payload, chance.below(2) === 1);
      trial.looked += 1;
    }
    // Other devices, learned fields and other kinds may be there by now; what the maker says counts again.
    const fresh = trial.grow("after the fuzz", device);
    if (fresh) stillWell(trial, fresh, "broken messages");
    bench.plug(device);
    bench.hear(device.reports);
    trial.expect(bench.nodes.size > 0, () => "nothing is known any more after broken messages");
  }
}
