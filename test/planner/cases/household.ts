/** A home with a hub in virtual time: simulated devices, the real core, the real desk of policies and the real solver. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { createLoop } from "../../../hub/loop.ts";
import { checkContextOf } from "../../../hub/main/check-context.ts";
import type { Goal } from "../../../hub/model/goal/index.ts";
import type { Home } from "../../../hub/model/home.ts";
import type { CapabilityInstance } from "../../../hub/model/node.ts";
import { parsePath } from "../../../hub/model/path.ts";
import type { Policy } from "../../../hub/model/policy.ts";
import { createPolicies, type PolicyDesk } from "../../../hub/planning/policies/desk.ts";
import type { Store } from "../../../hub/ports.ts";
import { SolverThread } from "../../../hub/solver/thread.ts";
import { type CoreState, type Effect, emptyState, type Input } from "../../../hub/step.ts";
import { openStore } from "../../../hub/storage/open.ts";

import { demoHome, idOf } from "../demo-home.ts";
import { type Life, MINUTE, obey, QUARTER, told } from "./simulated.ts";
import type { Market } from "./tariffs.ts";

const root = join(import.meta.dirname, "../../..");

/** A solver's thread made of the sources as they are. */
export function solverOfSources(): SolverThread {
  const folder = join(root, "node_modules/.cache/inglenook-test");
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, `solver-worker-${process.pid}.mjs`);
  const entryPoints = [join(root, "hub/solver/worker.ts")];
  buildSync({ entryPoints, outfile: entry, bundle: true, platform: "node", format: "esm", packages: "external" });
  return new SolverThread({ entry });
}

/** Documents are kept as always; the past is the simulated home's own. */
function storeOver(folder: string, life: Life): Store {
  const log = { info() {}, warn() {}, error() {} };
  const store = openStore(folder, { log, clock: { now: () => life.world.at } });
  const history: Store["history"] = async ({ key, from, to }) => {
    const buckets = life.buckets.get(key) ?? [];
    const place = (at: number) => Math.max(0, Math.ceil((at - (buckets[0]?.at ?? 0)) / QUARTER));
    return buckets.slice(place(from), place(to));
  };
  return Object.assign(store, { history, energy: async () => [], appendReadings: () => undefined });
}

/** The demo home with an inverter that can be told to give less, and a charger that tells its current. */
function equipped(home: Home): Home {
  const told = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { source: `test#${name}` }]));
  const add = (name: string, capability: string, instance: CapabilityInstance) => {
    const node = home.nodes.get(idOf(name));
    if (!node) throw new Error(`there is no ${name}`);
    const endpoints = node.description.endpoints.map((e) => {
      const { attributes = {}, commands = {} } = e.capabilities[capability] ?? {};
      const whole = {
        attributes: { ...attributes, ...instance.attributes },
        commands: { ...commands, ...instance.commands },
      };
      return { ...e, capabilities: { ...e.capabilities, [capability]: whole } };
    });
    node.description = { ...node.description, endpoints };
  };
  add("Solar", "solarControl", { attributes: told("limit"), commands: told("set") });
  add("EV charger", "energyEvse", { attributes: told("maximumChargeCurrent"), commands: {} });
  return home;
}

/** A hub in a home that lives on from where it is. */
export class Household {
  readonly life: Life;
  readonly desk: PolicyDesk;
  /** Commands that reached a device, and those that none understood. */
  readonly sent: string[] = [];
  readonly lost: string[] = [];
  readonly #state: CoreState;
  readonly #put: (input: Input) => boolean;
  readonly #store: Store;
  readonly #folder = mkdtempSync(join(tmpdir(), "inglenook-case-"));
  #before = new Map<string, unknown>();

  constructor(life: Life, market: Market, solver: SolverThread) {
    this.life = life;
    const now = () => life.world.at;
    const home = equipped(demoHome());
    const { params } = life.world;
    const settings = { ...home.settings, timeZone: params.timeZone, ...params.site };
    this.#state = emptyState(settings, market.knownAt(now()), {
      ...emptyState(settings, market.whole).limits,
      confirmMs: 3 * MINUTE,
    });
    const loop = createLoop({
      state: this.#state,
      now,
      carryOut: (effect) => this.#carryOut(effect),
      failed: (error) => {
        throw error;
      },
    });
    this.#put = loop.put;
    for (const { description, settings: own } of home.nodes.values()) {
      loop.put({ kind: "nodeFound", node: description, at: now() });
      loop.put({ kind: "configured", node: description.id, settings: own, at: now() });
    }
    this.#store = storeOver(this.#folder, life);
    let ids = 0;
    this.desk = createPolicies({
      home: () => this.#state.home,
      store: this.#store,
      now,
      tariff: () => market.knownAt(now()),
      presence: () => ({ home: life.world.state.people > 0 }),
      planRules: () => [],
      house: () => checkContextOf(this.#state, now()),
      sha256: (text) => createHash("sha256").update(text).digest("hex"),
      newId: () => `policy-${ids++}`,
      tell: () => undefined,
      audit: () => undefined,
      rulesChanged: () => loop.put({ kind: "policyRulesSet", rules: this.desk.rules(), guards: this.desk.guards() }),
      yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
      // Nobody reads here why.
      schedule: (problem, haste) => solver.schedule(problem, { ...haste, reasonsMs: 0 }),
      solve: (model, limits) => solver.solve(model, { gap: 0, nodes: 1, shadowPrices: false }, limits),
    });
    this.#market = market;
    this.#tell();
  }

  readonly #market: Market;

  /** Proposes a policy and waits for its trial on the past. Throws where there is none. */
  async tried(goals: readonly Goal[]): Promise<Policy> {
    const answer = await this.desk.propose(goals, "Spend least", "anna");
    if (!answer.ok) throw new Error(answer.reason);
    await this.desk.idle();
    return this.desk.list().find((p) => p.id === answer.policy.id) ?? answer.policy;
  }

  /** Lives on for so long with what is approved. `each` is called every minute. */
  async live(minutes: number, each: () => void = () => undefined): Promise<void> {
    for (let k = 0; k < minutes; k++) {
      const at = this.life.world.at;
      this.#put({ kind: "tariffSet", tariff: this.#market.knownAt(at) });
      this.#tell();
      await this.desk.look();
      this.#put({ kind: "tick", at, steadyMs: at });
      this.life.minute();
      each();
    }
  }

  async close(): Promise<void> {
    await this.#store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** As devices do: what has changed at once, all else each ten minutes. */
  #tell(): void {
    const { world } = this.life;
    const readings = told(world).flatMap(([key, value]) => {
      const path = parsePath(key);
      if (!path || (this.#before.get(key) === value && world.at % (10 * MINUTE) !== 0)) return [];
      this.#before.set(key, value);
      return [{ path, value, at: world.at, source: "simulated" }];
    });
    this.#put({ kind: "readings", readings });
  }

  #carryOut(effect: Effect): void {
    if (effect.kind !== "send") return;
    const { command, id } = effect;
    const at = this.life.world.at;
    const understood = obey(this.life.world.state, command);
    (understood ? this.sent : this.lost).push(`${at} ${command.target.node} ${command.capability}.${command.command}`);
    this.#put({ kind: "answered", id, result: understood ? { ok: true } : { ok: false, reason: "unknown" }, at });
    this.#tell();
  }
}
