import type { Notice } from "../../model/house.ts";
import type { ChannelSettings, ChannelView, Clock, Log, Notices, Store } from "../../ports.ts";
import type { CoreState, Input } from "../../step.ts";
import { hearAnswers } from "./answers/by-mqtt.ts";
import { type AnswerParts, createAnswers } from "./answers/desk.ts";
import { type ChannelParts, sendBy } from "./channel.ts";
import { type Kept, Outbox } from "./outbox.ts";
import type { Posted } from "./post.ts";
import { type PushKeys, pushKeysOf } from "./push/vapid.ts";
import { channelOf } from "./settings.ts";

export interface NotifyParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly put: (input: Input) => boolean;
  readonly waiting: AnswerParts["waiting"];
  readonly mqtt: ChannelParts["mqtt"];
  /** The hub's data folder. */
  readonly data: string;
  /** Waits between tries, ms. */
  readonly waitsMs?: readonly number[];
}

const MAX_CHANNELS = 20;
/** After so long a message is no news: it stays in the inbox alone. */
const TOO_OLD_MS = 24 * 3_600_000;

/** The inbox and the ways out of it. `notify` takes what the core raised. */
export function startNotices(
  parts: NotifyParts,
  onEnd: (end: () => unknown) => void,
): { readonly notices: Notices; readonly notify: (notice: Notice) => void } {
  const { state, store, clock, log, put } = parts;
  const channels = new Map(store.list<ChannelSettings>("notifyChannel").map((c) => [c.id, c]));
  let keys: PushKeys | undefined;
  const push = (): PushKeys => {
    keys ??= pushKeysOf(parts.data);
    return keys;
  };
  const { link, ...answers } = createAnswers({ ...parts, way: (id) => channels.get(id) });
  hearAnswers(
    parts.mqtt,
    () => [...channels.values()],
    answers.answer,
    () => clock.now(),
  );
  const shared: ChannelParts = { home: () => state.home.settings.name, mqtt: parts.mqtt, push, link };
  const outbox = new Outbox({
    channels: () => [...channels.values()],
    send: (channel, notice) => sendBy(channel, notice, shared).catch(failed),
    now: () => clock.now(),
    lost: ({ id, kind }, reason) => log.warn({ channel: id, kind, reason }, "a notice was not sent"),
    keep: (id, waiting) => store.later(`outbox-${id}`, () => keepWaiting(store, id, waiting)),
    ...(parts.waitsMs ? { waitsMs: parts.waitsMs } : {}),
  });
  onEnd(() => outbox.stop());
  restoreWaiting(parts, channels, outbox);
  const notices: Notices = {
    ...answers,
    ...waysDesk(parts, channels, outbox),
    list(limit) {
      const { list } = state.notices;
      const newest = list.slice(-limit).reverse();
      return { notices: newest, unread: list.filter((n) => !n.read).length, total: list.length };
    },
    read: (ids) => void put(ids ? { kind: "noticesRead", ids } : { kind: "noticesRead" }),
    async test(id) {
      const channel = channels.get(id);
      if (!channel) return undefined;
      const posted = await outbox.test(channel, testNotice(clock.now()));
      return posted.ok ? posted : { ok: false, reason: posted.reason };
    },
    pushKey: () => push().publicKey,
  };
  return { notices, notify: (notice) => outbox.put(notice) };
}

/** The ways out as people set them. */
function waysDesk(
  { store, clock }: NotifyParts,
  channels: Map<string, ChannelSettings>,
  outbox: Outbox,
): Pick<Notices, "channels" | "setChannel" | "removeChannel"> {
  const audit = (by: string, what: string, channel: ChannelSettings) =>
    store.appendAudit({
      at: clock.now(),
      by,
      what,
      subject: channel.id,
      detail: `${channel.title}: ${whereOf(channel)}`,
    });
  return {
    channels: () => [...channels.values()].map((c) => viewOf(c, outbox)),
    setChannel(id, wish, by) {
      const was = channels.get(id);
      if (!was && channels.size >= MAX_CHANNELS)
        throw new RangeError(`id: at most ${MAX_CHANNELS} ways fit; remove one`);
      if (was && was.kind !== wish.kind)
        throw new RangeError("kind: can't be changed; remove this way and make another");
      const channel = channelOf(id, wish, was);
      store.put("notifyChannel", id, channel);
      channels.set(id, channel);
      audit(by, "notify-channel-set", channel);
      return viewOf(channel, outbox);
    },
    removeChannel(id, by) {
      const channel = channels.get(id);
      if (!channel) return false;
      store.remove("notifyChannel", id);
      channels.delete(id);
      outbox.forget(id);
      audit(by, "notify-channel-removed", channel);
      return true;
    },
  };
}

interface KeptWay {
  readonly id: string;
  readonly waiting: readonly Kept[];
}

function keepWaiting(store: Store, id: string, waiting: readonly Kept[]): void {
  if (waiting.length === 0) store.remove("outbox", id);
  else store.put("outbox", id, { id, waiting } satisfies KeptWay);
}

/** What waited when the hub ended is tried again, as far as it still is in the inbox and is no older than a day. */
function restoreWaiting(
  { state, store, clock }: NotifyParts,
  channels: ReadonlyMap<string, ChannelSettings>,
  outbox: Outbox,
): void {
  const notices = new Map(state.notices.list.map((n) => [n.id, n]));
  for (const { id, waiting } of store.list<KeptWay>("outbox")) {
    const still = waiting.flatMap(({ notice: of, tries }) => {
      const notice = notices.get(of);
      return notice && clock.now() - notice.at < TOO_OLD_MS ? [{ notice, tries }] : [];
    });
    if (channels.has(id)) outbox.restore(id, still);
    else store.remove("outbox", id);
  }
}

const failed = (error: unknown): Posted => ({
  ...{ ok: false, again: false },
  reason: error instanceof Error ? error.message : "it could not be sent",
});

const testNotice = (at: number): Notice => ({
  ...{
    id: `test-${at}`,
    at,
    title: "A test of Inglenook",
    text: "Messages from your house arrive here.",
    level: "info",
  },
  ...{ nodes: [], read: true },
});

/** Where a way leads, without what may be secret in it. */
function whereOf(channel: ChannelSettings): string {
  switch (channel.kind) {
    case "ntfy":
      return `${channel.server}, topic ${channel.topic}`;
    case "webhook":
      return new URL(channel.url).origin;
    case "mqtt":
      return channel.topic;
    case "webPush":
      return new URL(channel.endpoint).host;
  }
}

function viewOf(channel: ChannelSettings, outbox: Outbox): ChannelView {
  const { id, kind, title, on, from } = channel;
  const { sentAt, problem, waiting, lost } = outbox.state(id);
  return {
    ...{ id, kind, title, on, from, where: whereOf(channel), waiting: waiting.length, lost },
    answers: kind === "webPush" || (kind === "mqtt" ? channel.answers === true : channel.hub !== undefined),
    ...("hub" in channel && channel.hub !== undefined ? { hub: channel.hub } : {}),
    ...(kind === "ntfy" ? { server: channel.server } : {}),
    ...(kind === "ntfy" || kind === "mqtt" ? { topic: channel.topic } : {}),
    hasSecret:
      kind === "ntfy" ? channel.token !== undefined : kind === "webhook" && channel.authorization !== undefined,
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(problem === undefined ? {} : { problem }),
  };
}
