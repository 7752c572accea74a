import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, type Source, sourcesOf } from "./support/sources.ts";

/** Which rooms each room may import; itself is always allowed. The longest matching prefix counts. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "hub/model": [],
  "hub/ports": ["hub/model"],
  "hub/energy": ["hub/model", "hub/ports"],
  "hub/rules": ["hub/model", "hub/energy"],
  "hub/twin": ["hub/model", "hub/energy", "hub/rules"],
  "hub/planner": ["hub/model", "hub/energy", "hub/rules", "hub/twin"],
  "hub/commands": ["hub/model", "hub/energy", "hub/rules"],
  "hub/step": ["hub/model", "hub/energy", "hub/rules", "hub/ports"],
  "hub/solver": ["hub/model", "hub/ports", "hub/planner"],
  "hub/storage": ["hub/model", "hub/ports", "hub/energy"],
  "hub/http": ["hub/model", "hub/ports"],
  "hub/llm": ["hub/model", "hub/ports"],
  "hub/broker": ["hub/model", "hub/ports"],
  "hub/doctor": ["hub/model", "hub/ports"],
  "hub/planning": ["hub/model", "hub/ports", "hub/energy", "hub/rules", "hub/twin", "hub/planner"],
  "hub/sentences.ts": ["hub/model", "hub/ports", "hub/energy", "hub/commands"],
  "hub/loop.ts": ["hub", "adapters"],
  "hub/main": ["hub", "adapters"],
  "hub/cli": ["hub", "adapters"],
  "adapters/mqtt": ["hub/model", "hub/ports"],
  "adapters/matter": ["hub/model", "hub/ports"],
  "adapters/house": ["hub/model", "hub/ports"],
  "adapters/prices": ["hub/model", "hub/ports"],
  "adapters/kit": ["hub/model", "hub/ports", "adapters/mqtt"],
  dashboard: [],
  "firmware-sim": [],
};

/** The dashboard knows the API by its types alone. */
const typesOnly: Readonly<Record<string, readonly string[]>> = { dashboard: ["hub/http/schemas"] };

const pure = ["hub/model", "hub/energy", "hub/rules", "hub/twin", "hub/planner", "hub/commands", "hub/step"];
const impure = [
  /\bDate\.now\(/,
  /\bnew Date\(\)/,
  /\bMath\.random\(/,
  /\bsetTimeout\(/,
  /\bsetInterval\(/,
  /\bperformance\./,
  /\bprocess\./,
  /\bfetch\(/,
];

const entries = [
  "hub/cli.ts",
  "hub/storage/history-worker.ts",
  "hub/solver/worker.ts",
  "hub/main/dry-run/worker.ts",
  "adapters/matter/process.ts",
  "adapters/matter/bridge-process.ts",
  "hub/llm/process.ts",
  "firmware-sim/main.ts",
  "firmware-sim/matter-device.ts",
  "adapters/kit/foreign/process.ts",
  "adapters/kit/contract.ts",
  "dashboard/main.tsx",
];

const MAX_FILE = 300;
const MAX_FUNCTION = 70;

/** Each exception fails the test when it is no longer needed. */
const exceptions: readonly string[] = [];

const rooms = ["hub", "adapters", "dashboard", "firmware-sim"];
const sources = rooms.flatMap(sourcesOf);
const byPath = new Map(sources.map((s) => [s.path, s]));

const inRoom = (path: string, room: string): boolean =>
  path === room || path.startsWith(`${room}/`) || path.startsWith(`${room}.`);

function roomOf(path: string): string | undefined {
  const held = Object.keys(mayImport).filter(
    (room) => inRoom(path, room) || (room.startsWith("hub/") && path.startsWith(`${room}-`)),
  );
  return held.sort((a, b) => b.length - a.length)[0];
}

function badImports(s: Source): string[] {
  const room = roomOf(s.path);
  if (room === undefined) return [`${s.path} stands in no room`];
  const allowed = [room, ...(mayImport[room] ?? [])];
  const types = typesOnly[room] ?? [];
  return s.imports
    .filter((i) => i.local && !allowed.some((a) => inRoom(i.to, a) || i.to.startsWith(`${room}-`)))
    .filter((i) => !(i.typeOnly && types.some((t) => inRoom(i.to, t))))
    .map((i) => `${s.path} imports ${i.to}`);
}

function impurities(s: Source): string[] {
  if (!pure.some((room) => inRoom(s.path, room))) return [];
  const node = s.imports.filter((i) => i.to.startsWith("node:")).map((i) => `${s.path} imports ${i.to}`);
  return [...node, ...impure.filter((ban) => ban.test(s.text)).map((ban) => `${s.path} uses ${ban.source}`)];
}

function cycles(): string[] {
  const state = new Map<string, "open" | "done">();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    if (state.get(path) === "done") return;
    if (state.get(path) === "open") {
      found.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      return;
    }
    state.set(path, "open");
    for (const i of byPath.get(path)?.imports ?? [])
      if (i.local && !i.typeOnly && byPath.has(i.to)) visit(i.to, [...trail, path]);
    state.set(path, "done");
  };
  for (const s of sources) visit(s.path, []);
  return found;
}

function unreached(): string[] {
  const reached = new Set<string>();
  const visit = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const i of byPath.get(path)?.imports ?? []) if (i.local) visit(i.to);
  };
  for (const e of entries) visit(e);
  return sources.filter((s) => !reached.has(s.path)).map((s) => `${s.path} is imported by nobody`);
}

/** Findings that no exception covers, and exceptions that cover nothing. */
function judged(found: readonly string[], kind: string): string[] {
  const mine = exceptions.filter((e) => e.startsWith(`${kind}: `)).map((e) => e.slice(kind.length + 2));
  const open = found.filter((f) => !mine.some((e) => f.startsWith(e)));
  const idle = mine.filter((e) => !found.some((f) => f.startsWith(e)));
  return [...open, ...idle.map((e) => `the exception for ${e} is no longer needed`)];
}

describe("the house is tidy", () => {
  test("dependencies run one way", () => expect(judged(sources.flatMap(badImports), "import")).toEqual([]));
  test("pure rooms know no clock, no chance and no machine", () =>
    expect(judged(sources.flatMap(impurities), "pure")).toEqual([]));
  test("nothing imports itself in a circle", () => expect(judged(cycles(), "cycle")).toEqual([]));
  test("every file is used", () => expect(judged(unreached(), "dead")).toEqual([]));
  test(`files have at most ${MAX_FILE} lines`, () => {
    const long = sources.filter((s) => s.lines > MAX_FILE).map((s) => `${s.path} has ${s.lines} lines`);
    expect(judged(long, "file")).toEqual([]);
  });
  test(`functions have at most ${MAX_FUNCTION} lines`, () => {
    const long = sources.flatMap((s) =>
      s.functions.filter((f) => f.lines > MAX_FUNCTION).map((f) => `${s.path} ${f.name} has ${f.lines} lines`),
    );
    expect(judged(long, "function")).toEqual([]);
  });
  test("every dialect has payloads of its own to be tested with", () => {
    const dialects = readdirSync(join(root, "adapters/mqtt/dialects"))
      .filter((f) => f !== "index.ts")
      .map((f) => f.replace(/\.ts$/, ""));
    const tests = readdirSync(join(root, "test/adapters/mqtt"), { recursive: true }).map(String);
    expect(dialects.filter((d) => !tests.some((t) => t.includes(d)))).toEqual([]);
  });
});
