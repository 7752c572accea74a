import type { Channel } from "../channel.ts";
import { payloadOf } from "./webhook.ts";

/** On all brokers that are connected, never retained: a notice is an event. */
export const mqtt: Channel<"mqtt"> = async ({ topic }, notice, { home, mqtt }) => {
  if (!mqtt.brokers().some((b) => b.state === "connected"))
    return { ok: false, reason: "no MQTT broker is connected", again: true };
  mqtt.announce({ topic, payload: JSON.stringify({ home: home(), ...payloadOf(notice) }), qos: 1 }, false);
  return { ok: true };
};
