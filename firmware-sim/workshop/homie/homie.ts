import { z } from "zod";
import { type Act, forever, type Moment, type Said, Station } from "../firmware.ts";
import type { Entry } from "../kind.ts";
import { type Tree, tree4, tree5 } from "./tree.ts";

/** One value of a device. */
export interface Property {
  readonly id: string;
  readonly name: string;
  readonly datatype: "integer" | "float" | "boolean" | "enum" | "string" | "color" | "duration";
  readonly format?: string;
  readonly unit?: string;
  /** False: an event, told once. */
  readonly retained?: boolean;
  get(now: Moment): string;
  /** False: refused, as the convention says of what does not fit datatype and format; nothing changes then. */
  set?(text: string): boolean;
  /** Where a transition is going (convention 5: `$target`). */
  target?(): string;
}

export interface HomieNode {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: readonly Property[];
}

/** What one product is. */
export interface HomieProduct {
  readonly nodes: readonly HomieNode[];
  /** Properties to be told now, as `node/property`. */
  step(seconds: number, now: Moment): readonly string[];
  reset?(): void;
  /** s asleep after s awake. */
  readonly sleeps?: { readonly awake: number; readonly asleep: number };
}

/** The options that every Homie product has. */
export const versioned = {
  version: z.enum(["3", "4", "5"]).default("4").describe('the version of the convention: "3", "4" or "5"'),
  domain: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default("homie")
    .describe("the first part of all topics, such as homie"),
};

export interface Versioned {
  readonly version: "3" | "4" | "5";
  readonly domain: string;
}

const commandDelay = 0.05;

/** A Homie device: its life in `$state`, everything retained, values after each accepted `set` (Homie convention 3, 4, 5). */
export class Homie extends Station {
  readonly clientId: string;
  private readonly product: HomieProduct;
  private readonly base: string;
  private readonly qos: 1 | 2;
  private readonly five: boolean;
  private readonly identity: Omit<Tree, "label" | "revision">;
  private label: string;
  private revision = 1;
  private readyAt = Number.POSITIVE_INFINITY;
  private sleepAt = Number.POSITIVE_INFINITY;

  constructor(entry: Entry, product: HomieProduct, { version, domain }: Versioned) {
    super(entry.name);
    this.product = product;
    this.label = entry.name;
    this.five = version === "5";
    this.qos = this.five ? 2 : 1;
    this.base = this.five ? `${domain}/5/${entry.id}` : `${domain}/${entry.id}`;
    this.identity = { version, seed: entry.seed, nodes: product.nodes };
    this.clientId = `homie-${entry.id}`;
  }

  will(): Said {
    return this.own("$state", "lost");
  }

  subscriptions(): readonly string[] {
    return [`${this.base}/+/+/set`];
  }

  connected(now: Moment): Said[] {
    // While it describes itself it is in `init`; nothing of it counts before `ready`.
    this.readyAt = now.elapsed + 0.5;
    return [this.own("$state", "init"), ...this.description(), ...this.values(now)];
  }

  step(seconds: number, now: Moment): Said[] {
    const changed = this.product.step(seconds, now);
    if (now.elapsed >= this.readyAt) {
      this.readyAt = Number.POSITIVE_INFINITY;
      if (this.product.sleeps) this.sleepAt = now.elapsed + this.product.sleeps.awake;
      return [this.own("$state", "ready")];
    }
    if (this.product.sleeps && now.elapsed >= this.sleepAt) {
      this.sleepAt = Number.POSITIVE_INFINITY;
      this.leave(this.product.sleeps.asleep, true);
      return [this.own("$state", "sleeping")];
    }
    return this.values(now, changed);
  }

  receive(topic: string, payload: string, now: Moment): Said[] {
    const [node, property] = topic.slice(this.base.length + 1).split("/");
    const found = this.product.nodes.find(({ id }) => id === node)?.properties.find(({ id }) => id === property);
    if (!found?.set?.(payload)) return [];
    const target = this.five && found.target ? [this.own(`${node}/${property}/$target`, found.target())] : [];
    return [...target, ...this.values(now, [`${node}/${property}`])].map((said) => ({ ...said, after: commandDelay }));
  }

  override goodbye(_now: Moment): Said[] {
    return [this.own("$state", "disconnected")];
  }

  act(_name: string, act: Act, _now: Moment): Said[] {
    if (act === "counter") this.product.reset?.();
    if (act === "reboot") this.leave(4, false);
    if (act === "offline") this.leave(forever, false);
    if (act === "rename") {
      this.label = `${this.label} 2`;
      this.revision += 1;
      return [this.own("$state", "init"), ...this.description(), this.own("$state", "ready")];
    }
    if (act === "remove") {
      this.leave(forever, true);
      const kept = [...this.description(), ...this.values({ elapsed: 0, wall: 0 })].filter(({ retain }) => retain);
      return [this.own("$state", ""), ...kept.map((said) => ({ ...said, payload: "" }))];
    }
    return [];
  }

  private description(): Said[] {
    const tree: Tree = { ...this.identity, label: this.label, revision: this.revision };
    return (this.five ? tree5(tree) : tree4(tree)).map(([tail, payload]) => this.own(tail, payload));
  }

  /** All values that are kept, or those named. */
  private values(now: Moment, only?: readonly string[]): Said[] {
    return this.product.nodes.flatMap((node) =>
      node.properties.flatMap((property): Said[] => {
        const path = `${node.id}/${property.id}`;
        const retain = property.retained !== false;
        if (only ? !only.includes(path) : !retain) return [];
        return [{ ...this.own(path, property.get(now)), retain, qos: this.five && !retain ? 0 : this.qos }];
      }),
    );
  }

  private own(tail: string, payload: string): Said {
    return { topic: `${this.base}/${tail}`, payload, retain: true, qos: this.qos, from: this.name };
  }
}
