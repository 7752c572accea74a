/** Findings of the fake home, and what the fake hub does with them. */
import type { Finding, FindingList, FixResult, HubEvent, Outcome } from "../../../hub/http/schemas.ts";

const DAY = 86_400_000;

export const fakeFindings = (now: number): Finding[] => [
  {
    key: "value-out-of-range-1",
    state: "new",
    code: "value-out-of-range",
    message: "The TV corner reported a voltage of 2304 V.",
    fix: "Check the plug's calibration in its own page.",
    node: "tv",
    topic: "zigbee2mqtt/tv",
    field: "voltage",
    expected: "a number from 0 to 1000 V",
    sample: '{"voltage":2304}',
    count: 3,
    firstAt: now - DAY,
    lastAt: now - 600_000,
  },
  {
    key: "reports-off-1",
    state: "new",
    code: "reports-off",
    message: "The water heater's relay does not report by itself.",
    remedy: {
      label: "Turn on its reports",
      command: {
        ...{ target: { node: "heater", endpoint: 1 }, capability: "vendor", command: "set" },
        args: { "mqtt.status_ntf": true },
      },
    },
    node: "heater",
    count: 1,
    firstAt: now - 60_000,
    lastAt: now - 60_000,
  },
  {
    ...{ key: "message-not-understood-1", state: "accepted", code: "message-not-understood" },
    ...{ message: "A message is no JSON.", topic: "zigbee2mqtt/x", count: 1, firstAt: now - DAY, lastAt: now - DAY },
    settled: { by: "Kim", at: now - DAY },
  },
];

interface Hands {
  readonly outcome: Outcome;
  readonly hold: Promise<void> | undefined;
  tell(event: HubEvent): void;
}

const STATES: Readonly<Record<string, Finding["state"]>> = { accept: "accepted", ignore: "ignored", reopen: "new" };

/** The answer to a question about findings, as the hub's own routes give it. */
export async function findingAnswer(
  s: { findings: Finding[] },
  [key = "", deed = ""]: readonly string[],
  query: URLSearchParams,
  hub: Hands,
): Promise<FindingList | Finding | FixResult | string | undefined> {
  if (!key) return list(s.findings, query);
  const finding = s.findings.find((f) => f.key === key);
  if (!finding) return undefined;
  if (deed === "report") return `# ${finding.message}\n\n- Topic: \`zigbee2mqtt/<name>\`\n`;
  if (deed === "fix") await hub.hold;
  const { outcome } = hub;
  const done = outcome.state === "confirmed";
  const changed: Finding =
    deed === "fix"
      ? { ...finding, state: done ? "fixed" : finding.state, tried: { by: "Kim", at: Date.now(), outcome } }
      : { ...finding, state: STATES[deed] ?? finding.state, settled: { by: "Kim", at: Date.now() } };
  s.findings = s.findings.map((f) => (f.key === key ? changed : f));
  hub.tell({ type: "finding", key });
  return deed === "fix" ? { finding: changed, outcome } : changed;
}

function list(all: readonly Finding[], query: URLSearchParams): FindingList {
  const count = (state: Finding["state"]) => all.filter((f) => f.state === state).length;
  const [state, node] = [query.get("state"), query.get("node")];
  return {
    findings: all.filter((f) => (!state || f.state === state) && (!node || f.node === node)),
    counts: { new: count("new"), accepted: count("accepted"), ignored: count("ignored"), fixed: count("fixed") },
  };
}
