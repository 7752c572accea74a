import type { Command, Origin } from "../../../hub/model/command.ts";
import { emptyHome, type Home, type NodeState } from "../../../hub/model/home.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import type { Plan, Wish } from "../../../hub/model/plan.ts";
import type { Tariff } from "../../../hub/model/tariff.ts";
import type {
  BridgeStatus,
  BrokerStatus,
  Hub,
  HubEvent,
  Identity,
  KeptMapping,
  MatterHome,
  ProposalView,
  ProposedNode,
  RuleStatus,
} from "../../../hub/ports.ts";
import { memoryStore } from "./memory-store.ts";
import { noFinds } from "./no-finds.ts";
import { noMoney } from "./no-money.ts";
import { noPolicies } from "./no-policies.ts";
import { smallHouse } from "./small-house.ts";
import { smallRules } from "./small-rules.ts";
import { smallTraces } from "./small-traces.ts";

export const XSS = `<img src=x onerror="alert('1')"></script><b>&`;

/** A lamp with one attribute of its maker's own, under a name that a hostile device might give itself. */
const lamp: NodeDescription = {
  id: "mqtt-lamp",
  name: XSS,
  vendor: "IKEA",
  adapter: "mqtt",
  dialect: "zigbee2mqtt",
  addresses: [],
  endpoints: [
    {
      number: 1,
      deviceTypes: ["dimmableLight"],
      capabilities: {
        onOff: {
          attributes: { onOff: { source: "zigbee2mqtt/lamp#state" } },
          commands: { on: { source: "zigbee2mqtt/lamp/set#state" }, off: { source: "zigbee2mqtt/lamp/set#state" } },
        },
        levelControl: {
          attributes: { currentLevel: { source: "zigbee2mqtt/lamp#brightness" } },
          commands: { moveToLevel: { source: "zigbee2mqtt/lamp/set#brightness" } },
        },
        vendor: {
          attributes: {
            power_on_behavior: {
              source: "zigbee2mqtt/lamp#power_on_behavior",
              type: { type: "enum", values: ["off", "on", "previous"] },
              label: "Power-on behavior",
              writable: true,
            },
          },
          commands: { set: { source: "zigbee2mqtt/lamp/set#" } },
        },
      },
    },
  ],
};

const thermostat: NodeDescription = {
  id: "matter-thermostat",
  name: "Thermostat",
  adapter: "matter",
  dialect: "matter",
  addresses: [],
  silentAfterS: 600,
  endpoints: [
    {
      number: 1,
      deviceTypes: ["thermostat"],
      capabilities: {
        thermostat: {
          attributes: {
            localTemperature: { source: "thermostat.localTemperature" },
            occupiedHeatingSetpoint: {
              source: "thermostat.occupiedHeatingSetpoint",
              type: { type: "number", unit: "degC", min: 7, max: 30, step: 0.5 },
            },
          },
          commands: { set: { source: "write" } },
        },
      },
    },
  ],
};

const state = (description: NodeDescription): NodeState => ({
  description,
  settings: {},
  reachable: true,
  heardAt: 0,
  values: new Map(),
});

const tariff: Tariff = {
  name: "Day and night",
  importBands: [{ from: "22:00", to: "06:00", perKwh: 0.2 }],
  importPerKwh: 0.3,
  exportPerKwh: 0.08,
  standingPerDay: 0.4,
  co2Bands: [],
  co2GPerKwh: 380,
};

const plan: Plan = {
  id: "plan-1",
  goal: "spend least",
  state: "verified",
  reason: "all checks passed",
  proposal: {
    strategy: "shift",
    node: lamp.id,
    params: {},
    title: XSS,
    because: "cheaper",
    madeBy: { kind: "planner" },
    rules: [],
  },
  hash: "abc",
  createdAt: 1,
};

export interface SmallHub extends Hub {
  readonly store: ReturnType<typeof memoryStore>;
  readonly commands: { readonly command: Command; readonly origin: Origin }[];
  readonly listeners: Set<(event: HubEvent) => void>;
  readonly removed: string[];
  time: number;
  emit(event: HubEvent): void;
}

