/** Devices whose newest configs are not built in yet: a burst of configs makes a device anew once, not once for each. */
import { listOf, textOf } from "../../json.ts";
import type { Entity } from "./config.ts";
import type { HaDevice } from "./device.ts";

/** Where an entity only speaks. */
const SPEAKS = /(?:command|^set_.+)_topic$/;

/** Where an entity listens, and a little more; undefined where it is a filter, which cannot be looked up by a topic. */
export function listensTo(entity: Entity): readonly string[] | undefined {
  const { config } = entity;
  const topics = listOf(config, "availability").flatMap((entry) => textOf(entry, "topic") ?? []);
  for (const [key, value] of Object.entries(config))
    if (key.endsWith("topic") && typeof value === "string" && !SPEAKS.test(key)) topics.push(value);
  return topics.some((topic) => /[#+]/.test(topic)) ? undefined : topics;
}

interface Wait {
  /** It may be that nothing changed. */
  again: boolean;
  readonly topics: string[];
}

const nobody: ReadonlySet<HaDevice> = new Set();

export class Due {
  /** Those that wait longest come first. */
  readonly #devices = new Map<HaDevice, Wait>();
  readonly #byTopic = new Map<string, Set<HaDevice>>();

  get size(): number {
    return this.#devices.size;
  }

  has(device: HaDevice): boolean {
    return this.#devices.has(device);
  }

  next(): HaDevice | undefined {
    return this.#devices.keys().next().value;
  }

  /** Devices of which new entities listen to this topic. */
  at(topic: string): ReadonlySet<HaDevice> {
    return this.#byTopic.get(topic) ?? nobody;
  }

  add(device: HaDevice, topics: readonly string[], again: boolean): void {
    const wait = this.#devices.get(device) ?? { again, topics: [] };
    wait.again &&= again;
    this.#devices.set(device, wait);
    for (const topic of topics) {
      const devices = this.#byTopic.get(topic) ?? new Set();
      if (devices.has(device)) continue;
      this.#byTopic.set(topic, devices.add(device));
      wait.topics.push(topic);
    }
  }

  /** Takes a device out; whether it may be that nothing changed, or undefined where it does not wait. */
  take(device: HaDevice): boolean | undefined {
    const wait = this.#devices.get(device);
    if (!wait) return undefined;
    this.#devices.delete(device);
    for (const topic of wait.topics) {
      const devices = this.#byTopic.get(topic);
      devices?.delete(device);
      if (devices?.size === 0) this.#byTopic.delete(topic);
    }
    return wait.again;
  }
}
