/** Which messages are said to a device and not by it: by the dialects' own commands, else by the words that makers use. */
import type { Recorded } from "../recording.ts";
import { formsOf } from "../twin/forms.ts";
import { Reader } from "../twin/reader.ts";

/** Ends and beginnings of topics to which makers' devices listen, and under which they say nothing. */
const TO_DEVICE =
  /(^|\/)cmnd\/|\/(set|get|cmd|command|control)$|\/(set|get|command|request|cmd)\/[^/]+(\/set)?$|^[RW]\/[^/]+\/(keepalive|\w+\/\d+\/)|^homeassistant\/status$|^esphome\/discover$|^shellies\/command$/i;

/** Answers carry what was asked; a question of JSON-RPC 2.0 has a method and who asks. */
const RPC = /\/rpc$/;
const asksRpc = ({ topic, payload }: Recorded): boolean =>
  RPC.test(topic) &&
  /"method"\s*:/.test(payload) &&
  /"src"\s*:/.test(payload) &&
  !/"method"\s*:\s*"Notify/.test(payload);

/** Topics that a set of filters covers (MQTT 3.1.1, section 4.7). */
export function covers(filter: string, topic: string): boolean {
  const [want, have] = [filter.split("/"), topic.split("/")];
  const end = want.indexOf("#");
  if (end < 0 && want.length !== have.length) return false;
  return want
    .slice(0, end < 0 ? undefined : end)
    .every((part, i) => have[i] !== undefined && (part === "+" || part === have[i]));
}

/** Marks what is said to devices; `filters` are topics that a person named as such. */
export function markOrders(messages: readonly Recorded[], filters: readonly string[] = []): readonly Recorded[] {
  const reader = new Reader();
  for (const message of messages) reader.hear(message);
  const topics = new Set(formsOf(reader).map((form) => form.topic));
  const said = new Set(reader.saidTopics());
  const isOrder = (message: Recorded): boolean =>
    asksRpc(message) ||
    filters.some((filter) => covers(filter, message.topic)) ||
    (!RPC.test(message.topic) && topics.has(message.topic) && !said.has(message.topic)) ||
    (TO_DEVICE.test(message.topic) && !said.has(message.topic));
  return messages.map((message) => (isOrder(message) ? { ...message, dir: "to-device" as const } : message));
}
