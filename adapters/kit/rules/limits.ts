import type { DialectSession } from "../../mqtt/dialect.ts";
import { HUB_ID } from "../bench.ts";
import { withMore } from "../bodies.ts";
import type { Device, Said } from "../firmware.ts";
import { wireText } from "../firmware.ts";
import { collectGarbage } from "../garbage.ts";
import { pureWhile } from "../purity.ts";
import { type Rule, type Trial, who } from "../trial.ts";

const MS_A_MESSAGE = 1;
const DEVICES = 3000;
const MOST_DEVICES = 2500;
const JUNK = 1500;
const JUNK_CHARS = 8000;
const MOST_MB = 8;

const wire = ({ topic, body, retained = false }: Said, at = 0) => ({ topic, payload: wireText(body), retained, at });

export const limits: readonly Rule[] = [
  {
    id: "limits.speed",
    grade: "gold",
    title: "1,000 messages a second leave most of the processor to the rest of the house",
    fix: "Keep what you know of devices in Maps by topic; rebuild a description only when it changes.",
    run: speed,
  },
  {
    id: "limits.memory",
    grade: "gold",
    title: "Memory is bounded, whatever is said and by however many",
    fix: "Give every Map and list of the session a limit and say what is dropped.",
    run(trial) {
      memory(trial);
      devices(trial);
    },
  },
  {
    id: "limits.pure",
    grade: "gold",
    title: "The dialect is pure: no clock, chance, timer, network or file; the same messages give the same answers",
    fix: "Take the time from message.at; leave questions to `publish`; keep what you know in the session.",
    run: pure,
  },
];

/** A session that has heard the device come up. */
function opened(trial: Trial, device: Device): { session: DialectSession; announced: readonly Said[] } {
  const announced = trial.bench("speed").announcement([device]);
  const session = trial.context.dialect.open(HUB_ID);
  for (const said of [...announced, ...device.reports]) session.decode(wire(said));
  return { session, announced };
}

/** The best of three: other work on this machine must not fail a good adapter. */
function speed(trial: Trial): void {
  const { flood } = trial.context.sizes;
  for (const [label, make] of trial.declared()) {
    const device = make(who(1));
    const { session } = opened(trial, device);
    const messages = device.reports.map((r) => wire(r));
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round += 1) {
      const from = performance.now();
      for (let n = 0; n < flood; n += 1) {
        const message = messages[n % messages.length];
        if (message) session.decode(message);
      }
      best = Math.min(best, (performance.now() - from) / flood);
    }
    trial.expect(best < MS_A_MESSAGE / 2, () => `${label}: ${best.toFixed(3)} ms a message`);
  }
}

function memory(trial: Trial): void {
  for (const [label, make] of trial.declared()) {
    const device = make(who(1));
    const { session, announced } = opened(trial, device);
    // Not padEnd: its texts share their parts, so that a thousand of them weigh nothing.
    const junk = (n: number): string => Buffer.alloc(JUNK_CHARS, `kit ${n} `).toString("latin1");
    const flood = (from: number): void => {
      for (let n = from; n < from + JUNK; n += 1) {
        const report = device.reports[n % device.reports.length];
        if (!report) return;
        const base = announced[n % Math.max(1, announced.length)] ?? report;
        session.decode({ ...wire(report), topic: `${report.topic}/${n}`, payload: junk(n) });
        session.decode({ ...wire(base), topic: base.topic.replace(/[^/]+$/, `kit${n}`), payload: junk(n) });
        session.decode({ ...wire(report), payload: junk(n) });
        if (n % 30 === 0) session.decode(wire(withMore(report, report.open ?? "", `kit_${n}`, junk(n))));
        if (n % 50 === 0) session.decode(wire({ ...report, topic: report.topic.replace(/^[^/]*/, `kit${n}`) }));
      }
    };
    flood(0);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    flood(JUNK);
    collectGarbage();
    const grown = (process.memoryUsage().heapUsed - before) / 2 ** 20;
    // The session must still be there when the memory is measured.
    session.decode(wire({ topic: "kit/end", body: "" }));
    trial.expect(grown < MOST_MB, () => `${label}: ${grown.toFixed(1)} MB more after ${3 * JUNK} odd messages`);
  }
}

function devices(trial: Trial): void {
  const [first] = trial.declared();
  if (!first) return;
  const [label, make] = first;
  const many = Array.from({ length: DEVICES }, (_, n) => make(who(n + 10)));
  const bench = trial.bench(`${DEVICES} devices`);
  const said = [...bench.announcement(many), ...many.flatMap((d) => d.reports.slice(0, 1))];
  bench.hear(said, { mute: true });
  const { size } = bench.nodes;
  trial.expect(
    size <= MOST_DEVICES,
    () => `${label}: of ${DEVICES} announced devices ${size} are kept; there is no limit`,
  );
}

function pure(trial: Trial): void {
  for (const [label, make] of trial.declared()) {
    const device = make(who(1));
    const announced = trial.bench(label).announcement([device]);
    const messages = [...announced, ...device.reports, ...(device.events ?? [])].map((said) => wire(said, 5));
    const run = (): string => {
      const session = trial.context.dialect.open(HUB_ID);
      const ids = new Set<string>();
      const said = messages.map((message) => {
        const decoded = session.decode(message);
        for (const node of decoded?.nodes ?? []) ids.add(node.id);
        return decoded ?? null;
      });
      const orders = [...ids].flatMap((node) => (device.orders ?? []).map((o) => session.encode(commandOf(node, o))));
      return JSON.stringify([said, orders]);
    };
    const outcome = pureWhile(run);
    for (const used of outcome.used) trial.expect(false, () => `${label}: it uses ${used}`);
    trial.expect(outcome.result === pureWhile(run).result, () => `${label}: the same messages gave different answers`);
  }
}

function commandOf(node: string, order: NonNullable<Device["orders"]>[number]) {
  const [, endpoint = "0", capability = "", command = ""] = /^(\d+)\/([^.]*)\.(.*)$/.exec(order.command) ?? [];
  return { target: { node, endpoint: Number(endpoint) }, capability, command, args: order.args ?? {} };
}
