/** Any order of merging, parting, losing, returning, replacing and restarting: each reading once, every setting kept. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Merge, Proposal } from "../../hub/model/identity.ts";
import type { NodeDescription, NodeSettings } from "../../hub/model/node.ts";
import { restoreIdentity } from "../../hub/step/identity/keep.ts";
import { placesOf } from "../../hub/step/places.ts";
import type { Places } from "../../hub/step/state.ts";
import { type Effect, emptyState } from "../../hub/step.ts";
import { device, endpoint, House } from "./identity-support.ts";

const DEVICES = 3;
const roadsOf = (i: number): readonly string[] => [`q${i}`, `h${i}`, `m${i}`];
const all = Array.from({ length: DEVICES }, (_, i) => roadsOf(i)).flat();
const dialects: Readonly<Record<string, string>> = { q: "tasmota", h: "ha-discovery", m: "matter" };

const describedAs = (road: string): NodeDescription =>
  device(road, {
    adapter: road.startsWith("m") ? "matter" : "mqtt",
    dialect: dialects[road[0] ?? ""] ?? "",
    endpoints: [endpoint(road.startsWith("m") ? 4 : 1, { temperatureMeasurement: ["measuredValue"] })],
  });

/** What the stores keep, by the effects alone. */
class Kept {
  nodes = new Map<string, NodeDescription>();
  settings = new Map<string, NodeSettings>();
  merges = new Map<string, Merge>();
  proposals = new Map<string, Proposal>();
  places: Places = [];

  take(effects: readonly Effect[]): void {
    for (const e of effects) {
      if (e.kind === "keepNode") this.nodes.set(e.node.id, e.node);
      else if (e.kind === "forgetNode") this.nodes.delete(e.node);
      else if (e.kind === "keepSettings") this.settings.set(e.node, e.settings);
      else if (e.kind === "keepMerge") this.merges.set(e.device, e.merge);
      else if (e.kind === "dropMerge") this.merges.delete(e.device);
      else if (e.kind === "keepProposal") this.proposals.set(e.key, e.proposal);
      else if (e.kind === "dropProposal") this.proposals.delete(e.key);
    }
  }
}

/** The house and, beside it, what a person would expect of it. */
class World {
  house = new House();
  readonly kept = new Kept();
  readonly nodeOf = new Map(all.map((r) => [r, r]));
  readonly place = new Map(all.map((r) => [r, r]));
  readonly reachable = new Set(all);
  readonly names = new Map<string, string>();
  readonly stashed = new Map<string, string | undefined>();
  readonly seen = new Map<string, number>();
  #value = 0;

  constructor() {
    for (const road of all) this.#find(road);
  }

