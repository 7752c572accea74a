/** From a message to readings, through the slots of a device that listen to its topic. */
import { type Harvest, readField } from "../../device.ts";
import { type Json, parseJson } from "../../json.ts";
import type { Body } from "./body.ts";
import type { HaDevice } from "./device.ts";
import { nameOf, type Slot } from "./reader.ts";
import { at, type Template } from "./template/compile.ts";
import { isDict, shown } from "./template/python.ts";

/** Python's and other programs' ways to say that there is no value. */
const nowhere = new Set(["none", "nan", "null", "unavailable", ""]);
const isNowhere = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.length < 12 && nowhere.has(value.trim().toLowerCase()));

/** None of the places that a template looks at is in the message: what it then says is no value of the device. */
function absent(template: Template, json: Json | undefined): boolean {
  return template.paths.length > 0 && isDict(json) && template.paths.every((path) => at(json, path) === undefined);
}

function problem(device: HaDevice, slot: Slot, body: Body, reason: string, into: Harvest): void {
  const message = `the template of ${nameOf(slot.entity)} ${reason}; its last value stays`;
  const fix = "Correct the value template in the program that announces the device.";
  const field = slot.field.slice(slot.topic.length + 1);
  into.problems.push({ code: "template-failed", message, fix, node: device.id, topic: body.topic, field });
}

function found(device: HaDevice, slot: Slot, body: Body, into: Harvest): unknown {
  const { template, path } = slot;
  if (!template) {
    if (path.length === 0) return body.payload;
    return at(body.json(), path);
  }
  if (template.broken === undefined && absent(template, body.json())) return undefined;
  const rendered = body.render(template);
  if (!rendered.ok) {
    problem(device, slot, body, rendered.reason, into);
    return undefined;
  }
  if (path.length === 0) return isDict(rendered.value) ? shown(rendered.value) : rendered.value;
  const json = typeof rendered.value === "string" ? parseJson(rendered.value) : rendered.value;
  return at(json, path);
}

/** Reads what these slots find in a message. */
export function readSlots(device: HaDevice, slots: readonly Slot[], body: Body, into: Harvest): void {
  if (body.payload === "") return;
  for (const slot of slots) {
    const raw = found(device, slot, body, into);
    if (isNowhere(raw)) continue;
    const value = slot.only ? slot.only.get(String(raw)) : raw;
    if (value === undefined) continue;
    const under = `${slot.topic}#`;
    const before = into.problems.length;
    const place = { node: device.id, topic: body.topic, retained: body.retained, under };
    readField(device.made.built, place, slot.field, value, into);
    for (const [i, found] of into.problems.entries())
      if (i >= before)
        into.problems[i] = {
          ...found,
          message: found.message.replace(under, ""),
          field: slot.field.slice(under.length),
        };
  }
}
