/** Plans, wishes, rules, models and the rest of the fake home. */
import type {
  AuditEntry,
  Job,
  ModelStatus,
  PlanView,
  Rule,
  RuleStatus,
  Tariff,
  Verdict,
  Wish,
} from "../../../hub/http/schemas.ts";

const DAY = 86_400_000;

const rule = (id: string, plan: string): Rule => ({
  id,
  title: "Charge the car in the cheapest hours",
  when: {
    kind: "all",
    of: [
      { kind: "cheapest", hours: 4, from: "21:00", to: "07:00" },
      { kind: "compare", path: "car/1/energyEvse.stateOfCharge", op: "<", value: 80 },
    ],
  },
  then: [{ node: "car", endpoint: 1, capability: "energyEvse", command: "enableCharging", args: {} }],
  otherwise: [{ node: "car", endpoint: 1, capability: "energyEvse", command: "disable", args: {} }],
  origin: "plan",
  plan,
  enabled: true,
});

// Hand-made savings: mostly good days, some bad, so that the picture has both.
const SAVED = [
  0.42, 0.51, 0.1, 0.66, 0.71, -0.08, 0.44, 0.39, 0.02, 0.58, 0.8, 0.61, -0.15, 0.47, 0.52, 0.36, 0.7, 0.65, 0.05, 0.49,
  0.55,
];

function verdict(now: number): Verdict {
  const daily = SAVED.map((savedCost, i) => ({
    day: new Date(now - (SAVED.length - i) * DAY).toISOString().slice(0, 10),
    savedCost,
    savedKwh: 0.2,
  }));
  const { day = "", savedCost = 0 } = daily[12] ?? {};
  return {
    ok: true,
    reasons: [],
    checks: [
      { name: "Every device exists and may be moved", ok: true, detail: "1 device" },
      { name: "No rule works against another", ok: true, detail: "3 rules compared" },
      { name: "The car is ready in time", ok: true, detail: "21 of 21 mornings at 80 % or more" },
      { name: "Comfort is kept", ok: true, detail: "no minute under 19 °C" },
    ],
    days: SAVED.length,
    baseline: { importedKwh: 402.1, exportedKwh: 61, cost: 121.4, co2Kg: 151.2, comfortMinutesLost: 0, switchings: 61 },
    withPlan: {
      importedKwh: 398.3,
      exportedKwh: 57.2,
      cost: 111.7,
      co2Kg: 138.4,
      comfortMinutesLost: 0,
      switchings: 84,
    },
    daily,
    worstDay: { day, savedCost },
    fit: { ok: true, note: "On 5 days it had not seen, the twin was off by 6 % of the energy." },
    perDay: { mean: 0.46, band: 0.09 },
  };
}

export const HASH = "9f3c51ab77e0c4d2a1b0c9d8e7f60512aa34bb56cc78dd90ee12ff34aa56bb78";

/** One plan of each kind a person meets. */
export function fakePlans(now: number): PlanView[] {
  const base = {
    goal: "Car at 80 % by 7:00, spend as little as possible",
    hash: HASH,
    words: ["While it is one of the cheapest 4 h from 21:00 to 07:00: charge Car. Otherwise: stop Car."],
    createdAt: now - 3_600_000,
  };
  const proposal = {
    strategy: "cheapestHours",
    node: "car",
    params: { hours: 4 },
    title: "Charge the car in the four cheapest hours of the night",
    because: "The car stands at home from 18:30 and needs about 3.5 hours; energy is cheapest between 01:00 and 05:00.",
    madeBy: { kind: "model" as const, name: "Qwen2.5-Coder 1.5B" },
    rules: [rule("r1", "p1")],
  };
  return [
    { ...base, id: "p1", state: "verified", reason: "checked on 21 days", proposal, verdict: verdict(now) },
    {
      ...base,
      id: "p2",
      state: "running",
      reason: "",
      hash: "11aa22bb33cc44dd",
      approvedAt: now - 5 * DAY,
      approvedBy: "Kim",
      proposal: {
        ...proposal,
        node: "heater",
        title: "Heat water with the sun",
        because: "Most hot water is used in the evening.",
        madeBy: { kind: "planner" },
        rules: [rule("r2", "p2")],
      },
      verdict: verdict(now),
      measured: {
        from: now - 5 * DAY,
        to: now,
        days: 5,
        savedCost: 1.92,
        savedKwh: 2.1,
        band: 0.6,
        coverage: 0.98,
        note: "Compared with the twin on the same days' weather and use.",
      },
    },
    {
      ...base,
      id: "p3",
      state: "refused",
      reason: "The living room would fall under 19 °C on 9 of 21 days.",
      proposal: {
        ...proposal,
        node: "thermostat",
        title: "Let the house cool down at night",
        rules: [rule("r3", "p3")],
      },
    },
  ];
}

