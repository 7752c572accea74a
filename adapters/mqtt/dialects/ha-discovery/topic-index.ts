/** Who listens to a topic, and what was said there last. */

import { Body } from "./body.ts";
import type { HaDevice } from "./device.ts";
import type { Slot } from "./reader.ts";

/** Most topics with wildcards of one broker; each costs a look at every message of unknown topics. */
const MAX_PATTERNS = 200;
/** Last messages that are kept for configs that come later; the oldest are dropped. */
const MAX_KEPT = 4_000;
const MAX_KEPT_CHARS = 8 * 1024 * 1024;
const MAX_KEPT_PAYLOAD = 64 * 1024;

/** MQTT's rule for filters (MQTT 5, section 4.7). */
function matches(pattern: readonly string[], topic: readonly string[]): boolean {
  for (let i = 0; i < pattern.length; i += 1) {
    if (pattern[i] === "#") return true;
    if (i >= topic.length || (pattern[i] !== "+" && pattern[i] !== topic[i])) return false;
  }
  return pattern.length === topic.length;
}

const isPattern = (topic: string): boolean => /(^|\/)[+#](\/|$)/.test(topic);
const nobody: ReadonlySet<HaDevice> = new Set();
const noTopics: ReadonlySet<string> = new Set();

export class TopicIndex {
  readonly #exact = new Map<string, Set<HaDevice>>();
  readonly #patterns = new Map<string, { readonly parts: readonly string[]; readonly devices: Set<HaDevice> }>();
  readonly #topics = new Map<HaDevice, ReadonlySet<string>>();

  /** Takes in the topics that a new or changed device listens to now; returns whether there are any that it did not. */
  put(device: HaDevice): boolean {
    const before = this.#topics.get(device) ?? noTopics;
    const topics = topicsOf(device);
    for (const topic of before) if (!topics.has(topic)) this.#leave(topic, device);
    const fresh = [...topics].filter((topic) => !before.has(topic));
    for (const topic of fresh) this.#join(topic, device);
    this.#topics.set(device, topics);
    return fresh.length > 0;
  }

  remove(device: HaDevice): void {
    for (const topic of this.#topics.get(device) ?? noTopics) this.#leave(topic, device);
    this.#topics.delete(device);
  }

  #join(topic: string, device: HaDevice): void {
    const known = isPattern(topic) ? this.#patterns.get(topic)?.devices : this.#exact.get(topic);
    if (known) known.add(device);
    else if (!isPattern(topic)) this.#exact.set(topic, new Set([device]));
    else if (this.#patterns.size < MAX_PATTERNS && topic !== "#")
      this.#patterns.set(topic, { parts: topic.split("/"), devices: new Set([device]) });
  }

  #leave(topic: string, device: HaDevice): void {
    const kept = isPattern(topic) ? this.#patterns : this.#exact;
    const devices = isPattern(topic) ? this.#patterns.get(topic)?.devices : this.#exact.get(topic);
    devices?.delete(device);
    if (devices?.size === 0) kept.delete(topic);
  }

  /** Devices that listen to this topic. */
  at(topic: string): ReadonlySet<HaDevice> {
    const exact = this.#exact.get(topic) ?? nobody;
    if (this.#patterns.size === 0 || topic.startsWith("$")) return exact;
    const parts = topic.split("/");
    const found = new Set(exact);
    for (const { parts: pattern, devices } of this.#patterns.values())
      if (matches(pattern, parts)) for (const device of devices) found.add(device);
    return found;
  }

  slots(device: HaDevice, topic: string): readonly Slot[] {
    const exact = device.slots.get(topic) ?? [];
    if (this.#patterns.size === 0) return exact;
    const parts = topic.split("/");
    const wild = [...device.slots].filter(([pattern]) => isPattern(pattern) && matches(pattern.split("/"), parts));
    return [...exact, ...wild.flatMap(([, slots]) => slots)];
  }
}

function topicsOf(device: HaDevice): ReadonlySet<string> {
  const topics = new Set(device.slots.keys());
  for (const { topic } of device.attributes) topics.add(topic);
  for (const { watches } of device.availability.values()) for (const { topic } of watches) topics.add(topic);
  return topics;
}

interface Kept {
  readonly payload: string;
  /** By the broker, before it came. */
  readonly retained: boolean;
  readonly at: number;
  readonly order: number;
}

/** The last message of each topic that a device listens to. */
export class Memory {
  readonly heard = new Map<string, Kept>();
  #chars = 0;
  #order = 0;

  keep(body: Body): void {
    const before = this.heard.get(body.topic);
    if (before) {
      this.#chars -= before.payload.length;
      this.heard.delete(body.topic);
    }
    if (body.payload === "" || body.payload.length > MAX_KEPT_PAYLOAD) return;
    this.#order += 1;
    this.#chars += body.payload.length;
    const { payload, retained, at } = body;
    this.heard.set(body.topic, { payload, retained, at, order: this.#order });
    while (this.heard.size > MAX_KEPT || this.#chars > MAX_KEPT_CHARS) {
      const oldest = this.heard.entries().next().value;
      if (!oldest) return;
      this.#chars -= oldest[1].payload.length;
      this.heard.delete(oldest[0]);
    }
  }

  /** Whether the last message of a topic was one that the broker had kept. */
  wasKept(topic: string): boolean {
    return this.heard.get(topic)?.retained === true;
  }

  last(topic: string): Body | undefined {
    const kept = this.heard.get(topic);
    // What happened then is over, as with a message that the broker kept.
    return kept && new Body(topic, kept.payload, true, kept.at);
  }
}
