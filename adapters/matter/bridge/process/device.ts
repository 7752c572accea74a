import type { ActionContext, Endpoint } from "@matter/main";
import { GroupSession, hasRemoteActor } from "@matter/main/protocol";
import { Status, StatusResponseError } from "@matter/main/types";
import type { Value } from "../../../../hub/model/capability.ts";
import type { Answer, OutDevice, Told } from "../protocol.ts";
import type { Use } from "../recipe.ts";
import { type SceneValues, sceneAsks } from "../scene.ts";
import { type Ask, type Asks, type BridgeEvent, type Fields, type Held, isAsks } from "../table.ts";
import { type Doer, serve } from "./doers.ts";
import { allOf, type Built, behaviorId } from "./endpoint.ts";
import { checkScenes } from "./scenes.ts";

/** Brings what an ecosystem asks to the hub. */
export type Asker = (
  device: OutDevice,
  endpoint: number,
  asks: readonly Ask[],
  context: ActionContext,
) => Promise<{ readonly answer: Answer; readonly settled: Promise<void> }>;

/** Within this long after its recall nothing ends a scene; then the device's state is held against it. */
const LATE_WORD_MS = 1500;

interface Fed {
  readonly use: Use;
  readonly endpoint: Endpoint;
  /** What was last told to Matter; undefined before the first time in this run. */
  sent: Fields | undefined;
}

interface Kept {
  readonly value: Value;
  readonly changed: number;
}

/** One device on a bridge: keeps what the hub said last, and tells Matter what may be told of it. */
export class BridgedDevice implements Doer {
  /** As the hub described it last; only its name and firmware change within one life of this object. */
  device: OutDevice;
  readonly built: Built;
  readonly #ask: Asker;
  readonly #failed: (error: unknown) => void;
  readonly #fed: Fed[] = [];
  readonly #heard: Pick<Fed, "use" | "endpoint">[] = [];
  /** By `endpoint/capability.attribute`. */
  readonly #values = new Map<string, Kept>();
  /** Told since the last round; never more than come in one message after the other. */
  #happened: (readonly [key: string, value: Value])[] = [];
  /** Endpoints on their way to a scene, and how often. */
  readonly #moving = new Map<Endpoint, number>();
  #reachable = false;
  #shown: boolean | undefined;
  #clock = 0;
  #pushing: Promise<void> | undefined;
  #again = false;

  constructor(device: OutDevice, built: Built, ask: Asker, failed: (error: unknown) => void) {
    this.device = device;
    this.built = built;
    this.#ask = ask;
    this.#failed = failed;
    for (const { endpoint, plan } of allOf(built)) {
      serve(endpoint, this, plan.uses);
      for (const use of plan.uses) {
        if (use.cluster.state) this.#fed.push({ use, endpoint, sent: undefined });
        if (use.cluster.happens) this.#heard.push({ use, endpoint });
      }
    }
  }

