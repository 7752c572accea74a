import type { Value } from "../../../hub/model/capability.ts";
import type { Home, NodeState } from "../../../hub/model/home.ts";
import { type NodeId, parsePath } from "../../../hub/model/path.ts";
import type { BridgeSettings, HubEvent } from "../../../hub/ports.ts";
import { outOf, toldOf } from "./out.ts";
import { planOf } from "./plan.ts";
import type { OutDevice, ToBridge, Told } from "./protocol.ts";
import { isChosen, whyNever } from "./select.ts";
import { type HomeTariff, TARIFF_ID, tariffNode } from "./tariff-device.ts";

/** Values that come together go together, ms: short against what a person notices. */
const GATHER_MS = 20;
/** Values that are happenings: each time they are said counts. */
const HAPPENING = /\/switch\.event$/;
/** Presses of one device within one gathering; further ones are dropped. */
const MAX_PRESSES = 20;
/** More devices are not shown by one bridge; those later in the home's order stay away. */
const MAX_DEVICES = 500;

export interface FeedParts {
  readonly home: () => Home;
  readonly hubId: string;
  readonly now: () => number;
  /** Undefined: no person has entered one. */
  readonly tariff: () => HomeTariff | undefined;
}

/** Prices change on the minute. */
const MINUTE_MS = 60_000;

/** Keeps the process told of the devices that each bridge shows and of what is known of them. */
export class Feed {
  readonly #parts: FeedParts;
  readonly #send: (message: ToBridge) => boolean;
  readonly #bridges = new Map<string, BridgeSettings>();
  /** Ids of bridges that are gone: not given to a new one in this run, the process may still be forgetting. */
  readonly #gone = new Set<string>();
  /** What each bridge shows, as it was sent. */
  readonly #shown = new Map<string, Map<NodeId, string>>();
  readonly #values = new Map<NodeId, Set<string>>();
  readonly #changed = new Set<NodeId>();
  readonly #happened = new Map<NodeId, [key: string, value: Value][]>();
  #timer: NodeJS.Timeout | undefined;
  #minute: NodeJS.Timeout | undefined;

  constructor(parts: FeedParts, send: (message: ToBridge) => boolean) {
    this.#parts = parts;
    this.#send = send;
  }

  stop(): void {
    clearTimeout(this.#minute);
    clearTimeout(this.#timer);
  }

  shown(bridge: string): number {
    return this.#shown.get(bridge)?.size ?? 0;
  }

  was(bridge: string): boolean {
    return this.#gone.has(bridge);
  }

  drop(bridge: string): void {
    this.#gone.add(bridge);
    this.#bridges.delete(bridge);
    this.#shown.delete(bridge);
  }

  /** Sends all devices of the bridge and all that is known of them. */
  show(settings: BridgeSettings): void {
    this.#bridges.set(settings.id, settings);
    const shown = new Map<NodeId, string>();
    const devices: OutDevice[] = [];
    for (const node of this.#all()) {
      const device = shown.size < MAX_DEVICES ? this.#deviceFor(node, settings) : undefined;
      if (!device) continue;
      devices.push(device);
      shown.set(device.node, JSON.stringify(device));
    }
    this.#shown.set(settings.id, shown);
    this.#send({ kind: "devices", bridge: settings.id, devices });
    const now = this.#parts.now();
    const told = [...this.#nodes(shown.keys())].map((node) => toldOf(node, now));
    this.#send({ kind: "told", told });
    this.#minute ??= this.#nextMinute();
  }

  /** The tariff's prices change by the clock alone. */
  #nextMinute(): NodeJS.Timeout {
    const late = MINUTE_MS - (Date.now() % MINUTE_MS) + GATHER_MS;
    const timer = setTimeout(() => {
      this.#changed.add(TARIFF_ID);
      this.flush();
      this.#minute = this.#nextMinute();
    }, late);
    return timer.unref();
  }

  heard(event: HubEvent): void {
    if (event.type === "node") this.#changed.add(event.id);
    else if (event.type === "value") {
      const node = parsePath(event.key)?.node;
      if (node === undefined || !this.#isShown(node)) return;
      const keys = this.#values.get(node) ?? new Set<string>();
      this.#values.set(node, keys.add(event.key));
      if (HAPPENING.test(event.key) && event.known.status === "known") this.#press(node, event.key, event.known.value);
    } else return;
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  /** Only what is said live comes here: what the hub knew before its start never does. */
  #press(node: NodeId, key: string, value: Value): void {
    const all = this.#happened.get(node) ?? [];
    if (all.length < MAX_PRESSES) all.push([key.slice(node.length + 1), value]);
    this.#happened.set(node, all);
  }

  /** Sends what has gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const now = this.#parts.now();
    const told: Told[] = [];
    for (const id of this.#changed) {
      for (const settings of this.#bridges.values()) this.#refresh(id, settings);
      const node = this.#nodeOf(id);
      // A change of the device may be one of its reach, which makes all its values known or stale.
      if (node && this.#isShown(id)) told.push(this.#withPresses(toldOf(node, now)));
    }
    for (const [id, keys] of this.#values) {
      const node = this.#nodeOf(id);
      if (node && !this.#changed.has(id)) told.push(this.#withPresses(toldOf(node, now, keys)));
    }
    this.#happened.clear();
    this.#changed.clear();
    this.#values.clear();
    if (told.length > 0) this.#send({ kind: "told", told });
  }

  #withPresses(told: Told): Told {
    const happened = this.#happened.get(told.node);
    return happened ? { ...told, happened } : told;
  }

  #isShown(node: NodeId): boolean {
    for (const shown of this.#shown.values()) if (shown.has(node)) return true;
    return false;
  }

  #refresh(id: NodeId, settings: BridgeSettings): void {
    const shown = this.#shown.get(settings.id);
    if (!shown) return;
    const node = this.#nodeOf(id);
    const device = node && (shown.has(id) || shown.size < MAX_DEVICES) ? this.#deviceFor(node, settings) : undefined;
    if (!device) {
      if (shown.delete(id)) this.#send({ kind: "leave", bridge: settings.id, node: id });
      return;
    }
    const text = JSON.stringify(device);
    if (shown.get(id) === text) return;
    shown.set(id, text);
    this.#send({ kind: "device", bridge: settings.id, device });
  }

  #deviceFor(node: NodeState, settings: BridgeSettings): OutDevice | undefined {
    if (whyNever(node) !== undefined || !isChosen(node, settings.filter)) return undefined;
    const device = outOf(node, this.#parts.hubId);
    return planOf(device, (e) => device.kinds[String(e.number)] ?? []).top ? device : undefined;
  }

  #tariff(): NodeState | undefined {
    const tariff = this.#parts.tariff();
    return tariff && tariffNode(tariff, this.#parts.now());
  }

  *#all(): Iterable<NodeState> {
    yield* this.#parts.home().nodes.values();
    const tariff = this.#tariff();
    if (tariff) yield tariff;
  }

  #nodeOf(id: NodeId): NodeState | undefined {
    return id === TARIFF_ID ? this.#tariff() : this.#parts.home().nodes.get(id);
  }

  *#nodes(ids: Iterable<NodeId>): Iterable<NodeState> {
    for (const id of ids) {
      const node = this.#nodeOf(id);
      if (node) yield node;
    }
  }
}
