import type { Trace } from "../../../hub/model/trace.ts";
import type { Traces } from "../../../hub/ports.ts";

const trace: Trace = {
  ...{ id: "run-1", at: 5, endedAt: 6, rule: "rule-1", title: "Lamp at dusk", kind: "run" },
  ...{
    cause: "it is sunset",
    outcome: "done",
    nodes: ["mqtt-lamp"],
    lines: [{ at: 5, text: "turn on Lamp", bad: true }],
  },
};

/** One trace, and one device that can be asked about. */
export const smallTraces: Traces = {
  search: ({ rule, before }) =>
    rule === "ghost" ? { traces: [] } : { traces: [trace], ...(before === undefined ? { more: 7 } : {}) },
  kept: () => ({ bytes: 1000, maxBytes: 20_000 }),
  why: async ({ node, from, to }) =>
    node === "mqtt-lamp"
      ? { node, name: "Lamp", from, to, did: [], keeps: [], not: [], why: "Lamp is on.", whyNot: "No rule did." }
      : undefined,
};
