import { isOpen } from "../../../model/house.ts";
import { answerTopic } from "../answers/by-mqtt.ts";
import type { Channel } from "../channel.ts";
import { payloadOf } from "./webhook.ts";

/** On all brokers that are connected, never retained: a notice is an event. */
export const mqtt: Channel<"mqtt"> = async ({ topic, answers }, notice, { home, mqtt }) => {
  if (!mqtt.brokers().some((b) => b.state === "connected"))
    return { ok: false, reason: "no MQTT broker is connected", again: true };
  const told = {
    home: home(),
    ...payloadOf(notice),
    ...(answers && isOpen(notice) ? { answerTopic: answerTopic(topic) } : {}),
  };
  mqtt.announce({ topic, payload: JSON.stringify(told), qos: 1 }, false);
  return { ok: true };
};
