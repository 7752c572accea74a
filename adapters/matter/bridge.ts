import type { Origin } from "../../hub/model/command.ts";
import type { Problem } from "../../hub/model/finding.ts";
import type { Home } from "../../hub/model/home.ts";
import type {
  BridgePreview,
  BridgeSettings,
  BridgeStatus,
  Bridges,
  BridgeWish,
  Hub,
  HubEvent,
  Log,
} from "../../hub/ports.ts";
import { checkedBridge } from "./bridge/check.ts";
import { ecosystemFacts, makerOf } from "./bridge/ecosystems.ts";
import { Feed } from "./bridge/feed.ts";
import { previewsOf } from "./bridge/preview.ts";
import { type BridgeNews, type FromBridge, isFromBridge, type ToBridge } from "./bridge/protocol.ts";
import { Requests } from "./bridge/requests.ts";
import type { HomeTariff } from "./bridge/tariff-device.ts";
import { WatchedChild } from "./child.ts";
import { markOf } from "./own-mark.ts";

export interface BridgeOptions {
  /** The bundled process, e.g. `dist/matter-bridge.mjs`. */
  readonly entry: string;
  /** The process's own folder; `<storage>-backup` beside it is written too. */
  readonly storage: string;
  readonly log: Log;
  /** Why there can be no bridge now, e.g. that Matter is turned off; undefined when there can. */
  readonly off?: string | undefined;
  /** The hub's own secret, of which the marks on its devices are made. */
  readonly hubId: string;
  readonly home: () => Home;
  readonly now: () => number;
  /** Undefined until a person has entered one. */
  readonly tariff: () => HomeTariff | undefined;
  readonly subscribe: (listener: (event: HubEvent) => void) => () => void;
  readonly command: Hub["command"];
  readonly problem: (problem: Problem) => void;
  /** Where the settings are kept. */
  readonly kept: { all(): readonly BridgeSettings[]; set(bridges: readonly BridgeSettings[]): void };
  readonly audit: (by: string, what: string, subject: string, detail: string) => void;
}

export interface BridgeFacts {
  readonly running: boolean;
  readonly pid: number | undefined;
  /** Bytes; 0 before the first sign of life. */
  readonly rss: number;
}

export interface BridgeSide extends Bridges {
  start(): void;
  stop(): Promise<void>;
  facts(): BridgeFacts;
}

const WINDOW_S = 15 * 60;
/** How long an answer waits for the bridge to be online. */
const ONLINE_MS = 25_000;
/** How long a change of the window or of a fabric may take to be told. */
const NEWS_MS = 5000;

/** The hub's side of its Matter bridges: a watched process, started with the first bridge, does the work. */
export function createBridges(options: BridgeOptions): BridgeSide {
  return new Side(options);
}

class Side implements BridgeSide {
  readonly #options: BridgeOptions;
  readonly #child: WatchedChild<ToBridge, FromBridge>;
  readonly #feed: Feed;
  readonly #requests: Requests;
  readonly #bridges = new Map<string, BridgeSettings>();
  readonly #news = new Map<string, BridgeNews>();
  readonly #waiting = new Set<() => void>();
  #unsubscribe: () => void = () => undefined;
  #rss = 0;

