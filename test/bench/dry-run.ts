/**
 * Fifty rules over a year of this home's past: how long it takes to read what they need and to live it again with each of them.
 * The database has a year of five-minute rollups of forty attributes and no raw readings: what a home has after a year.
 *   npx esbuild test/bench/dry-run.ts --bundle --minify-syntax --platform=node --format=esm --packages=external --outfile=.data/bench/dry-run.mjs && node .data/bench/dry-run.mjs [RULES] [DAYS]
 * With EACH=1 each rule is told; with REPORTS=1 a hash over all reports, so that two builds can be compared.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { asking } from "../../hub/main/dry-run/question.ts";
import { TrialThreads } from "../../hub/main/dry-run/threads.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { type HomeRule, ruleDraft } from "../../hub/model/rule/rule.ts";
import type { RuleTrial } from "../../hub/model/rule-trial.ts";
import { inOneGo } from "../../hub/rules/in-one-go.ts";
import { emptyState, step } from "../../hub/step.ts";
import { connect } from "../../hub/storage/connect.ts";
import { SEALED, setHour } from "../../hub/storage/hours.ts";
import { migrations } from "../../hub/storage/migrations/index.ts";
import { openStore } from "../../hub/storage/open.ts";
import { BLOCK, lengthOf, type Resolution, writeRollups } from "../../hub/storage/rollups.ts";
import { HOUR, type Summary } from "../../hub/storage/summary.ts";

const RULES = Number(process.argv[2] ?? 50) || 50;
const DAYS = Number(process.argv[3] ?? 365) || 365;
const DAY = 24 * HOUR;
const NOW = 20_500 * DAY + 9 * HOUR;
const FROM = NOW - DAYS * DAY;
const PASSES = Number(process.env.PASSES ?? 3);
const THREADS = Number(process.env.THREADS ?? 2);
const ROOMS = 10;
const t = { source: "t" };

const device = (id: string, types: string[], capabilities: NodeDescription["endpoints"][number]["capabilities"]) => ({
  ...{ id, name: id, adapter: "mqtt" as const, dialect: "test", addresses: [], silentAfterS: 3 * 3600 },
  endpoints: [{ number: 1, deviceTypes: types, capabilities }],
});
const onOff = { attributes: { onOff: t }, commands: { on: t, off: t } };
const power = { attributes: { activePower: t }, commands: {} };
const nodes = [
  device("grid", ["electricalMeter"], { electricalPowerMeasurement: power }),
  ...Array.from({ length: ROOMS }, (_, i) => [
    device(`lamp-${i}`, ["onOffPlugInUnit"], { onOff, electricalPowerMeasurement: power }),
    device(`motion-${i}`, ["occupancySensor"], { occupancySensing: { attributes: { occupancy: t }, commands: {} } }),
    device(`climate-${i}`, ["temperatureSensor"], {
      temperatureMeasurement: { attributes: { measuredValue: t }, commands: {} },
    }),
  ]).flat(),
];

/** A day like any other, with the noise of a house: repeatable. */
const noise = (n: number, at: number): number => {
  const x = Math.sin(n * 12.9898 + (at / 300_000) * 78.233) * 43_758.5453;
  return x - Math.floor(x);
};
const hour = (at: number) => (at / HOUR) % 24;
const kinds: Readonly<Record<string, (n: number, at: number) => number>> = {
  "grid/1/electricalPowerMeasurement.activePower": (n, at) =>
    400 +
    600 * noise(n, at) -
    3000 * Math.max(0, Math.sin(((hour(at) - 6) / 12) * Math.PI)) * noise(7, Math.floor(at / DAY)),
};
const shape = (key: string): ((n: number, at: number) => number) =>
  kinds[key] ??
  (key.includes("occupancy")
    ? (n, at) => Number(hour(at) > 6 && hour(at) < 23 && noise(n, at) > 0.93)
    : key.includes("onOff.")
      ? (n, at) => Number(hour(at) > 18 + (n % 3) && hour(at) < 22)
      : key.includes("activePower")
        ? (n, at) => (hour(at) > 18 + (n % 3) && hour(at) < 22 ? 40 + 5 * noise(n, at) : 0.5)
        : (n, at) => 20 + 2 * Math.sin((at / DAY) * 2 * Math.PI) + 0.4 * noise(n, at));

function make(folder: string): void {
  const db = connect({ file: join(folder, "hub.db"), migrations, check: false });
  const keys = nodes.flatMap((n) =>
    Object.entries(n.endpoints[0]?.capabilities ?? {}).flatMap(([c, { attributes }]) =>
      Object.keys(attributes).map((a) => `${n.id}/1/${c}.${a}`),
    ),
  );
  const insert = db.prepare(
    "INSERT INTO series (id, key, first, last, kind, value, source) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  db.transaction(() => {
    for (const [i, key] of keys.entries()) {
      const isBoolean = /onOff\.|occupancy/.test(key);
      insert.run(i + 1, key, FROM, NOW, isBoolean ? 1 : 0, shape(key)(i, NOW), "t");
      for (const table of ["rollup_5m", "rollup_1h"] as const) write(db, table, i, key);
    }
    const mark = setHour(db);
    for (let at = FROM; at < NOW; at += HOUR) mark.run(Math.floor(at / HOUR), SEALED);
  })();
  db.close();
}

