/** What the fake hub answers to each route. */
import type { HubEvent, Outcome, PlanView, Value, Wish } from "../../../hub/http/schemas.ts";
import { fakeLedger } from "./fake-books.ts";
import { fakeFindings, findingAnswer } from "./fake-findings.ts";
import { fakeHistory } from "./fake-history.ts";
import { fakeNodes, fakeRooms } from "./fake-home.ts";
import { fakeHouse, fakeScenes, houseAnswer, sceneAnswer } from "./fake-house.ts";
import { fakeIdentity, identityAnswer } from "./fake-identity.ts";
import { fakeKeeping } from "./fake-keeping.ts";
import { channelAnswer, fakeChannels, fakeNotices, noticeAnswer } from "./fake-notices.ts";
import { fakeAudit, fakeJobs, fakeModels, fakePlans, fakeRules, fakeTariff, fakeWishes } from "./fake-plans.ts";
import { BadInput, endRun, fakeHomeRules, homeRuleAnswer } from "./fake-rules.ts";
import { fakeBills, fakePriceService, fakeTariffs } from "./fake-tariff.ts";
import { fakeTraces, fakeWhy } from "./fake-traces.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** The fake hub's memory. */
export const startState = (now: number, signedIn: boolean) => ({
  now,
  session: signedIn,
  account: signedIn,
  nodes: fakeNodes(now),
  plans: fakePlans(now),
  wishes: fakeWishes(now),
  models: fakeModels(now),
  rules: fakeRules(now),
  homeRules: fakeHomeRules(now),
  findings: fakeFindings(now),
  identity: fakeIdentity(),
  house: fakeHouse(now),
  scenes: fakeScenes(),
  notices: fakeNotices(now),
  held: new Set(["climate"]),
  channels: fakeChannels(),
});

type State = ReturnType<typeof startState>;

interface Hands {
  readonly outcome: Outcome;
  readonly hold: Promise<void> | undefined;
  tell(event: HubEvent): void;
  report(key: string, value: Value): void;
}

export { BadInput };

/** A refusal with words, answered as 409. */
export class Refused {
  readonly words: string;
  constructor(words: string) {
    this.words = words;
  }
}

/** Anna's hand is on the thermostat until she takes it off. */
function holdsOn(s: State, method: string, id: string): unknown {
  if (method === "DELETE") s.held.delete(id);
  return { holds: s.held.has(id) ? [{ by: "Anna", until: s.now + 1_800_000, what: "Thermostat" }] : [] };
}

/** The answer's body, or undefined for what does not exist. */
export async function answerOf(asked: Asked, query: URLSearchParams, s: State, hub: Hands): Promise<unknown> {
  const { method, path, body } = asked;
  const { now } = s;
  const [, , what = "", ...rest] = path.split("/").map(decodeURIComponent);
  const [id = "", deed = ""] = rest;
  const list: Readonly<Record<string, () => unknown>> = {
    home: () => ({
      settings: { name: "Rose Cottage", timeZone: "Europe/Berlin", latitude: 52.5, longitude: 13.4, currency: "EUR" },
      rooms: fakeRooms,
    }),
    nodes: () =>
      deed === "holds"
        ? holdsOn(s, method, id)
        : method === "DELETE"
          ? forget(s, id)
          : deed === "why"
            ? fakeWhy(now, id)
            : id
              ? s.nodes.find((n) => n.id === id)
              : { nodes: s.nodes },
    "device-types": () => ({
      deviceTypes: [
        { name: "pump", label: "Pump", icon: "pump" },
        { name: "waterHeater", label: "Water heater", icon: "waterHeater" },
      ],
    }),
    history: () => fakeHistory(query),
    energy: () => (id === "ledger" ? fakeLedger(query) : id === "repairs" ? { repairs: [] } : energyNow),
    goals: () => goalAnswer(s, method, [id, deed], body, hub.tell),
    plans: () => (method === "POST" ? decide(s, id, deed, body, hub.tell) : { plans: s.plans }),
    policies: () => ({ policies: [] }),
    rules: () => ({ rules: s.rules }),
    "home-rules": () => homeRuleAnswer(s, method, rest, body),
    runs: () => endRun(s, id),
    traces: () => fakeTraces(now, query),
    audit: () => ({ entries: fakeAudit(now) }),
    models: () => ({
      models: s.models,
      advice: { id: "qwen-1.5b", why: "the largest of those that fit", memoryBytes: 8e9, availableBytes: 5e9 },
      server: { on: false, url: "", model: "", keySet: false, note: "" },
    }),
    matter: () => ({ online: false, running: true, roots: 2, bluetooth: false }),
    pairings: () =>
      method === "POST" ? { id: "pair1", state: "running", step: "Looking for the device" } : { jobs: [] },
    findings: () => findingAnswer(s, [id, deed], query, hub),
    identity: () => identityAnswer(s, [id, deed], body),
    house: () => houseAnswer(s, method, rest, body),
    scenes: () => sceneAnswer(s, method, rest, body),
    notices: () => noticeAnswer(s, method, rest, body),
    "notify-channels": () => channelAnswer(s, method, rest, body),
    jobs: () => ({ jobs: fakeJobs() }),
    keeping: () => (method === "PUT" ? fakeKeeping({ ...fakeKeeping().keeping, ...body }) : fakeKeeping()),
    tariff: () => fakeTariff,
    tariffs: () => (method === "PUT" ? body : fakeTariffs(id)),
    bills: () => fakeBills(id),
    "price-series": () => ({ series: [] }),
    "price-service": fakePriceService,
    prices: () => ({ prices: [{ from: Number(query.get("from")), perKwh: 0.31 }] }),
    sentences: () => sentence(String(body.text), body.choice),
    commands: () => command(body, hub),
  };
  return Object.hasOwn(list, what) ? list[what]?.() : undefined;
}

