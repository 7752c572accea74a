import { type Signal, signal } from "@preact/signals";
import type { HouseView, SceneView } from "../hub/http/schemas/house-state.ts";
import type { NoticeList } from "../hub/http/schemas/notifications.ts";
import type {
  EnergyNow,
  FindingList,
  HomeSettings,
  HubEvent,
  Job,
  Known,
  ModelList,
  NodeView,
  PairingJob,
  PlanView,
  RuleStatus,
  Wish,
} from "../hub/http/schemas.ts";
import { ApiError, get, inWords } from "./api.ts";
import { listen } from "./stream.ts";

/** Who is here: not asked yet, nobody, nobody and no account exists, or a person. */
export type Session =
  | { readonly state: "asking" }
  | { readonly state: "away"; readonly problem: string }
  | { readonly state: "signedOut"; readonly needsFirstAccount: boolean }
  | { readonly state: "signedIn"; readonly name: string };

export const session = signal<Session>({ state: "asking" });
export const live = signal<"connecting" | "live" | "lost">("connecting");
export const settings = signal<HomeSettings | undefined>(undefined);
export const rooms = signal<readonly string[]>([]);
/** Undefined: not read yet. */
export const nodes = signal<readonly NodeView[] | undefined>(undefined);
export const energy = signal<EnergyNow | undefined>(undefined);
export const jobs = signal<readonly Job[]>([]);
export const wishes = signal<readonly Wish[]>([]);
export const plans = signal<readonly PlanView[] | undefined>(undefined);
export const rules = signal<readonly RuleStatus[] | undefined>(undefined);
export const models = signal<ModelList | undefined>(undefined);
export const pairings = signal<readonly PairingJob[]>([]);
/** How many findings there are in each state; undefined: not read yet. */
export const findingCounts = signal<FindingList["counts"] | undefined>(undefined);
/** How the house is lived in; undefined: not read yet. */
export const house = signal<HouseView | undefined>(undefined);
export const scenes = signal<readonly SceneView[] | undefined>(undefined);
/** What people were told, the newest first; undefined: not read yet. */
export const notices = signal<NoticeList | undefined>(undefined);
/** Counts changes of policies and their schedules, for the view that shows them. */
export const policiesChanged = signal(0);
/** Counts changes of findings, so that a view that shows them reads them again. */
export const findingsChanged = signal(0);

/** Epoch ms, moved every 15 s: ages shown grow without a redraw for each second. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 15_000);

const values = new Map<string, Signal<Known>>();
const NOT_READ: Known = { status: "unknown", reason: "not read yet" };

/** What is known of an attribute; a component that calls this is drawn again when it changes. */
export function knownOf(key: string): Known {
  let held = values.get(key);
  if (!held) {
    held = signal<Known>(NOT_READ);
    values.set(key, held);
  }
  return held.value;
}

function keep(key: string, known: Known): void {
  const held = values.get(key);
  if (held) held.value = known;
  else values.set(key, signal(known));
}

/** Reads who is signed in and, if someone is, everything the home view needs. */
export async function begin(): Promise<void> {
  try {
    const { name } = await get<{ name: string }>("/session");
    signedInAs(name);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401)
      session.value = { state: "signedOut", needsFirstAccount: error.body.needsFirstAccount === true };
    else session.value = { state: "away", problem: inWords(error) };
  }
}

let stop: (() => void) | undefined;

/** Opens the stream; the home is read when it says hello. */
export function signedInAs(name: string): void {
  session.value = { state: "signedIn", name };
  stop?.();
  stop = listen({
    opened: () => {
      live.value = "live";
      soon("all", 0, readAll);
    },
    lost: () => {
      live.value = "lost";
      soon("session", 2_000, checkSession);
    },
    event: take,
  });
}

/** Forgets everything of the home. */
export function signedOut(needsFirstAccount = false): void {
  stop?.();
  stop = undefined;
  values.clear();
  nodes.value = undefined;
  plans.value = undefined;
  session.value = { state: "signedOut", needsFirstAccount };
}

// The stream's error says nothing of why: only asking tells an ended session from a restarting hub.
async function checkSession(): Promise<void> {
  try {
    await get("/session");
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) signedOut(error.body.needsFirstAccount === true);
  }
}