  #do(effects: readonly Effect[]): void {
    this.kept.take(effects);
  }

  #find(road: string): void {
    this.#do(this.house.hear({ kind: "nodeFound", node: describedAs(road), at: this.house.now }));
    this.#do(this.house.reach(road, this.reachable.has(road)));
  }

  roadsAt = (node: string): readonly string[] => all.filter((r) => this.nodeOf.get(r) === node);
  nodes = (): readonly string[] => [...new Set(this.nodeOf.values())];

  merge(i: number, pick: number): void {
    const nodes = [...new Set(roadsOf(i).map((r) => this.nodeOf.get(r) ?? ""))];
    if (nodes.length < 2) return;
    const keep = nodes[pick % nodes.length] ?? "";
    const other = nodes[(pick + 1) % nodes.length] ?? "";
    this.#do(this.house.put({ kind: "merged", keep, other, evidence: [], by: "anna", at: this.house.now }));
    for (const road of this.roadsAt(other)) {
      if (this.place.get(road) === other) this.stashed.set(road, this.names.get(other));
      this.nodeOf.set(road, keep);
    }
    const name = this.names.get(keep) ?? this.names.get(other);
    this.names.delete(other);
    if (name !== undefined) this.names.set(keep, name);
  }

  split(road: string): void {
    const node = this.nodeOf.get(road) ?? "";
    const back = this.place.get(road) ?? "";
    if (back === node) return;
    this.#do(this.house.put({ kind: "split", node, device: road, by: "anna", at: this.house.now }));
    this.nodeOf.set(road, back);
    const name = this.stashed.get(road);
    if (name !== undefined) this.names.set(back, name);
  }

  turn(road: string, isThere: boolean): void {
    if (isThere) this.reachable.add(road);
    else this.reachable.delete(road);
    this.#do(this.house.reach(road, isThere));
  }

  replace(a: number, b: number): void {
    const nodes = this.nodes();
    const [node = "", by = ""] = [nodes[a % nodes.length], nodes[b % nodes.length]];
    if (node === by) return;
    const [ours, theirs] = [this.roadsAt(node), this.roadsAt(by)];
    this.#do(this.house.put({ kind: "replaced", node, by, who: "anna", at: this.house.now }));
    this.kept.places = placesOf(this.house.state);
    for (const [roads, from, to] of [
      [ours, node, by],
      [theirs, by, node],
    ] as const)
      for (const road of roads) {
        this.nodeOf.set(road, to);
        if (this.place.get(road) === from) this.place.set(road, to);
      }
    const name = this.names.get(node) ?? this.names.get(by);
    this.names.delete(by);
    if (name !== undefined) this.names.set(node, name);
    // As replaceNode does it.
    this.kept.settings.set(node, this.house.state.home.nodes.get(node)?.settings ?? {});
    this.kept.settings.delete(by);
    for (const road of ours) this.#find(road);
  }

  name(pick: number, name: string): void {
    const nodes = this.nodes();
    const node = nodes[pick % nodes.length] ?? "";
    const settings = { ...this.house.state.home.nodes.get(node)?.settings, name };
    this.kept.settings.set(node, settings);
    this.#do(this.house.put({ kind: "configured", node, settings, at: this.house.now }));
    this.names.set(node, name);
  }

  restart(): void {
    const { state, now } = this.house;
    const fresh = emptyState(state.home.settings, state.tariff);
    for (const description of this.kept.nodes.values()) {
      const settings = this.kept.settings.get(description.id) ?? {};
      fresh.home.nodes.set(description.id, {
        description,
        settings,
        reachable: "unknown",
        heardAt: 0,
        values: new Map(),
      });
    }
    for (const { device: d, node } of this.kept.places) {
      fresh.places.nodeOf.set(d, node);
      fresh.places.deviceOf.set(node, d);
    }
    restoreIdentity(fresh, [...this.kept.merges.values()], [...this.kept.proposals.values()]);
    this.house = new House(fresh);
    this.house.now = now;
    for (const road of all) this.#find(road);
  }

  /** A device's value changes, and every road that is there tells it. */
  change(i: number): void {
    this.#value += 1;
    const value = this.#value / 100;
    const before = this.house.records().length;
    const there = roadsOf(i).filter((r) => this.reachable.has(r));
    for (const road of there) {
      this.house.now += 50;
      const number = road.startsWith("m") ? 4 : 1;
      this.#do(this.house.read(road, "temperatureMeasurement.measuredValue", value, number));
    }
    this.house.later(1000);
    const wanted = [...new Set(there.map((r) => this.nodeOf.get(r) ?? ""))].sort();
    const records = this.house.records().slice(before);
    expect(records.map((r) => r.slice(0, r.indexOf("/"))).sort()).toEqual(wanted);
    for (const node of wanted) {
      const known = [...(this.house.state.home.nodes.get(node)?.values.values() ?? [])].map((h) => h.value);
      expect(known).toContain(value);
    }
  }

  check(): void {
    const { home } = this.house.state;
    expect([...home.nodes.keys()].sort()).toEqual([...this.nodes()].sort());
    for (const [id, node] of home.nodes) {
      expect([id, node.settings.name]).toEqual([id, this.names.get(id)]);
      expect([id, this.kept.settings.get(id)?.name]).toEqual([id, this.names.get(id)]);
      const isThere = this.roadsAt(id).some((r) => this.reachable.has(r));
      expect([id, node.reachable]).toEqual([id, isThere]);
    }
    const records = this.house.records();
    expect(new Set(records).size).toBe(records.length);
  }
}

const nat = fc.nat(20);
const road = fc.constantFrom(...all);
const which = fc.nat(DEVICES - 1);
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant("merge" as const), which, nat) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("split" as const), road) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("turn" as const), road, fc.boolean()) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("replace" as const), nat, nat) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("name" as const), nat, fc.constantFrom("Boiler", "Lamp", "Fan")) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("restart" as const)) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("change" as const), which) },
);

function play(world: World, [what, ...args]: readonly [string, ...(string | number | boolean)[]]): void {
  const [a, b] = args;
  if (what === "merge") world.merge(Number(a), Number(b));
  else if (what === "split") world.split(String(a));
  else if (what === "turn") world.turn(String(a), b === true);
  else if (what === "replace") world.replace(Number(a), Number(b));
  else if (what === "name") world.name(Number(a), String(b));
  else if (what === "restart") world.restart();
  else world.change(Number(a));
}

test("every reading is kept once and every setting stays, whatever people and networks do", () => {
  fc.assert(
    fc.property(fc.array(deed, { minLength: 1, maxLength: 40 }), (deeds) => {
      const world = new World();
      for (const d of deeds) {
        play(world, d);
        world.check();
      }
    }),
    { numRuns: 300 },
  );
});