function forget(s: State, id: string) {
  s.nodes = s.nodes.filter((n) => n.id !== id);
  return { ok: true };
}

async function command(body: Record<string, unknown>, hub: Hands) {
  await hub.hold;
  const { outcome } = hub;
  if (outcome.state === "confirmed" && (body.command === "on" || body.command === "off"))
    hub.report(`${body.node}/${body.endpoint}/onOff.onOff`, body.command === "on");
  return { id: "c1", outcome };
}

const energyNow = {
  grid: 412,
  solar: -3120,
  battery: 1240,
  batteryPercent: 57,
  loads: [
    { node: "heater", endpoint: 1, name: "Water heater", watts: 1834 },
    { node: "heatpump", endpoint: 1, name: "Heat pump", watts: 640 },
    { node: "fridge", endpoint: 1, name: "Fridge", watts: 71 },
    { node: "tv", endpoint: 1, name: "TV corner", watts: 13.6 },
    { node: "car", endpoint: 1, name: "Car", watts: 0 },
  ],
  unmetered: 145,
  price: 0.31,
  co2GPerKwh: 340,
};

function decide(
  s: { plans: PlanView[] },
  id: string,
  deed: string,
  body: Record<string, unknown>,
  tell: Hands["tell"],
) {
  const plan = s.plans.find((p) => p.id === id);
  if (!plan) return undefined;
  if (deed === "approve" && body.hash !== plan.hash) return new Refused("This plan has changed since you read it.");
  const next: PlanView =
    deed === "approve"
      ? { ...plan, state: "running", approvedAt: Date.now(), approvedBy: "Kim" }
      : deed === "refuse"
        ? { ...plan, state: "rejected", reason: String(body.reason) }
        : deed === "end"
          ? { ...plan, state: "ended", reason: "ended by Kim" }
          : plan;
  s.plans = s.plans.map((p) => (p.id === id ? next : p));
  tell({ type: "plan", id });
  return next;
}

/** A wish is read at once, waits to be confirmed, and is planned when it is. */
function goalAnswer(
  s: { wishes: Wish[] },
  method: string,
  [id = "", deed = ""]: readonly string[],
  body: Readonly<Record<string, unknown>>,
  tell: Hands["tell"],
) {
  if (id === "choices")
    return {
      things: [
        { node: "heater", name: "Water heater", kind: "tank" },
        { node: "car", name: "Car charger", kind: "car" },
      ],
      rooms: [{ name: "Living room", heated: true }],
    };
  if (method !== "POST") return { wishes: s.wishes };
  if (deed !== "plan") return newWish(s, String(body.text), tell);
  s.wishes = s.wishes.map((w) =>
    w.id === id ? { ...w, state: "planning" as const, progress: "Trying proposal 2 of 5 on 21 days …" } : w,
  );
  tell({ type: "wish", id });
  return s.wishes.find((w) => w.id === id);
}

function newWish(s: { wishes: Wish[] }, text: string, tell: Hands["tell"]) {
  const wish: Wish = {
    id: `w${s.wishes.length + 1}`,
    text,
    by: "Kim",
    at: Date.now(),
    state: "read",
    progress: "Look whether it is meant so",
    goals: [{ kind: "readyBy", node: "heater", what: "waterTemperature", target: 48, by: "06:00" }],
    assumed: [{ goal: 0, field: "target", words: "48 °C, since nothing else was understood" }],
    notUnderstood: [{ part: "sing me a song", reason: "" }],
    refused: [],
    readBy: "grammar",
  };
  s.wishes = [wish, ...s.wishes];
  tell({ type: "wish", id: wish.id });
  return wish;
}

function sentence(text: string, choice: unknown) {
  const candidates = [
    { node: "lamp", endpoint: 1, name: "Living room light", room: "Living room" },
    { node: "bed", endpoint: 1, name: "Bedroom light", room: "Bedroom" },
  ];
  const chosen = candidates.find(
    (c) => JSON.stringify({ node: c.node, endpoint: c.endpoint }) === JSON.stringify(choice),
  );
  if (chosen) return { kind: "done", text: `Done: ${text}, ${chosen.name}.`, results: [] };
  if (/the light$/.test(text)) return { kind: "askBack", text: "Which light?", candidates };
  if (/how warm/i.test(text)) return { kind: "answer", text: "It is 20.8 °C in the living room." };
  return { kind: "notUnderstood", text: "No device of this home fits that." };
}
