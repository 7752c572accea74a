import type { Trace, TracePage, Why } from "../../../hub/http/schemas.ts";

const MINUTE = 60_000;

const hall = (now: number, n: number): Trace => {
  const at = now - n * 37 * MINUTE;
  return {
    ...{ id: `run-${n}`, at, endedAt: at + 4000, rule: "rule-hall", title: "Light in the hall at night", kind: "run" },
    cause: "Hall sensor is occupied, was clear",
    outcome: "done",
    nodes: ["lamp"],
    lines: [
      { at, text: "so: it is between 22:00 and 06:00" },
      { at, text: "turn on Living room light: done, confirmed after 140 ms" },
      { at: at + 4000, text: "waited 4 s" },
    ],
  };
};

const others = (now: number): Trace[] => [
  {
    ...{
      id: "miss-1",
      at: now - 5 * MINUTE,
      endedAt: now - 5 * MINUTE,
      rule: "rule-blinds",
      title: "Close the blinds at sunset",
    },
    ...{ kind: "nearMiss", cause: "it is sunset", nodes: ["blind"], lines: [] },
    outcome: "its condition does not hold: the house is in mode home, not away",
  },
  {
    ...{
      id: "run-bad",
      at: now - 12 * MINUTE,
      endedAt: now - 11 * MINUTE,
      rule: "rule-heat",
      title: "Boiler in the cheapest hours",
    },
    ...{ kind: "run", cause: "it is one of the cheapest 3 h", outcome: "done", nodes: ["heater"] },
    lines: [
      {
        at: now - 12 * MINUTE,
        text: "turn on Water heater: unconfirmed, the device did not report the new state within 10 s",
        bad: true,
      },
    ],
  },
];

/** As the hub's own search does it, over 60 traces. */
export function fakeTraces(now: number, query: URLSearchParams): TracePage {
  const all = [...others(now), ...Array.from({ length: 58 }, (_, n) => hall(now, n + 1))];
  const [rule, node, kind, text] = ["rule", "node", "kind", "text"].map((f) => query.get(f));
  const [from, to] = [Number(query.get("from") ?? 0), Number(query.get("to") ?? Number.MAX_SAFE_INTEGER)];
  const found = all.filter(
    (t) =>
      (!rule || t.rule === rule) &&
      (!node || t.nodes.includes(node)) &&
      (!kind || t.kind === kind) &&
      t.at >= from &&
      t.at < to &&
      (!text || JSON.stringify(t).toLowerCase().includes(text.toLowerCase())),
  );
  const start = Number(query.get("before") ?? 0);
  const end = start + Number(query.get("limit") ?? 50);
  return {
    traces: found.slice(start, end),
    ...(end < found.length ? { more: end } : {}),
    kept: { bytes: 412_000, maxBytes: 20_971_520 },
  };
}

export function fakeWhy(now: number, node: string): Why {
  const base: Why = {
    node,
    name: "Living room light",
    from: now - 86_400_000,
    to: now,
    did: [],
    keeps: [],
    not: [],
    why: "",
    whyNot: "",
  };
  if (node !== "lamp") return base;
  return {
    ...base,
    now: "Living room light is on",
    why: 'Living room light is on. At 22:05 the rule "Light in the hall at night" asked to turn on Living room light: Hall sensor is occupied, was clear.',
    keeps: [
      {
        kind: "running",
        by: "rule",
        rule: "rule-hall",
        trace: "run-1",
        at: now,
        text: 'The rule "Light in the hall at night" was started at 22:05 and waits for another 4 min at most: Hall sensor is occupied.',
      },
    ],
    did: [
      {
        kind: "asked",
        by: "rule",
        rule: "rule-hall",
        trace: "run-1",
        at: now,
        text: 'At 22:05 the rule "Light in the hall at night" asked to turn on Living room light: Hall sensor is occupied, was clear.',
      },
      {
        kind: "changed",
        by: "device",
        at: now - MINUTE,
        text: "At 19:40 Living room light changed to off by itself: nothing in this home had asked it, so it was its own switch, its own app or the device itself.",
      },
      { kind: "asked", by: "person", at: now - 2 * MINUTE, text: "At 18:02 Kim asked to turn on Living room light." },
    ],
    not: [
      {
        rule: "rule-off",
        title: "All lights off when nobody is home",
        reasons: [
          {
            kind: "nearMiss",
            rule: "rule-off",
            trace: "miss-2",
            at: now,
            text: 'At 20:10 "All lights off when nobody is home" did nothing: Anna left, but its condition does not hold: it is between 17:00 and 23:00.',
          },
        ],
      },
      {
        rule: "rule-guest",
        title: "Guests",
        reasons: [{ kind: "off", rule: "rule-guest", text: '"Guests" is switched off.' }],
      },
    ],
  };
}