async function readAll(): Promise<void> {
  await Promise.all([
    readHome(),
    readNodes(),
    readJobs(),
    readEnergy(),
    readPlans(),
    readRules(),
    readFindings(),
    readHouse(),
    readNotices(),
  ]);
}

export async function readHome(): Promise<void> {
  const home = await get<{ settings: HomeSettings; rooms: string[] }>("/home");
  settings.value = home.settings;
  rooms.value = home.rooms;
}

export async function readNodes(): Promise<void> {
  const list = (await get<{ nodes: NodeView[] }>("/nodes")).nodes;
  for (const node of list) keepValues(node);
  nodes.value = list;
}

/** Puts a node just read or changed in its place. */
export function keepNode(node: NodeView): void {
  keepValues(node);
  const others = nodes.value ?? [];
  nodes.value = others.some((n) => n.id === node.id)
    ? others.map((n) => (n.id === node.id ? node : n))
    : [...others, node];
}

function keepValues(node: NodeView): void {
  for (const endpoint of node.endpoints) for (const a of endpoint.attributes) keep(a.key, a.known);
}

const readJobs = async (): Promise<void> => {
  jobs.value = (await get<{ jobs: Job[] }>("/jobs")).jobs;
};
const readEnergy = async (): Promise<void> => {
  energy.value = await get<EnergyNow>("/energy");
};
export async function readPlans(): Promise<void> {
  const [p, w] = await Promise.all([get<{ plans: PlanView[] }>("/plans"), get<{ wishes: Wish[] }>("/goals")]);
  plans.value = p.plans;
  wishes.value = w.wishes;
}
export const readRules = async (): Promise<void> => {
  rules.value = (await get<{ rules: RuleStatus[] }>("/rules")).rules;
};
export const readHouse = async (): Promise<void> => {
  const [now, list] = await Promise.all([get<HouseView>("/house"), get<{ scenes: SceneView[] }>("/scenes")]);
  house.value = now;
  scenes.value = list.scenes;
};
export const readNotices = async (): Promise<void> => {
  notices.value = await get<NoticeList>("/notices");
};
export const readFindings = async (): Promise<void> => {
  findingCounts.value = (await get<FindingList>("/findings?limit=1")).counts;
  findingsChanged.value += 1;
};
export const readModels = async (): Promise<void> => {
  models.value = await get<ModelList>("/models");
};
export const readPairings = async (): Promise<void> => {
  pairings.value = (await get<{ jobs: PairingJob[] }>("/pairings")).jobs;
};

const timers = new Map<string, ReturnType<typeof setTimeout>>();

// A burst of events becomes one read: at most one in flight a subject, the rest wait for the timer.
function soon(subject: string, ms: number, read: () => Promise<void>): void {
  if (timers.has(subject)) return;
  timers.set(
    subject,
    setTimeout(() => {
      timers.delete(subject);
      read().catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401) signedOut();
      });
    }, ms),
  );
}

function take(event: HubEvent): void {
  switch (event.type) {
    case "value":
      keep(event.key, event.known);
      if (event.key.endsWith(".activePower")) soon("energy", 1_500, readEnergy);
      return;
    case "node":
      soon("nodes", 400, readNodes);
      return;
    case "plan":
    case "wish":
      soon("plans", 200, readPlans);
      return;
    case "policy":
      soon("policies", 300, async () => {
        policiesChanged.value++;
      });
      return;
    case "rules":
      soon("rules", 200, readRules);
      return;
    case "models":
      soon("models", 200, readModels);
      return;
    case "job":
      jobs.value = withItem(jobs.value, event.job);
      return;
    case "pairing":
      pairings.value = withItem(pairings.value, event.job);
      return;
    case "finding":
      soon("findings", 400, readFindings);
      return;
    case "house":
    case "scene":
      soon("house", 200, readHouse);
      return;
    case "notices":
      soon("notices", 200, readNotices);
      return;
    case "outcome":
      return;
  }
}

/** Replaces the item of the same id, or adds it in front; at most 50 are kept. */
function withItem<T extends { readonly id: string }>(list: readonly T[], item: T): readonly T[] {
  return list.some((x) => x.id === item.id)
    ? list.map((x) => (x.id === item.id ? item : x))
    : [item, ...list].slice(0, 50);
}