/** A hub of two devices and one plan on the real model's home, with a clock that the test sets. */
export function smallHub(): SmallHub {
  const home = emptyHome({ name: "Home", timeZone: "Europe/Berlin", latitude: 52, longitude: 13, currency: "EUR" });
  for (const d of [lamp, thermostat]) home.nodes.set(d.id, state(d));
  const plans: Plan[] = [plan];
  const wishes: Wish[] = [];
  const brokers = new Map<string, BrokerStatus>();
  const mappings = new Map<string, KeptMapping>();
  let announced = { homie: false, homeAssistant: false };
  const bridges: BridgeStatus[] = [];
  let costs = tariff;
  const rule: RuleStatus = {
    rule: {
      id: "rule-1",
      title: "R",
      when: { kind: "priceBelow", perKwh: 1 },
      then: [],
      origin: "plan",
      enabled: true,
    },
    words: "when cheap",
    holds: "unknown",
    reason: "no price",
  };
  const model = {
    ...{ id: "tiny", name: "Tiny", licence: "Apache-2.0", sizeBytes: 1, sha256: "00", fetchedBytes: 0 },
    ...{ hashFrom: "the test", memoryBytes: 1, memoryMeasured: false, fits: true, added: false },
  };
  const store = memoryStore();
  const { homeRules, blueprints, ruleExchange, switches, numbers } = smallRules(
    home,
    store,
    { now: () => hub.time },
    tariff,
  );
  const hub: SmallHub = {
    time: 1_800_000_000_000,
    commands: [],
    listeners: new Set(),
    removed: [],
    home,
    store,
    clock: { now: () => hub.time },
    policies: noPolicies,
    finds: noFinds,
    planning: {
      state(text, by) {
        if (text === "nonsense") throw new RangeError("is too short");
        const wish: Wish = {
          ...{ id: `wish-${wishes.length + 1}`, text, by, at: hub.time, state: "reading", progress: "", goals: [] },
          ...{ refused: [], readBy: "planner" },
        };
        wishes.push(wish);
        return wish;
      },
      stateGoals: (goals, by) => {
        if (goals.length > 2) throw new RangeError("goals.2.target: the charge must be between 10 and 100, not 7");
        const wish: Wish = {
          id: "formed",
          text: "",
          by,
          at: hub.time,
          state: "planning",
          progress: "",
          goals,
          refused: [],
          readBy: "form",
        };
        wishes.push(wish);
        return wish;
      },
      offer: (goals, text, by) => hub.planning.stateGoals(goals, `${by} ${text}`),
      choices: () => ({
        things: [{ node: "lamp", name: "Lamp", kind: "light" }],
        rooms: [{ name: "Hall", heated: false }],
      }),
      confirm: (id, goals) => {
        const wish = wishes.find((w) => w.id === id);
        if (!wish) throw new RangeError("wish: there is none");
        return Object.assign(wish, { goals, state: "planning" });
      },
      cancel: () => {},
      wishes: () => wishes,
      plans: () => plans,
      approve: (_, hash) => (hash === plan.hash ? { ok: true } : { ok: false, reason: "the plan has changed" }),
      reject: () => true,
      end: () => false,
      measure: async () => plan,
      learned: async () => ({ at: 0, from: 0, to: 0, days: 0, testedDays: 0, models: [], predictions: [] }),
      loads: async () => ({ at: 0, from: 0, to: 0, loads: [], leftOut: 0 }),
    },
    models: {
      list: () => [{ ...model, state: "absent", note: "", recommended: true }],
      advice: () => ({ id: "tiny", why: "it fits", memoryBytes: 2, availableBytes: 1 }),
      pull: () => {},
      cancel: () => {},
      use: () => {},
      add: () => {},
      remove: async () => {},
      bench: () => {},
      cancelBench: () => {},
      server: () => ({ on: false, url: "", model: "", keySet: false, note: "" }),
      setServer(wish) {
        if (wish.url !== "") throw new RangeError("url: none here");
      },
      tryServer: async () => ({ ok: false, note: "no server is set" }),
    },
    announcements: {
      settings: () => announced,
      set(wanted) {
        announced = wanted;
      },
    },
    homeRules,
    blueprints,
    ruleExchange,
    trials: {
      ...{ start: () => ({ ok: false, why: "absent" }), get: () => undefined },
      ...{ startAll: () => ({ ok: false, why: "absent" }), getAll: () => undefined },
    },
    repairs: {
      list: () => [],
      change: () => undefined,
    },
    ...smallHouse(),
    switches,
    numbers,
    traces: smallTraces,
    holds: () => [],
    endHolds: () => false,
    books: { ledger: async () => [] },
    bridges: {
      list: () => bridges,
      preview: () => ({ nodes: [], basis: "" }),
      async add(wish) {
        if (wish.port === 5540) throw new RangeError("port: 5540 is used by the bridge Kitchen; choose another one");
        const settings = { ...wish, id: "1", port: wish.port ?? 5541 };
        bridges.push({ settings, state: "online", openUntil: 0, fabrics: [], shown: 0 });
        return bridges[0] as BridgeStatus;
      },
      change: async () => bridges[0],
      remove: () => bridges.pop() !== undefined,
      open: async () => bridges[0],
      removeFabric: async () => bridges[0],
    },
    mappings: {
      list: () => [...mappings.values()],
      check: ({ name }) => (name === "odd" ? [{ field: "values.0.unit", message: "must be W" }] : []),
      set(id, mapping) {
        if (id === "of-a-file") throw new RangeError("id: of-a-file was read from a file");
        const kept = { id, mapping, node: `generic-${id}` };
        mappings.set(id, kept);
        return kept;
      },
      remove: (id) => mappings.delete(id),
      words: () => [],
      preview: ({ values }) => values.map(({ topic }) => ({ label: topic, value: 1834, unitText: "W" })),
      unread: (search) => ({
        topics: [{ topic: search, broker: "b", sample: XSS, retained: true, count: 2, at: 1 }],
        total: 1,
      }),
      leaves: (topic) =>
        topic === "nobody" ? undefined : [{ sample: "1", secret: false, guess: { topic, kind: "number" } }],
    },
    brokers: {
      list: () => [...brokers.values()],
      set(settings) {
        if (settings.name === "inglenook") throw new RangeError("name: inglenook is the hub's own broker");
        const { name, url } = settings;
        const status: BrokerStatus = { name, url, own: false, state: "connecting", encrypted: false, messages: 0 };
        brokers.set(name, status);
        return status;
      },
      remove: (name) => brokers.delete(name),
    },
    matter: noMatterHome,
    money: noMoney,
    imports: {
      list: () => ({ folder: "/data/imports", files: [], batches: [] }),
      look: async () => ({ columns: [], rows: [], guess: {} }),
      preview: async ({ file }) => {
        throw new RangeError(`file: there is no ${file} in /data/imports`);
      },
      dryRun: async () => [],
      start: async () => "import-1",
      remove: async (id) => id === "import-1",
    },
    pairing: {
      start: () => ({ id: "pairing-1", state: "running", step: "looking for the device", done: 0.1 }),
      answer: () => false,
      cancel: () => false,
      jobs: () => [],
      remove: async (id) => void hub.removed.push(id),
    },
    async command(command, origin) {
      hub.commands.push({ command, origin });
      return { id: "c1", outcome: { state: "confirmed", afterMs: 12 } };
    },
    configureNode(id, settings) {
      const node = home.nodes.get(id);
      if (node) node.settings = settings;
    },
    usersOf: () => [],
    async forgetNode(id) {
      hub.removed.push(id);
      return home.nodes.delete(id);
    },
    configureHome(settings) {
      home.settings = settings;
    },
    tariff: () => costs,
    setTariff(given) {
      costs = given;
    },
    prices: (from) => [{ from, perKwh: costs.importPerKwh }],
    rules: () => [rule],
    setRuleEnabled: (id) => id === rule.rule.id,
    planWords: (p) => p.proposal.rules.map((r) => r.title),
    async sentence(text, _, choice) {
      if (choice && choice.node !== lamp.id) throw new RangeError("is none of the things that this sentence can mean");
      return { kind: "notUnderstood", text: choice ? `${text} ${choice.node}` : text };
    },
    replaceNode(id, by) {
      if (id === by || !home.nodes.has(by)) throw new RangeError("by: must be another device of this home");
      home.nodes.delete(by);
    },
    findings: () => [],
    setFinding: () => undefined,
    fixFinding: async () => ({ ok: false, why: "absent" }),
    identity: smallIdentity(home),
    jobs: () => [],
    cancelJob: () => false,
    energyNow: () => ({
      ...{ grid: 100, solar: undefined, battery: undefined, batteryPercent: undefined, loads: [] },
      ...{ unmetered: undefined, price: 0.3, co2GPerKwh: 380 },
    }),
    subscribe(listener) {
      hub.listeners.add(listener);
      return () => hub.listeners.delete(listener);
    },
    emit: (event) => {
      for (const listener of hub.listeners) listener(event);
    },
    doctor: async () => [{ name: "clock", state: "ok", detail: "it is right" }],
    health: () => ({ version: "test", startedAt: 0, ready: true, loopDelayMs: 1 }),
  };
  return hub;
}