function write(db: ReturnType<typeof connect>, table: Resolution, n: number, key: string): void {
  const length = lengthOf[table];
  const value = shape(key);
  for (let start = Math.floor(FROM / BLOCK) * BLOCK; start < NOW; start += BLOCK) {
    const block = new Map<number, Summary>();
    for (let at = start; at < start + BLOCK; at += length) {
      const v = Math.round(value(n, at) * 100) / 100;
      block.set(at / length, {
        min: v,
        max: v,
        sum: v * length,
        covered: length,
        count: length / 60_000,
        last: v,
        lastAt: at + length - 7,
      });
    }
    writeRollups(db, table, n + 1, block, "replace");
  }
}

const at = (id: string) => ({ nodes: [id] });
const switched = (id: string, command: string) => ({ kind: "command", target: at(id), capability: "onOff", command });
/** The rules that people write: by motion, by temperature, by the clock, by price and by the sun. */
const made = (i: number): object => {
  const [lamp, motion, climate] = [`lamp-${i % ROOMS}`, `motion-${i % ROOMS}`, `climate-${i % ROOMS}`];
  const dark = { kind: "sun", is: "down" };
  switch (i % 6) {
    case 0:
      return {
        form: "when",
        mode: "restart",
        on: [{ kind: "becomes", target: at(motion), of: "occupancySensing.occupancy", to: true }],
        if: dark,
        do: [switched(lamp, "on"), { kind: "wait", minutes: 10 }, switched(lamp, "off")],
      };
    case 1:
      return {
        form: "when",
        on: [
          {
            kind: "crosses",
            target: at(climate),
            of: "temperatureMeasurement.measuredValue",
            above: 21.9,
            forMinutes: 15,
          },
        ],
        do: [switched(lamp, "off")],
      };
    case 2:
      return {
        form: "when",
        on: [
          { kind: "time", at: "22:30" },
          { kind: "sun", event: "sunset" },
        ],
        do: [switched(lamp, "on")],
      };
    case 3:
      return {
        form: "while",
        while: { kind: "cheapest", hours: 2 + (i % 4), from: "22:00", to: "06:00" },
        keep: [switched(lamp, "on")],
        otherwise: [switched(lamp, "off")],
      };
    case 4:
      return {
        form: "while",
        while: {
          kind: "all",
          of: [
            { kind: "surplusAbove", watts: 500 + 100 * (i % 10) },
            { kind: "between", from: "08:00", to: "20:00" },
          ],
        },
        keep: [switched(lamp, "on")],
      };
    default:
      return {
        form: "while",
        while: {
          kind: "all",
          of: [
            dark,
            {
              kind: "state",
              target: at(climate),
              of: "temperatureMeasurement.measuredValue",
              op: "<",
              value: 20,
              forMinutes: 10,
            },
          ],
        },
        keep: [switched(lamp, "on")],
      };
  }
};

const folder = existsSync(process.argv[4] ?? "")
  ? String(process.argv[4])
  : mkdtempSync(join(tmpdir(), "inglenook-dry-"));
mkdirSync(folder, { recursive: true });
if (!existsSync(join(folder, "hub.db"))) make(folder);
const state = emptyState(
  { name: "H", timeZone: "Europe/Berlin", latitude: 52.5, longitude: 13.4, currency: "EUR" },
  {
    ...{ name: "bands", importPerKwh: 0.4, exportPerKwh: 0.08, standingPerDay: 0, co2Bands: [], co2GPerKwh: 400 },
    importBands: [{ from: "00:00", to: "05:00", perKwh: 0.2 }],
  },
);
for (const node of nodes) step(state, { kind: "nodeFound", node, at: NOW }, NOW);
const quiet = { info: () => {}, warn: () => {}, error: console.error };
const clock = { now: () => NOW };
const store = openStore(folder, { log: quiet, clock });
const rules = Array.from(
  { length: RULES },
  (_, i): HomeRule => ({
    ...ruleDraft.parse({ title: `rule ${i}`, ...made(i) }),
    ...{ id: `r-${i}`, origin: "person", by: "bench", madeAt: 0, changedAt: 0 },
  }),
);

const entry = resolve(".data/bench/trial-worker.mjs");
await build({
  ...{ entryPoints: ["hub/main/dry-run/worker.ts"], outfile: entry, bundle: true, minifySyntax: true },
  ...{ platform: "node", format: "esm", packages: "external" },
});
const threads = new TrialThreads(entry, folder, THREADS);

async function once(what: string): Promise<void> {
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const reports: RuleTrial[] = [];
  const given = { goals: [], plans: new Map(), days: DAYS, now: NOW, brief: !process.env.REPORTS };
  const question = inOneGo(asking(state, rules, given));
  const told = (place: number, report: RuleTrial) => {
    reports[place] = report;
  };
  await threads.carryOut(question, { progress: () => {}, told }, new AbortController().signal);
  const seconds = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  if (process.env.REPORTS)
    console.log(
      `what all reports say: ${createHash("sha256")
        .update(reports.map((r) => JSON.stringify(r)).join(""))
        .digest("hex")
        .slice(0, 16)}`,
    );
  if (process.env.EACH) for (const r of reports) console.log(r.title, r.firings, r.changes);
  const firings = reports.reduce((n, r) => n + r.firings, 0);
  console.log(
    `${what}: ${RULES} rules over ${DAYS} days in ${seconds.toFixed(2)} s (${THREADS} threads, ${((user + system) / 1e6).toFixed(2)} s of processor; ${firings} firings)`,
  );
}

await once("first");
for (let i = 1; i < PASSES; i++) await once("again");
await threads.close();
await store.close();
if (!process.argv[4]) rmSync(folder, { recursive: true });
