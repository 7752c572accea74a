/** The way from the core to one device and back, over the simulated network. */
import { expect } from "vitest";
import type { Value } from "../../../hub/model/capability.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import type { SendResult } from "../../../hub/ports.ts";
import type { House } from "./restarts-house.ts";

export class Line {
  readonly home: House;
  readonly node: NodeId;

  private constructor(home: House, node: NodeId) {
    this.home = home;
    this.node = node;
  }

  /** Pairs the device of that code; resolves when the hub is told by it. */
  static async pair(home: House, code: string): Promise<Line> {
    const { clock, hub } = home;
    if (!hub.host) await clock.during(hub.start(), 60_000);
    const outcome = await clock.during(hub.commission(code), 60_000);
    expect(outcome).toMatchObject({ ok: true });
    const node = outcome.ok ? outcome.node : "";
    expect(await clock.until(() => hub.core.home.nodes.get(node)?.reachable === true, 30_000)).toBe(true);
    return new Line(home, node);
  }

  /** The endpoint that has the capability. */
  endpoint(capability: string): number {
    const endpoints = this.home.hub.core.home.nodes.get(this.node)?.description.endpoints ?? [];
    const found = endpoints.find(({ capabilities }) => Object.hasOwn(capabilities, capability));
    if (!found) throw new Error(`${this.node} has no ${capability}`);
    return found.number;
  }

  send(capability: string, command: string, args: Record<string, Value> = {}): Promise<SendResult> {
    const target = { node: this.node, endpoint: this.endpoint(capability) };
    return this.home.clock.during(this.home.hub.send({ target, capability, command, args }), 10_000);
  }

  value(capability: string, attribute: string): Value | undefined {
    const known = this.home.hub.known({
      node: this.node,
      endpoint: this.endpoint(capability),
      capability,
      attribute,
    });
    return known.status === "known" ? known.value : undefined;
  }

  /** The device's own word on it, within a second of the command. */
  async shows(capability: string, wanted: Record<string, unknown>): Promise<void> {
    const now = () =>
      Object.fromEntries(Object.keys(wanted).map((attribute) => [attribute, this.value(capability, attribute)]));
    const isSo = () => Object.entries(now()).every(([attribute, value]) => value === wanted[attribute]);
    await this.home.clock.until(isSo, 2000);
    expect(now()).toEqual(wanted);
  }

  /** Epoch s of the home's clock. */
  get seconds(): number {
    return Math.floor(this.home.clock.now / 1000);
  }
}
