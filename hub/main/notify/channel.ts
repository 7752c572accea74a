import type { MqttAdapter } from "../../../adapters/mqtt/link.ts";
import type { Notice } from "../../model/house.ts";
import type { ChannelSettings } from "../../ports.ts";
import { mqtt } from "./channels/mqtt.ts";
import { ntfy } from "./channels/ntfy.ts";
import { webPush } from "./channels/web-push.ts";
import { webhook } from "./channels/webhook.ts";
import type { Posted } from "./post.ts";
import type { PushKeys } from "./push/vapid.ts";

/** What ways out share. */
export interface ChannelParts {
  /** The home's name. */
  readonly home: () => string;
  readonly mqtt: Pick<MqttAdapter, "announce" | "brokers" | "hear">;
  /** The link by which a question can be answered; none where it is none, is over, or the way does not know the hub's address. */
  readonly link: (settings: ChannelSettings, notice: Notice) => string | undefined;
  readonly push: () => PushKeys;
}

export type SettingsOf<K extends ChannelSettings["kind"]> = Extract<ChannelSettings, { kind: K }>;

/** One try to get a notice out. Never rejects. */
export type Channel<K extends ChannelSettings["kind"]> = (
  settings: SettingsOf<K>,
  notice: Notice,
  parts: ChannelParts,
) => Promise<Posted>;

export function sendBy(settings: ChannelSettings, notice: Notice, parts: ChannelParts): Promise<Posted> {
  switch (settings.kind) {
    case "ntfy":
      return ntfy(settings, notice, parts);
    case "webhook":
      return webhook(settings, notice, parts);
    case "mqtt":
      return mqtt(settings, notice, parts);
    case "webPush":
      return webPush(settings, notice, parts);
  }
}
