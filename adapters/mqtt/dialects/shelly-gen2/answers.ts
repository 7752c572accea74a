/** What a Shelly's answers say; which question it was is told by the answer's form, as those to other hubs are read too. */
import { type Harvest, readField } from "../../device.ts";
import type { MqttMessage } from "../../dialect.ts";
import { entriesOf, get, isObject, type Json, type JsonObject, listOf, numberOf, textOf } from "../../json.ts";
import { componentOf } from "./components.ts";
import { forget, learnConfig, type ShellyDevice } from "./device.ts";
import type { Question, Questions } from "./questions.ts";
import { readStatuses, show } from "./reading.ts";
import { deafness, mqttSettings, SET_MQTT } from "./system.ts";

/** User-made and paired components are numbered from here; the device's own parts stand below. */
const FIRST_DYNAMIC = 200;
const isDynamic = (component: string): boolean => (componentOf(component)?.id ?? 0) >= FIRST_DYNAMIC;
const isNumbered = (component: string): boolean => componentOf(component) !== undefined;

export interface Answer {
  readonly device: ShellyDevice;
  readonly result: JsonObject;
  /** What was asked, where this hub asked it. */
  readonly question: Question | undefined;
  readonly message: MqttMessage;
}

/** Another profile (cover instead of switches, colours instead of channels) has other components. */
function turnedInto(device: ShellyDevice, before: string | undefined, now: string | undefined): boolean {
  if (before === undefined || now === undefined || before === now) return false;
  forget(device, (component) => isNumbered(component) && !isDynamic(component));
  return true;
}

function info({ device, result }: Answer, into: Harvest): void {
  turnedInto(device, textOf(device.info, "profile"), textOf(result, "profile"));
  device.info = result;
  device.changed = true;
  show(device, into);
}

const profileOf = (sys: Json | undefined): string | undefined => textOf(get(sys, "device"), "profile");

function configuration({ device, result, message }: Answer, questions: Questions, into: Harvest): void {
  const turned = turnedInto(device, profileOf(device.configs.get("sys")), profileOf(get(result, "sys")));
  if (turned) into.publish.push(questions.ask(device.prefix, "Shelly.GetStatus"));
  for (const [component, config] of entriesOf(result, 256)) learnConfig(device, component, config);
  show(device, into);
  const place = { node: device.id, topic: message.topic, retained: message.retained, under: "mqtt/config." };
  for (const [field, value] of mqttSettings(get(result, "mqtt"))) readField(device.built, place, field, value, into);
  const problem = deafness(device, message.topic);
  if (problem) into.problems.push(problem);
}

function status({ device, result, question, message }: Answer, into: Harvest): void {
  // A whole status without a newer firmware: there is none any more.
  const sys = get(result, "sys");
  if (question?.method === "Shelly.GetStatus")
    for (const kind of ["stable", "beta"]) {
      const field = `sys.available_updates.${kind}.version`;
      if (get(get(get(sys, "available_updates"), kind), "version") === undefined && device.fields.delete(field))
        device.changed = true;
    }
  readStatuses(device, result, message, into);
}

/** One page of the dynamic components; those that the only page does not name were removed. */
function components(answer: Answer, questions: Questions, into: Harvest): void {
  const { device, result, question, message } = answer;
  const list = listOf(result, "components");
  const [offset, total] = [numberOf(result, "offset") ?? 0, numberOf(result, "total") ?? list.length];
  const end = offset + list.length;
  const ours = question?.method === "Shelly.GetComponents";
  // At most as many pages as there may be components.
  if (ours && list.length > 0 && end < total && end < 256) into.publish.push(questions.components(device.prefix, end));
  const keys = new Set(list.map((part) => textOf(part, "key")));
  if (ours && offset === 0 && end >= total) forget(device, (component) => isDynamic(component) && !keys.has(component));
  const statuses: Record<string, Json> = Object.create(null);
  for (const part of list.slice(0, 256)) {
    const key = textOf(part, "key");
    if (key === undefined || !key.includes(":")) continue;
    learnConfig(device, key, get(part, "config") ?? null);
    const now = get(part, "status");
    if (isObject(now)) statuses[key] = now;
  }
  readStatuses(device, statuses, message, into);
}

/** Reads an answer, and asks what follows from it. */
export function readAnswer(answer: Answer, questions: Questions, into: Harvest): void {
  const { device, result, question } = answer;
  const isConfig =
    isObject(get(get(result, "sys"), "device")) || textOf(get(result, "mqtt"), "topic_prefix") !== undefined;
  if (question?.method === SET_MQTT)
    // A person asked for this change and was told that it restarts the device.
    into.publish.push(
      questions.ask(device.prefix, get(result, "restart_required") === true ? "Shelly.Reboot" : "Shelly.GetConfig"),
    );
  else if (textOf(result, "mac") !== undefined && numberOf(result, "gen") !== undefined) info(answer, into);
  else if (isConfig) configuration(answer, questions, into);
  else if (Array.isArray(get(result, "components"))) components(answer, questions, into);
  else if (isObject(get(result, "sys"))) status(answer, into);
}
