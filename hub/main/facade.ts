import { randomUUID } from "node:crypto";
import { holidayRegions } from "../energy/bill/holidays.ts";
import { energyNow } from "../energy/flow.ts";
import type { Command, Origin, Outcome } from "../model/command.ts";
import { deviceTypes } from "../model/device-types/index.ts";
import { type HomeSettings, nameOf } from "../model/home.ts";
import type { NodeSettings } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";
import { ruleRelease } from "../planner/release.ts";
import type { FindsDesk } from "../ports/finds.ts";
import type { Policies } from "../ports/policies.ts";
import type {
  Announcements,
  Books,
  Bridges,
  Brokers,
  Clock,
  CommandResult,
  HouseDesk,
  HouseNumbers,
  HouseSwitches,
  Hub,
  Imports,
  Mappings,
  MatterHome,
  Models,
  Money,
  Notices,
  Pairing,
  Planning,
  RuleStatus,
  Scenes,
  Store,
} from "../ports.ts";
import { type Names, ruleInWords } from "../rules/explain.ts";
import { nodeNow } from "../step/identity/names.ts";
import type { CoreState, Input } from "../step.ts";
import { createBlueprints } from "./blueprints.ts";
import type { Bus } from "./bus.ts";
import { createTrials } from "./dry-run/desk.ts";
import type { Tries } from "./dry-run/threads.ts";
import { createForget } from "./forget.ts";
import { createHolds } from "./holds.ts";
import { createIdentity } from "./identity.ts";
import { createInbox } from "./inbox.ts";
import type { Jobs } from "./jobs.ts";
import { createTariffPart } from "./prices/tariff-part.ts";
import { createRepairs } from "./repairs.ts";
import { createReplace } from "./replace.ts";
import { createRules } from "./rules.ts";
import { createRuleExchange } from "./rules-exchange.ts";
import { createTraces } from "./traces.ts";
import { usersOf } from "./users.ts";

/** How long a rule that was switched off has to be taken back. */
const RELEASE_MS = 30 * 60_000;

export interface FacadeParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly jobs: Jobs;
  readonly put: (input: Input) => boolean;
  readonly waiting: Map<string, (outcome: Outcome) => void>;
  readonly planning: Planning;
  readonly policies: Policies;
  readonly finds: FindsDesk;
  readonly models: Models;
  readonly pairing: Pairing;
  readonly matter: MatterHome;
  readonly brokers: Brokers;
  readonly announcements: Announcements;
  readonly bridges: Bridges;
  readonly books: Books;
  readonly mappings: Mappings;
  readonly money: Money;
  readonly house: HouseDesk;
  readonly scenes: Scenes;
  readonly switches: HouseSwitches;
  readonly numbers: HouseNumbers;
  readonly notices: Notices;
  readonly imports: Imports;
  readonly sentence: Hub["sentence"];
  readonly health: Hub["health"];
  readonly doctor: Hub["doctor"];
  readonly tries: Tries;
}

/** The hub as the http room sees it. */
export function createFacade(parts: FacadeParts): Hub {
  const { state, store, clock, bus, jobs, planning, models, pairing } = parts;
  const audit = (by: string, what: string, subject: string, detail: string) =>
    store.appendAudit({ at: clock.now(), by, what, subject, detail });
  return {
    home: state.home,
    store,
    clock,
    planning,
    policies: parts.policies,
    finds: parts.finds,
    models,
    pairing,
    matter: parts.matter,
    brokers: parts.brokers,
    announcements: parts.announcements,
    bridges: parts.bridges,
    books: parts.books,
    mappings: parts.mappings,
    ...livingOf(parts),
    imports: parts.imports,
    command: createCommand(parts),
    configureNode(node, settings, by) {
      checkNodeSettings(state, node, settings);
      store.put("nodeSettings", node, settings);
      audit(by, "node-configured", node, JSON.stringify(settings));
      parts.put({ kind: "configured", node, settings, at: clock.now() });
    },
    usersOf: (node) => usersOf(state).get(node) ?? [],
    forgetNode: createForget(parts),
    replaceNode: createReplace(parts),
    identity: createIdentity(parts),
    traces: createTraces(parts),
    repairs: createRepairs(parts),
    ...createRulesPart(parts),
    configureHome(settings, by) {
      checkHome(settings);
      store.put("homeSettings", "home", settings);
      audit(by, "home-configured", "home", settings.name);
      parts.put({ kind: "homeSet", settings });
    },
    ...createTariffPart(parts),
    ...createHolds(parts),
    rules: () => rulesOf(state),
    setRuleEnabled(id, enabled, by) {
      const rules = state.rules.map((r) => (r.id === id ? { ...r, enabled } : r));
      const changed = rules.find((r) => r.id === id);
      if (!changed) return false;
      store.put("rule", id, changed);
      audit(by, enabled ? "rule-enabled" : "rule-disabled", id, changed.title);
      // What it asked for must not stand on without it; what it leaves behind ends with its own time.
      const after = `${id}-release`;
      const others = rules.filter((r) => r.id !== after);
      const release = enabled ? undefined : ruleRelease(after, changed, clock.now() + RELEASE_MS);
      if (release) store.put("rule", after, release);
      else store.remove("rule", after);
      return parts.put({ kind: "rulesSet", rules: release ? [...others, release] : others });
    },
    planWords: (plan) => plan.proposal.rules.map((rule) => ruleInWords(rule, namesOf(state))),
    sentence: parts.sentence,
    ...createInbox({ ...parts, command: createCommand(parts) }),
    jobs: jobs.list,
    cancelJob: jobs.cancel,
    energyNow: () => energyNow(state.home, state.tariff, clock.now()),
    subscribe: bus.subscribe,
    health: parts.health,
    doctor: parts.doctor,
  };
}