export const fakeWishes = (now: number): Wish[] => [
  {
    id: "w1",
    text: "Car at 80 % by 7:00, spend as little as possible, living room never under 19 °C",
    by: "Kim",
    at: now - 3_700_000,
    state: "done",
    progress: "2 proposals passed, 1 was turned down.",
    goals: [
      { kind: "readyBy", node: "car", what: "stateOfCharge", target: 80, by: "07:00" },
      { kind: "minimise", what: "cost" },
      { kind: "comfort", room: "Living room", minC: 19 },
    ],
    refused: [{ title: "Charge from the neighbour's plug", reason: "there is no such device" }],
    readBy: "Qwen2.5-Coder 1.5B",
  },
];

export const fakeRules = (now: number): RuleStatus[] => [
  {
    rule: { ...rule("r2", "p2"), title: "Heat water with the sun", until: now + 30 * DAY },
    words: "While more than 1,500 W leave the house: turn on Water heater. Otherwise: turn off Water heater.",
    holds: false,
    reason: "Only 0 W leave the house now.",
    lastFiredAt: now - 7_200_000,
  },
];

export const fakeModels = (now: number): ModelStatus[] => [
  {
    id: "qwen-1.5b",
    name: "Qwen2.5-Coder 1.5B Instruct",
    licence: "Apache-2.0",
    sizeBytes: 1_117_320_768,
    sha256: "cc32",
    hashFrom: "its publisher",
    state: "absent",
    fetchedBytes: 0,
    note: "",
    recommended: true,
    ...{ memoryBytes: 1_580_000_000, memoryMeasured: false, fits: true, added: false },
  },
  {
    id: "qwen-0.5b",
    name: "Qwen2.5-Coder 0.5B Instruct",
    licence: "Apache-2.0",
    sizeBytes: 491_400_064,
    sha256: "1d96",
    state: "present",
    fetchedBytes: 491_400_064,
    note: "from the official hub",
    recommended: false,
    hashFrom: "its publisher",
    ...{ memoryBytes: 820_000_000, memoryMeasured: true, fits: true, added: false },
    bench: {
      at: now - DAY,
      loadMs: 1900,
      promptPerSecond: 120,
      tokensPerSecond: 38.7,
      rssBytes: 820_000_000,
      alone: { right: 17, of: 30 },
      house: { right: 24, of: 30 },
      inventedNames: 2,
      proposalMs: 2400,
      load: 0.4,
      cores: 4,
    },
  },
  {
    id: "moonlight",
    name: "Moonlight 16B-A3B Instruct",
    licence: "MIT",
    sizeBytes: 10_537_205_632,
    sha256: "42f6",
    state: "absent",
    fetchedBytes: 0,
    note: "",
    recommended: false,
    hashFrom: "its publisher",
    ...{ memoryBytes: 12_000_000_000, memoryMeasured: false, fits: false, added: false },
  },
];

export const fakeJobs = (): Job[] => [
  {
    id: "past",
    title: "Making the home's past",
    done: 0.43,
    detail: "26 of 60 days",
    state: "running",
    cancellable: true,
  },
];

export const fakeTariff: Tariff = {
  name: "Day and night",
  importBands: [
    { from: "22:00", to: "06:00", perKwh: 0.22 },
    { from: "17:00", to: "20:00", weekdays: [1, 2, 3, 4, 5], perKwh: 0.41 },
  ],
  importPerKwh: 0.31,
  exportPerKwh: 0.08,
  standingPerDay: 0.4,
  co2Bands: [{ from: "10:00", to: "15:00", gPerKwh: 210 }],
  co2GPerKwh: 340,
};

export const fakeAudit = (now: number): AuditEntry[] => [
  { id: 2, at: now - 60_000, by: "Kim", what: "command-asked", subject: "lamp", detail: "turn on" },
  {
    id: 1,
    at: now - 120_000,
    by: "hub",
    what: "proposal-refused",
    subject: "p3",
    detail: "The living room would fall under 19 °C.",
  },
];