/** Two devices that may be one, until a person says what they are. */
function smallIdentity(home: Home): Identity {
  const node = (id: string): ProposedNode => ({ node: id, name: XSS, adapter: "mqtt", dialect: "scripted" });
  const [a, b] = [lamp.id, thermostat.id];
  let proposal: ProposalView | undefined = {
    ...{ key: `${a}:${b}`, keep: node(a), other: node(b), at: 1 },
    evidence: [{ kind: "serial", words: `Both have ${XSS}.` }],
  };
  const settle = (key: string): boolean => {
    if (key !== proposal?.key) return false;
    proposal = undefined;
    return true;
  };
  return {
    proposals: () => (proposal ? [proposal] : []),
    merges: () => [],
    own: () => [],
    accept: (key) => (settle(key) ? a : undefined),
    reject: settle,
    merge(keep, other) {
      if (!home.nodes.has(keep)) throw new RangeError(`keep: there is no device ${keep}`);
      if (!home.nodes.has(other) || keep === other) throw new RangeError("other: must be two devices of this home");
    },
    split(id, device) {
      if (device !== b) throw new RangeError("device: must be a road of this device that does not lead");
      return id === a ? b : id;
    },
  };
}

const absent = async () => ({ ok: false, why: "absent", reason: "This is no Matter device of this hub." }) as const;
const noMatterHome: MatterHome = {
  updates: {
    list: () => ({ folder: "/data/matter-updates", devices: [], badFiles: [] }),
    of: () => ({ ok: false, why: "absent", reason: "This is no Matter device of this hub." }),
    look: absent,
    apply: absent,
    stop: absent,
  },
  facts: async () => ({ online: false, running: false, roots: 0, bluetooth: false }),
  configure: () => undefined,
  node: absent,
  share: absent,
  endShare: absent,
  rename: absent,
  removeFabric: absent,
};