const livingOf = ({ house, scenes, switches, numbers, notices }: FacadeParts) => ({
  ...{ house, scenes, switches, numbers, notices },
});

/** The rules of people, and all that is done with them. */
function createRulesPart(parts: FacadeParts): Pick<Hub, "homeRules" | "ruleExchange" | "blueprints" | "trials"> {
  const homeRules = createRules(parts);
  return {
    homeRules,
    ruleExchange: createRuleExchange(parts, homeRules),
    blueprints: createBlueprints(parts, homeRules),
    trials: createTrials(parts),
  };
}

/** The core settles every command: by a reading, or by its time limit. */
export function createCommand(parts: Pick<FacadeParts, "put" | "waiting" | "clock">) {
  return (command: Command, origin: Origin): Promise<CommandResult> =>
    new Promise((resolve) => {
      const id = randomUUID();
      parts.waiting.set(id, (outcome) => resolve({ id, outcome }));
      if (parts.put({ kind: "asked", id, command, origin, at: parts.clock.now() })) return;
      parts.waiting.delete(id);
      resolve({ id, outcome: { state: "refused", reason: "the hub is too busy; try again in a moment" } });
    });
}

const namesOf =
  (state: CoreState): Names =>
  (id) => {
    const node = nodeNow(state, id);
    return node ? nameOf(node) : id;
  };

function rulesOf(state: CoreState): RuleStatus[] {
  const names = namesOf(state);
  return state.rules.map((rule) => {
    const verdict = state.verdicts.get(rule.id);
    const reason = verdict?.lost
      ? `${verdict.reason}; ${verdict.lost}`
      : (verdict?.reason ?? (rule.enabled ? "not looked at yet" : "turned off"));
    const firedAt = state.firedAt.get(rule.id);
    const status = { rule, words: ruleInWords(rule, names), holds: verdict?.holds ?? ("unknown" as const), reason };
    return firedAt === undefined ? status : { ...status, lastFiredAt: firedAt };
  });
}

function checkNodeSettings(state: CoreState, id: NodeId, settings: NodeSettings): void {
  const node = state.home.nodes.get(id);
  if (!node) throw new RangeError(`node: there is no device ${id}`);
  for (const field of ["name", "room"] as const) {
    const text = settings[field];
    if (text !== undefined && (text.trim() === "" || text.length > 80))
      throw new RangeError(`${field}: must be 1 to 80 characters`);
  }
  for (const [endpoint, role] of Object.entries(settings.roles ?? {})) {
    if (!node.description.endpoints.some((e) => String(e.number) === endpoint))
      throw new RangeError(`roles.${endpoint}: there is no such endpoint`);
    if (!Object.hasOwn(deviceTypes, role)) throw new RangeError(`roles.${endpoint}: ${role} is no device type`);
  }
  for (const endpoint of Object.keys(settings.meters ?? {}))
    if (!node.description.endpoints.some((e) => String(e.number) === endpoint))
      throw new RangeError(`meters.${endpoint}: there is no such endpoint`);
}

function checkHome(settings: HomeSettings): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: settings.timeZone });
  } catch {
    throw new RangeError(`timeZone: ${settings.timeZone.slice(0, 60)} is no time zone; write it like Europe/Berlin`);
  }
  if (settings.holidays !== undefined && !holidayRegions.includes(settings.holidays))
    throw new RangeError(
      `holidays: those of ${settings.holidays} are not known; known are ${holidayRegions.join(", ")}`,
    );
}