  /** Takes over what another shape of the same device knew. */
  inherit(from: BridgedDevice): void {
    for (const [key, kept] of from.#values) this.#values.set(key, kept);
    this.#reachable = from.#reachable;
    this.#clock = from.#clock;
    this.push();
  }

  tell({ reachable, values, happened = [] }: Told): void {
    this.#reachable = reachable;
    this.#clock++;
    for (const [key, value] of Object.entries(values)) {
      if (value === null) this.#values.delete(key);
      else if (this.#values.get(key)?.value !== value) this.#values.set(key, { value, changed: this.#clock });
    }
    for (const [key, value] of happened) this.#happened.push([key, value]);
    this.push();
  }

  /** Tells Matter what is new, one round after the other; what comes meanwhile goes in the next round. */
  push(): void {
    if (this.#pushing) {
      this.#again = true;
      return;
    }
    this.#pushing = this.#round()
      .catch(this.#failed)
      .finally(() => {
        this.#pushing = undefined;
        if (this.#again) {
          this.#again = false;
          this.push();
        }
      });
  }

  /** Resolves when everything told so far has gone to Matter. */
  async idle(): Promise<void> {
    while (this.#pushing) await this.#pushing;
  }

  async #round(): Promise<void> {
    const news = new Map<Endpoint, Record<string, Fields>>();
    const events: { readonly fed: Fed; readonly before: Fields; readonly after: Fields }[] = [];
    const happened = this.#happened.splice(0);
    if (!this.#reachable) return this.#show(false);
    for (const fed of this.#fed) {
      const { use, endpoint, sent } = fed;
      const state = use.cluster.state?.(this.#held(use), use.source);
      // Something that may not be null is not known: the whole device is shown as out of reach until it is.
      if (!state) return this.#show(false);
      const changed = Object.entries(state).filter(([name, value]) => !sent || !same(sent[name], value));
      if (changed.length === 0) continue;
      news.set(endpoint, { ...news.get(endpoint), [behaviorId(use)]: Object.fromEntries(changed) });
      if (sent) events.push({ fed, before: sent, after: state });
      fed.sent = state;
    }
    for (const [endpoint, values] of news) {
      try {
        await endpoint.set(values);
      } catch (error) {
        for (const fed of this.#fed) if (fed.endpoint === endpoint) fed.sent = undefined;
        throw error;
      }
    }
    await this.#show(true);
    for (const endpoint of news.keys()) await checkScenes(endpoint);
    for (const { fed, before, after } of events) await emit(fed, fed.use.cluster.events?.(before, after) ?? []);
    for (const [key, value] of happened)
      for (const fed of this.#heard)
        if (key.startsWith(`${fed.use.source.endpoint}/`))
          await emit(fed, fed.use.cluster.happens?.(key.slice(key.indexOf("/") + 1), value) ?? []);
  }

  async #show(reachable: boolean): Promise<void> {
    if (this.#shown === reachable) return;
    this.#shown = reachable;
    // What is true when it comes back is told anew, and nothing of it counts as having happened now.
    if (!reachable) for (const fed of this.#fed) fed.sent = undefined;
    await this.built.endpoint.setStateOf("bridgedDeviceBasicInformation", { reachable });
  }

  #held({ source }: Use): Held {
    const at = (key: string) => this.#values.get(`${source.endpoint}/${key}`);
    return Object.assign((key: string) => at(key)?.value, { changed: (key: string) => at(key)?.changed ?? 0 });
  }

  async invoke(use: Use, command: string, fields: Fields, context: ActionContext): Promise<Fields | undefined> {
    const run = use.cluster.commands?.[command];
    if (!run) throw new StatusResponseError("there is no such command", Status.UnsupportedCommand);
    const reply = use.cluster.replies?.[command];
    try {
      await this.#do(use, run(fields, this.#held(use), use.source), context);
    } catch (error) {
      if (reply && error instanceof StatusResponseError) return reply(error.message);
      throw error;
    }
    return reply?.(undefined);
  }

  async write(use: Use, attribute: string, wire: unknown, context: ActionContext): Promise<void> {
    const run = use.cluster.writes?.[attribute];
    if (run) await this.#do(use, run(wire, this.#held(use), use.source), context);
  }

  get isHere(): boolean {
    return this.#shown === true;
  }

  isMoving(endpoint: Endpoint): boolean {
    return this.#moving.has(endpoint);
  }

  async recall(endpoint: Endpoint, values: SceneValues, seconds: number, context: ActionContext): Promise<void> {
    if (!this.isHere) throw new StatusResponseError("the device can't be reached", Status.Failure);
    const uses = this.#fed.filter((f) => f.endpoint === endpoint && f.use.cluster.recall).map((f) => f.use);
    const [first] = uses;
    if (!first) return;
    this.#moving.set(endpoint, (this.#moving.get(endpoint) ?? 0) + 1);
    const arrived = () => {
      const left = (this.#moving.get(endpoint) ?? 1) - 1;
      if (left > 0) this.#moving.set(endpoint, left);
      else this.#moving.delete(endpoint);
    };
    let settled = Promise.resolve();
    try {
      const asks = sceneAsks(uses, values, seconds, (use) => this.#held(use));
      settled = (await this.#do(first, asks, context)).settled;
    } finally {
      const end = async () => {
        // The last of what the device said of it may come behind the hub's answer.
        await new Promise((resolve) => setTimeout(resolve, LATE_WORD_MS).unref());
        arrived();
        await this.idle();
        await checkScenes(endpoint);
      };
      void settled.then(end).catch(this.#failed);
    }
  }

  /** Resolves when it is answered, and says when it will be settled. */
  async #do(use: Use, asks: Asks, context: ActionContext): Promise<{ readonly settled: Promise<void> }> {
    if (!isAsks(asks)) throw new StatusResponseError(asks.constraint, Status.ConstraintError);
    if (asks.length === 0) return { settled: Promise.resolve() };
    const asked = this.#ask(this.device, use.source.endpoint, asks, context);
    const settled = asked.then((a) => a.settled);
    void settled.then(() => this.#truth(use));
    // A group is not answered (core 8.2.5.2): its next device need not wait for this one.
    if (toGroup(context)) return { settled };
    const { answer } = await asked;
    if (answer.state === "refused") throw new StatusResponseError(answer.reason, Status.Failure);
    return { settled };
  }

  /** What was written from outside stands only if the device did it: the cluster goes back to what is known. */
  #truth(use: Use): void {
    if (!use.cluster.writes) return;
    for (const fed of this.#fed) if (fed.use === use) fed.sent = undefined;
    this.push();
  }
}

const toGroup = (context: ActionContext): boolean => hasRemoteActor(context) && GroupSession.is(context.session);

async function emit({ use, endpoint }: Pick<Fed, "use" | "endpoint">, events: readonly BridgeEvent[]): Promise<void> {
  if (events.length === 0) return;
  await endpoint.act((agent) => {
    const known: unknown = Reflect.get(endpoint.events, behaviorId(use));
    for (const { name, payload } of events) {
      const event: unknown = typeof known === "object" && known ? Reflect.get(known, name) : undefined;
      if (typeof event === "object" && event && "emit" in event && typeof event.emit === "function")
        event.emit(payload, agent.context);
    }
  });
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
