import type { Value } from "../../hub/model/capability.ts";
import { knownOf } from "../../hub/model/home.ts";
import type { EndpointDescription, NodeDescription } from "../../hub/model/node.ts";
import type { NodeId } from "../../hub/model/path.ts";
import type { AdapterInput } from "../../hub/ports.ts";
import { type CoreState, type Effect, emptyState, type Input, step } from "../../hub/step.ts";

const settings = { name: "Home", timeZone: "UTC", latitude: 54, longitude: 10, currency: "EUR" };
const tariff = {
  ...{ name: "flat", importBands: [], importPerKwh: 0.3, exportPerKwh: 0.08, standingPerDay: 0 },
  ...{ co2Bands: [], co2GPerKwh: 400 },
};

/** An endpoint with some attributes, all with a source of their own. */
export const endpoint = (
  number: number,
  caps: Readonly<Record<string, readonly string[]>>,
  type = "",
): EndpointDescription => ({
  number,
  deviceTypes: type ? [type] : [],
  capabilities: Object.fromEntries(
    Object.entries(caps).map(([capability, attributes]) => [
      capability,
      {
        attributes: Object.fromEntries(attributes.map((a) => [a, { source: `wire#${a}` }])),
        commands: capability === "onOff" ? { on: { source: "w" }, off: { source: "w" }, toggle: { source: "w" } } : {},
      },
    ]),
  ),
});

export const device = (id: string, given: Partial<NodeDescription> = {}): NodeDescription => ({
  ...{ id, name: id, adapter: "mqtt", dialect: "tasmota", addresses: [] },
  endpoints: [endpoint(1, { onOff: ["onOff"] }, "onOffPlugInUnit")],
  ...given,
});

/** A core that remembers what it did. */
export class House {
  now = Date.UTC(2026, 2, 2, 10);
  readonly state: CoreState;
  readonly effects: Effect[] = [];

  constructor(state = emptyState(settings, tariff)) {
    this.state = state;
  }

  put(input: Input): Effect[] {
    const effects = step(this.state, input, this.now);
    this.effects.push(...effects);
    return effects;
  }

  hear(input: AdapterInput): Effect[] {
    return this.put(input);
  }

  find(...nodes: readonly NodeDescription[]): this {
    for (const node of nodes) this.hear({ kind: "nodeFound", node, at: this.now });
    return this;
  }

  reach(node: NodeId, reachable = true): Effect[] {
    return this.hear({ kind: "reachable", node, reachable, at: this.now });
  }

  read(node: NodeId, path: string, value: Value, number = 1): Effect[] {
    const [capability = "", attribute = ""] = path.split(".");
    const reading = { path: { node, endpoint: number, capability, attribute }, value, at: this.now, source: node };
    return this.hear({ kind: "readings", readings: [reading] });
  }

  later(ms: number): this {
    this.now += ms;
    this.put({ kind: "tick", at: this.now });
    return this;
  }

  /** Records so far, as `path value`. */
  records(): string[] {
    return this.effects.flatMap((e) =>
      e.kind === "record"
        ? e.readings.map(({ path: p, value }) => `${p.node}/${p.endpoint}/${p.capability}.${p.attribute} ${value}`)
        : [],
    );
  }

  audits(what: string): string[] {
    return this.effects.flatMap((e) => (e.kind === "audit" && e.entry.what === what ? [e.entry.detail] : []));
  }

  value(key: string) {
    const node = this.state.home.nodes.get(key.slice(0, key.indexOf("/")));
    return node ? knownOf(node, key, this.now) : undefined;
  }

  open(): string[] {
    return [...this.state.identity.proposals.values()].filter((p) => p.state === "open").map((p) => p.key);
  }
}
