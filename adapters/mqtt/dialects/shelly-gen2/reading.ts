/** Statuses and happenings of a Shelly as readings. */
import { type Harvest, readField } from "../../device.ts";
import type { MqttMessage } from "../../dialect.ts";
import { entriesOf, get, isObject, type Json, type JsonObject, listOf, textOf } from "../../json.ts";
import { rebuild } from "./build.ts";
import { componentOf } from "./components.ts";
import { eachField, forget, learnEvent, learnStatus, nodeOf, type ShellyDevice } from "./device.ts";
import type { Questions } from "./questions.ts";
import { faultsOf } from "./system.ts";

/** The node first, since its readings need it. */
export function show(device: ShellyDevice, into: Harvest): void {
  const known = device.fields.size + device.events.size + device.configs.size > 0 || device.info;
  if (!device.changed || !known) return;
  rebuild(device);
  into.nodes.push(nodeOf(device));
}

function read(
  device: ShellyDevice,
  component: string,
  status: Json,
  message: MqttMessage,
  under: string | undefined,
  into: Harvest,
): void {
  const { topic, retained } = message;
  const place = { node: device.id, topic, retained, ...(under ? { under } : {}) };
  eachField(component, status, (field, value) => readField(device.built, place, field, value, into));
  if (componentOf(component)) into.problems.push(...faultsOf(device, component, get(status, "errors") ?? null, topic));
}

/** `{"switch:0":{…},"sys":{…}}` */
export function readStatuses(device: ShellyDevice, statuses: JsonObject, message: MqttMessage, into: Harvest): void {
  const entries = entriesOf(statuses, 256).filter(([, status]) => isObject(status));
  for (const [component, status] of entries) learnStatus(device, component, status);
  show(device, into);
  for (const [component, status] of entries) read(device, component, status, message, undefined, into);
}

/** The status of one component in a topic of its own. */
export function readStatus(
  device: ShellyDevice,
  component: string,
  status: Json,
  message: MqttMessage,
  into: Harvest,
): void {
  learnStatus(device, component, status);
  show(device, into);
  read(device, component, status, message, `${component}.`, into);
}

/**
 * `{"events":[{"component":"input:0","event":"single_push"}]}`: presses are readings; what changed on the device itself
 * is asked anew. The progress of updates and what scripts send besides is not kept.
 */
export function readEvents(
  device: ShellyDevice,
  params: JsonObject,
  message: MqttMessage,
  questions: Questions,
  into: Harvest,
): void {
  const happenings = listOf(params, "events").slice(0, 32);
  for (const happening of happenings) {
    const event = textOf(happening, "event") ?? "";
    if (message.retained) continue;
    if (event === "config_changed") into.publish.push(questions.ask(device.prefix, "Shelly.GetConfig"));
    else if (event === "component_added") into.publish.push(questions.components(device.prefix));
    else if (event === "component_removed") {
      const gone = textOf(happening, "target") ?? textOf(happening, "component");
      if (gone !== undefined && componentOf(gone)) forget(device, (component) => component === gone);
    } else learnEvent(device, textOf(happening, "component") ?? "");
  }
  show(device, into);
  for (const happening of happenings) {
    const [component, event] = [textOf(happening, "component"), textOf(happening, "event")];
    if (component !== undefined && event !== undefined)
      readField(device.built, { ...message, node: device.id }, `${component}.event`, event, into);
  }
}