  constructor(options: BridgeOptions) {
    this.#options = options;
    const kind = {
      entry: options.entry,
      name: "the Matter bridge",
      isFrom: isFromBridge,
      stop: { kind: "stop" },
    } as const;
    this.#child = new WatchedChild<ToBridge, FromBridge>(kind, options.log, {
      up: () => this.#configure(),
      message: (message) => this.#take(message),
      down: () => this.#down(),
    });
    const send = (message: ToBridge) => this.#child.send(message);
    this.#feed = new Feed(options, send);
    this.#requests = new Requests({
      command: (command, origin: Origin) => options.command(command, origin),
      before: () => this.#feed.flush(),
      send,
      nameOf: (bridge) => this.#bridges.get(bridge)?.name ?? bridge,
    });
    for (const settings of options.kept.all()) this.#bridges.set(settings.id, settings);
  }

  start(): void {
    this.#unsubscribe = this.#options.subscribe((event) => {
      if (this.#child.pid !== undefined) this.#feed.heard(event);
    });
    if (this.#bridges.size > 0 && !this.#options.off) this.#child.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#feed.stop();
    await this.#child.stop();
  }

  facts(): BridgeFacts {
    return { running: this.#child.pid !== undefined, pid: this.#child.pid, rss: this.#rss };
  }

  list(): readonly BridgeStatus[] {
    return [...this.#bridges.values()].map((settings) => this.#status(settings));
  }

  preview({ ecosystem, filter }: Pick<BridgeWish, "ecosystem" | "filter">): BridgePreview {
    const { home, tariff, now } = this.#options;
    const nodes = previewsOf(home(), tariff(), now(), { ecosystem, filter });
    return { nodes, basis: ecosystemFacts[ecosystem].basis };
  }

  async add(wish: BridgeWish, by: string): Promise<BridgeStatus> {
    if (this.#options.off) throw new RangeError(`name: ${this.#options.off}`);
    const settings = checkedBridge(wish, this.#freshId(), [...this.#bridges.values()]);
    this.#keep(settings);
    this.#options.audit(by, "bridge-added", settings.id, `${settings.name} on port ${settings.port}`);
    if (this.#child.pid === undefined) {
      this.#news.set(settings.id, { ...unheard, openUntil: this.#later() });
      this.#child.start();
    } else this.#show(settings, WINDOW_S);
    await this.#until(() => this.#isSettled(settings.id), ONLINE_MS);
    return this.#status(settings);
  }

  async change(id: string, wish: BridgeWish, by: string): Promise<BridgeStatus | undefined> {
    const was = this.#bridges.get(id);
    if (!was) return undefined;
    const others = [...this.#bridges.values()].filter((b) => b.id !== id);
    const settings = checkedBridge({ ...wish, port: wish.port ?? was.port }, id, others);
    this.#keep(settings);
    this.#options.audit(by, "bridge-changed", id, `${settings.name} on port ${settings.port}`);
    if (was.port !== settings.port || was.name !== settings.name) this.#news.delete(id);
    this.#show(settings, 0);
    await this.#until(() => this.#isSettled(id), ONLINE_MS);
    return this.#status(settings);
  }

  remove(id: string, by: string): boolean {
    const was = this.#bridges.get(id);
    if (!was) return false;
    this.#bridges.delete(id);
    this.#news.delete(id);
    this.#feed.drop(id);
    this.#options.kept.set([...this.#bridges.values()]);
    this.#options.audit(by, "bridge-removed", id, was.name);
    this.#child.send({ kind: "forget", bridge: id });
    return true;
  }

  async open(id: string, open: boolean, by: string): Promise<BridgeStatus | undefined> {
    const settings = this.#bridges.get(id);
    if (!settings) return undefined;
    this.#options.audit(by, open ? "bridge-opened" : "bridge-closed", id, settings.name);
    const isSo = (news: BridgeNews) => news.openUntil > Date.now() + (WINDOW_S - 60) * 1000 === open;
    await this.#told(id, { kind: "window", bridge: id, seconds: open ? WINDOW_S : 0 }, isSo);
    return this.#status(settings);
  }

  async removeFabric(id: string, index: number, by: string): Promise<BridgeStatus | undefined> {
    const settings = this.#bridges.get(id);
    const fabric = this.#news.get(id)?.fabrics.find((f) => f.index === index);
    if (!settings || !fabric) return undefined;
    this.#options.audit(by, "bridge-fabric-removed", id, `${fabric.label} (${makerOf(fabric.vendorId)})`);
    const isGone = (news: BridgeNews) => news.fabrics.every((f) => f.index !== index);
    await this.#told(id, { kind: "removeFabric", bridge: id, fabric: index }, isGone);
    return this.#status(settings);
  }

  #freshId(): string {
    for (let n = 1; ; n++) if (!this.#bridges.has(String(n)) && !this.#feed.was(String(n))) return String(n);
  }

  #keep(settings: BridgeSettings): void {
    this.#bridges.set(settings.id, settings);
    this.#options.kept.set([...this.#bridges.values()]);
  }

  #later(): number {
    return Date.now() + WINDOW_S * 1000;
  }

  #isSettled(id: string): boolean {
    const news = this.#news.get(id);
    return news !== undefined && (news.online || news.problem !== undefined);
  }

  /** Sends and waits until the bridge has said that it is so. */
  async #told(id: string, message: ToBridge, isSo: (news: BridgeNews) => boolean): Promise<void> {
    if (!this.#child.send(message)) return;
    await this.#until(() => isSo(this.#news.get(id) ?? unheard), NEWS_MS);
  }

  #until(isSo: () => boolean, limitMs: number): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (isSo()) end();
      };
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const timer = setTimeout(end, limitMs);
      this.#waiting.add(look);
    });
  }

  #status(settings: BridgeSettings): BridgeStatus {
    const news = this.#news.get(settings.id) ?? unheard;
    return {
      settings,
      state: news.online ? "online" : news.problem ? "failed" : "starting",
      ...(news.problem ? { problem: news.problem } : {}),
      ...(news.qrCode ? { qrCode: news.qrCode } : {}),
      ...(news.manualCode ? { manualCode: news.manualCode } : {}),
      openUntil: news.openUntil > Date.now() ? news.openUntil : 0,
      fabrics: news.fabrics.map(({ index, label, vendorId }) => ({ index, label, maker: makerOf(vendorId) })),
      shown: this.#feed.shown(settings.id),
    };
  }

  #configure(): void {
    this.#child.send({ kind: "configure", storage: this.#options.storage });
    for (const settings of this.#bridges.values()) {
      const left = ((this.#news.get(settings.id)?.openUntil ?? 0) - Date.now()) / 1000;
      this.#show(settings, Math.max(0, Math.round(left)));
    }
  }

  #show(settings: BridgeSettings, open: number): void {
    const { id, name, port } = settings;
    const mark = (of: string) => markOf(this.#options.hubId, `bridge ${id}${of}`);
    const bridge = { id, name, port, uniqueId: mark(""), serial: mark(" serial") };
    this.#child.send({ kind: "bridge", bridge, open });
    this.#feed.show(settings);
  }

  #down(): void {
    this.#rss = 0;
    for (const [id, news] of this.#news) this.#news.set(id, { ...news, online: false });
  }

  #take(message: FromBridge): void {
    const { log } = this.#options;
    switch (message.kind) {
      case "ready":
        log.info({ pid: this.#child.pid }, "the Matter bridge is ready");
        break;
      case "alive":
        this.#rss = message.rss;
        break;
      case "log":
        log[message.level]({}, `matter bridge: ${message.message}`);
        break;
      case "problem":
        this.#options.problem(message.problem);
        break;
      case "asked":
        void this.#requests.take(message);
        break;
      case "news":
        if (this.#bridges.has(message.bridge)) this.#news.set(message.bridge, message.news);
        for (const look of [...this.#waiting]) look();
    }
  }
}

const unheard: BridgeNews = { online: false, fabrics: [], openUntil: 0 };
