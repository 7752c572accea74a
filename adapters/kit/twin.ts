/** A simulated device made of a recording: announces, reports in the recorded rhythm, answers orders, leaves by its last will. */
import type { MqttClient } from "mqtt";
import type { BrokerSettings } from "../../hub/ports.ts";
import { chanceOf } from "./chance.ts";
import { listenTo, openClient } from "./record/open.ts";
import { type Recorded, type Recording, RecordingFault } from "./recording.ts";
import { moveDates } from "./replay/dates.ts";
import { pause } from "./replay.ts";
import type { Reply } from "./twin/echo.ts";
import { learn, type Plan } from "./twin/learn.ts";
import { type Leaf, leavesOf, withLeaves } from "./twin/leaves.ts";
import { Numbers } from "./twin/numbers.ts";
import { TwinState, type Way } from "./twin/state.ts";

export interface TwinOptions {
  readonly broker: BrokerSettings;
  readonly signal: AbortSignal;
  /** Times faster than recorded. Default 1. */
  readonly speed?: number;
  /** Measurements wander within their range instead of being repeated; the seed of their chance. */
  readonly drift?: number;
  /** When it is on the broker and has announced itself. */
  readonly onReady?: (plan: Plan) => void;
  readonly onSaid?: (topic: string, payload: string) => void;
  readonly onOrder?: (topic: string, payload: string, way: Way | undefined) => void;
}

/** Topics that one subscription names. */
const MAX_TOPICS = 5000;
/** Answers that may wait; more are dropped. */
const MAX_WAITING = 1000;

class Twin {
  readonly #client: MqttClient;
  readonly #plan: Plan;
  readonly #options: TwinOptions;
  readonly #made: number;
  readonly #state: TwinState;
  readonly #numbers: Numbers;
  /** What it said last where it also listens, so that it does not obey itself. */
  readonly #own = new Map<string, string>();
  #waiting = 0;

  constructor(client: MqttClient, plan: Plan, made: number, options: TwinOptions) {
    this.#client = client;
    this.#plan = plan;
    this.#options = options;
    this.#made = made;
    this.#state = new TwinState(plan);
    this.#numbers = new Numbers(plan.series, options.drift === undefined ? undefined : chanceOf(options.drift));
  }

  async start(): Promise<void> {
    const { hears } = this.#plan;
    this.#client.on("message", (topic, body) => void this.#obey(topic, body.toString("utf8")));
    if (hears.length > 0) await listenTo(this.#client, hears);
    for (const message of this.#plan.announce) await this.#say(message, 0);
    await this.#arrive();
    // After a lost connection its last will was told.
    this.#client.on("connect", () => void this.#arrive());
  }

  async #arrive(): Promise<void> {
    for (const { topic, online, retain } of this.#plan.presences)
      if (online !== undefined) await this.#publish(topic, online, retain);
  }

  async rounds(): Promise<void> {
    const { tape, seconds } = this.#plan;
    const { signal, speed = 1 } = this.#options;
    const begun = performance.now();
    for (let round = 0; !signal.aborted; round += 1) {
      const untilAt = (at: number) =>
        pause(((round * seconds + at) * 1000) / speed - (performance.now() - begun), signal);
      for (const message of tape) {
        await untilAt(message.at);
        if (signal.aborted) return;
        await this.#say(message, round);
      }
      await untilAt(seconds);
    }
  }

  /** Each availability topic says that it is gone, as its last will would. */
  async leave(): Promise<void> {
    for (const { topic, offline, retain } of this.#plan.presences)
      if (offline !== undefined) await this.#publish(topic, offline, retain);
  }

  async #obey(topic: string, payload: string): Promise<void> {
    if (this.#own.get(topic) === payload) return;
    const { way, replies } = this.#state.order(topic, payload);
    this.#options.onOrder?.(topic, payload, way);
    for (const reply of replies) void this.#answer(reply);
  }

  async #answer({ after, topic, payload, retain }: Reply): Promise<void> {
    if (this.#waiting >= MAX_WAITING) return;
    this.#waiting += 1;
    await pause((after * 1000) / (this.#options.speed ?? 1), this.#options.signal);
    this.#waiting -= 1;
    if (!this.#options.signal.aborted) await this.#publish(topic, this.#dated(payload, after), retain);
  }

  /** A message of the recording, as it is by now. */
  #say({ topic, payload, retain, at }: Recorded, round: number): Promise<void> {
    const changes = new Map<string, Leaf>();
    for (const [path, leaf] of leavesOf(payload)) {
      const now = this.#numbers.at(topic, path, leaf, round);
      if (now !== undefined) changes.set(path, now);
    }
    const told = this.#state.tell(topic, withLeaves(payload, changes), retain);
    return this.#publish(topic, this.#dated(told, at), retain);
  }

  #dated(payload: string, at: number): string {
    return moveDates(payload, this.#made, Date.now() - (this.#made + at * 1000));
  }

  async #publish(topic: string, payload: string, retain: boolean): Promise<void> {
    if (this.#plan.hears.includes(topic)) this.#own.set(topic, payload);
    await this.#client.publishAsync(topic, payload, { qos: 1, retain }).catch(() => undefined);
    this.#options.onSaid?.(topic, payload);
  }
}

/** The will of the topic on which most devices hang. */
function willOf(plan: Plan) {
  const [first] = plan.presences.filter((p) => p.offline !== undefined).sort((a, b) => b.nodes - a.nodes);
  if (!first) return {};
  return {
    will: { topic: first.topic, payload: Buffer.from(first.offline ?? ""), qos: 1 as const, retain: first.retain },
  };
}

/** Runs until the signal, then takes its leave. Rejects with RecordingFault. */
export async function runTwin(recording: Recording, options: TwinOptions): Promise<void> {
  const plan = learn(recording);
  if (plan.announce.length + plan.tape.length === 0)
    throw new RecordingFault(
      "empty-recording",
      "The recording holds nothing that a device said.",
      "record for longer, or more topics",
    );
  if (plan.hears.length > MAX_TOPICS)
    throw new RecordingFault(
      "too-many-topics",
      `The recording has ${plan.hears.length} topics for commands; a twin listens to at most ${MAX_TOPICS}.`,
      "record fewer devices with --topics",
    );
  const client = await openClient(options.broker, willOf(plan));
  const twin = new Twin(client, plan, Date.parse(recording.head.made), options);
  try {
    await twin.start();
    options.onReady?.(plan);
    await twin.rounds();
    await twin.leave();
  } finally {
    await client.endAsync();
  }
}
