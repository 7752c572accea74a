import type { ActionContext, Endpoint } from "@matter/main";
import { Status, StatusResponseError } from "@matter/main/types";
import type { Value } from "../../../../hub/model/capability.ts";
import type { Answer, OutDevice, Told } from "../protocol.ts";
import type { Use } from "../recipe.ts";
import { type Ask, type Asks, type BridgeEvent, type Fields, type Held, isAsks } from "../table.ts";
import { allOf, type Built, behaviorId } from "./endpoint.ts";
import { type Doer, serve } from "./server-for.ts";

/** Brings what an ecosystem asks to the hub. */
export type Asker = (
  device: OutDevice,
  endpoint: number,
  asks: readonly Ask[],
  context: ActionContext,
) => Promise<{ readonly answer: Answer; readonly settled: Promise<void> }>;

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

  async #do(use: Use, asks: Asks, context: ActionContext): Promise<void> {
    if (!isAsks(asks)) throw new StatusResponseError(asks.constraint, Status.ConstraintError);
    if (asks.length === 0) return;
    const { answer, settled } = await this.#ask(this.device, use.source.endpoint, asks, context);
    void settled.then(() => this.#truth(use));
    if (answer.state === "refused") throw new StatusResponseError(answer.reason, Status.Failure);
  }

  /** What was written from outside stands only if the device did it: the cluster goes back to what is known. */
  #truth(use: Use): void {
    if (!use.cluster.writes) return;
    for (const fed of this.#fed) if (fed.use === use) fed.sent = undefined;
    this.push();
  }
}

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
