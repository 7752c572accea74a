/** Devices of many makers in one house: none is taken for another, and none is asked about. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { dialects } from "../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../adapters/mqtt/ingest.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { House } from "./identity-support.ts";

const corpus = join(import.meta.dirname, "../../../shared/data/mqtt");
const absent = !existsSync(corpus);
if (absent)
  console.warn(`SKIPPED: the recorded messages are not at ${corpus}, so that false merges are not looked for`);

interface Row {
  readonly id: string;
  readonly same_device_as?: string;
  readonly messages: readonly {
    readonly topic: string;
    readonly payload: string;
    readonly dir?: string;
    readonly retain?: boolean;
  }[];
}

/** What the hub makes of each recorded device by itself. */
function nodesOf({ messages }: Row): NodeDescription[] {
  const ingest = createIngest(dialects, "hub");
  const nodes = new Map<string, NodeDescription>();
  let at = 0;
  for (const { topic, payload, dir, retain } of messages) {
    if (dir === "to-device") continue;
    at += 1000;
    for (const input of ingest.receive(topic, payload, retain === true, at).inputs) {
      if (input.kind === "nodeFound") nodes.set(input.node.id, input.node);
      else if (input.kind === "nodeGone") nodes.delete(input.node);
    }
  }
  return [...nodes.values()];
}

const rows: Row[] = [];
/** The row that each node is of; a device recorded on two roads is one. */
const rowOf = new Map<string, string>();
const found = new Map<string, NodeDescription>();

beforeAll(() => {
  if (absent) return;
  for (const file of readdirSync(corpus).filter((f) => f.endsWith(".jsonl")))
    for (const text of readFileSync(join(corpus, file), "utf8").split("\n"))
      if (text.trim()) rows.push(JSON.parse(text) as Row);
  for (const row of rows)
    for (const node of nodesOf(row)) {
      if (found.has(node.id)) continue;
      found.set(node.id, node);
      rowOf.set(node.id, [row.id, row.same_device_as ?? row.id].sort()[0] ?? row.id);
    }
}, 360_000);

/** The same product, another piece of it, paired over Matter: another number, another address. */
function another(node: NodeDescription, i: number): NodeDescription {
  const mac = (0x10_00_00_00_00_00 + i * 4096).toString(16).padStart(12, "0");
  const serial = `SN${(7_919_000_003 + i * 104_729).toString(36)}`;
  return {
    ...node,
    id: `matter-${i}`,
    adapter: "matter",
    dialect: "matter",
    addresses: [`mac:${mac}`, `serial:${serial}`],
    serial,
  };
}

const pairs = (house: House) =>
  [...house.state.identity.groups.values()].map((g) => g.roads.map((r) => r.device).join(" and "));
const areOne = (pair: string, by: string) => new Set(pair.split(by).map((id) => rowOf.get(id))).size === 1;

describe.skipIf(absent)("hundreds of recorded devices of many makers", () => {
  test("are as many devices in one house: no wrong merge, no wrong proposal", () => {
    const house = new House().find(...found.values());
    expect(found.size).toBeGreaterThan(300);
    expect(pairs(house).filter((p) => !areOne(p, " and "))).toEqual([]);
    expect(house.open().filter((key) => !areOne(key, ":"))).toEqual([]);
    expect(house.state.home.nodes.size).toBe(found.size - house.state.identity.formerly.size);
  });

  test("nor beside another piece of each of the products over Matter", () => {
    const house = new House().find(...found.values(), ...[...found.values()].map(another));
    expect(pairs(house).filter((p) => !areOne(p, " and "))).toEqual([]);
    expect(house.open().filter((key) => !areOne(key, ":"))).toEqual([]);
  });

  test("but each that has an address is found again over Matter by it, and only that one", () => {
    const house = new House().find(...found.values());
    const before = house.state.identity.formerly.size;
    const byAddress = [...found.values()].filter((n) => n.addresses.some((a) => /^(mac|ieee):/.test(a)));
    house.find(...byAddress.map((n, i) => ({ ...another(n, i), addresses: n.addresses })));
    const wrong = pairs(house).filter(
      (p) =>
        p.includes("matter-") &&
        !p.split(" and ").some((id) => id === byAddress[Number(/matter-(\d+)/.exec(p)?.[1])]?.id),
    );
    expect(byAddress.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
    expect(house.state.identity.formerly.size - before).toBeGreaterThanOrEqual(byAddress.length * 0.95);
  });
});
