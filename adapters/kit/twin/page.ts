/** What a twin learned of its device, as a page for people. */
import { capabilities, VENDOR } from "../../../hub/model/capabilities/index.ts";
import type { EndpointDescription, NodeDescription } from "../../../hub/model/node.ts";
import { pathKey } from "../../../hub/model/path.ts";
import { units } from "../../../hub/model/units.ts";
import { printable } from "../live/printable.ts";
import type { Recorded } from "../recording.ts";
import type { Plan } from "./learn.ts";

const MAX_NODES = 50;
const MAX_TOPICS = 40;
const MAX_WORDS = 60;

const clean = (text: string): string => printable(text, MAX_WORDS);

function endpointLines(node: NodeDescription, endpoint: EndpointDescription, plan: Plan): readonly string[] {
  const lines = [`  ${endpoint.number}  ${endpoint.deviceTypes.join(", ") || "no type"}`];
  for (const [capability, { attributes, commands }] of Object.entries(endpoint.capabilities)) {
    for (const [attribute, own] of Object.entries(attributes)) {
      const type = capability === VENDOR ? own.type : capabilities[capability]?.attributes[attribute];
      const told = plan.reader.values.get(pathKey({ node: node.id, endpoint: endpoint.number, capability, attribute }));
      const unit = type?.type === "number" ? ` ${units[type.unit]}` : "";
      lines.push(
        `     ${clean(`${capability}.${attribute}`).padEnd(56)} ${told ? clean(`${told.value}${unit}`) : "not said"}`,
      );
    }
    const names = Object.keys(commands);
    if (names.length > 0) lines.push(`     takes ${names.map((name) => `${capability}.${name}`).join(", ")}`);
  }
  return lines;
}

/** How often a topic comes: the middle of its gaps. */
function rhythms(tape: readonly Recorded[]): readonly string[] {
  const times = new Map<string, number[]>();
  for (const { topic, at } of tape) times.set(topic, [...(times.get(topic) ?? []).slice(-99), at]);
  const lines = [...times].slice(0, MAX_TOPICS).map(([topic, all]) => {
    const gaps = all
      .slice(1)
      .map((at, n) => at - (all[n] ?? at))
      .sort((a, b) => a - b);
    const middle = gaps[Math.floor(gaps.length / 2)];
    return `  ${clean(topic)}  ${middle === undefined ? "once a round" : `every ${Number(middle.toPrecision(3))} s`}`;
  });
  return times.size > MAX_TOPICS ? [...lines, `  and ${times.size - MAX_TOPICS} more topics`] : lines;
}

/** Lines of text without colours. */
export function pageOf(plan: Plan): string {
  const nodes = [...plan.reader.nodes.values()];
  const devices = nodes.slice(0, MAX_NODES).flatMap((node) => [
    `${clean(node.name)}  (${[node.vendor, node.model, node.dialect]
      .filter((w) => w !== undefined)
      .map(clean)
      .join(", ")})`,
    ...node.endpoints.flatMap((endpoint) => endpointLines(node, endpoint, plan)),
  ]);
  const leaving = plan.presences.map(
    ({ topic, offline }) => `  ${clean(topic)}  ${clean(offline ?? "no word for gone is known")}`,
  );
  return [
    ...(devices.length > 0 ? devices : ["No dialect reads this device; it repeats what was recorded."]),
    ...(nodes.length > MAX_NODES ? [`and ${nodes.length - MAX_NODES} more devices`] : []),
    "",
    `Announces ${plan.announce.length} messages; a round takes ${Number(plan.seconds.toPrecision(4))} s`,
    ...rhythms(plan.tape),
    `Answers ${plan.echoes.length} orders as recorded, ${plan.forms.length} forms of commands by their dialect`,
    leaving.length > 0 ? "Leaves by" : "Has no last will: the recording shows no topic of availability",
    ...leaving.slice(0, MAX_TOPICS),
  ].join("\n");
}
