/** From all entities of a device to its draft. */
import type { Problem } from "../../../../hub/model/finding.ts";
import type { Built } from "../../draft.ts";
import { textOf } from "../../json.ts";
import { climate, humidifier } from "./components/climate.ts";
import { cover, fan, vacuum } from "./components/cover.ts";
import { light } from "./components/light.ts";
import { lock, onOff, stateAndWords, valve } from "./components/switches.ts";
import {
  binarySensor,
  deviceTracker,
  event,
  notify,
  number,
  picture,
  press,
  select,
  sensor,
  tag,
  text,
  triggers,
  update,
} from "./components/values.ts";
import type { Entity } from "./config.ts";
import type { Learned } from "./learn.ts";
import { nativeSpeech } from "./native-words.ts";
import { EntityReader, nameOf, type Slot, type Write } from "./reader.ts";
import { compile } from "./template/compile.ts";
import type { Around } from "./words.ts";
import { isZigbee2mqtt, zigbeeOrder, zigbeeSpeech } from "./zigbee.ts";

type Read = (reader: EntityReader, entity: Entity, around: Around) => void;

/** One line a component. What leads a device comes first, so that it takes endpoint 1. */
const readers: Readonly<Record<string, Read>> = {
  light,
  climate,
  water_heater: climate,
  cover,
  fan,
  lock,
  valve,
  vacuum,
  switch: onOff,
  humidifier,
  siren: onOff,
  alarm_control_panel: stateAndWords,
  lawn_mower: stateAndWords,
  sensor,
  binary_sensor: binarySensor,
  number,
  select,
  text,
  button: press,
  scene: press,
  event,
  tag,
  device_tracker: deviceTracker,
  update,
  notify,
  image: picture,
  camera: picture,
};

const order = Object.keys(readers);

/** What a device is made of. */
export interface Made {
  readonly built: Built<Write>;
  readonly slots: readonly Slot[];
}

/** The device's entities in an order that does not depend on when they were announced. */
function inOrder(entities: readonly Entity[], zigbee: boolean): readonly Entity[] {
  const rank = (e: Entity): number => (zigbee ? zigbeeOrder(e) * 100 : 0) + order.indexOf(e.component);
  // The plainest name of several leads: Temperature before Temperature outside.
  return [...entities].sort(
    (a, b) => rank(a) - rank(b) || a.objectId.length - b.objectId.length || (a.objectId < b.objectId ? -1 : 1),
  );
}

/** Makes the device of its entities, and of what its messages showed that they did not name. */
export function make(entities: readonly Entity[], learned: Learned): Made {
  const zigbee = entities.some(isZigbee2mqtt);
  const reader = new EntityReader(zigbee ? zigbeeSpeech(entities) : nativeSpeech(entities), learned.numbers);
  const kinds = new Set(entities.map((e) => textOf(e.config, "device_class")));
  const around = { battery: kinds.has("battery"), measuresPower: kinds.has("power") || kinds.has("current") };
  for (const entity of inOrder(entities, zigbee))
    if (Object.hasOwn(readers, entity.component)) readers[entity.component]?.(reader, entity, around);
  triggers(
    reader,
    entities.filter((e) => e.component === "device_automation"),
  );
  for (const { entity, topic, template, key, maker, name } of learned.extras.values())
    reader.add(entity, { role: key, name, maker, from: { topic, template, path: [key] } });
  return { built: reader.draft.build(), slots: reader.slots };
}

/** Where the value of each field that is read has its place on the device. */
export function placesOf({ built, slots }: Made): ReadonlyMap<string, string> {
  const place = (field: string): string =>
    (built.fields.get(field) ?? []).map((p) => `${p.endpoint}/${p.capability}.${p.attribute}`).join(" ");
  return new Map(slots.map(({ field }) => [field, place(field)]));
}

const COMMON = "Correct it in the program that announces the device.";

/** Whether anything here knows what to do with a component. */
export const isRead = (component: string): boolean =>
  Object.hasOwn(readers, component) || component === "device_automation";

/** What is not carried of an entity: pictures, and all of a component that nobody here knows. */
export function notCarried(entity: Entity, topic: string): Problem | undefined {
  const pictures = /^(image|camera)$/.test(entity.component) && textOf(entity.config, "url_topic") === undefined;
  if (isRead(entity.component) && !pictures) return undefined;
  const name = nameOf(entity);
  const message = `${name} is a ${entity.component.slice(0, 40)}, which is not carried; the rest of the device is`;
  return { code: "component-not-carried", message, topic, field: entity.objectId };
}

/** Templates that can never be run; the rest of the entity is taken. */
export function badTemplates(entity: Entity, topic: string): readonly Problem[] {
  const name = nameOf(entity);
  return Object.entries(entity.config).flatMap(([key, value]): Problem[] => {
    const broken = typeof value === "string" && key.endsWith("template") ? compile(value).broken : undefined;
    if (broken === undefined) return [];
    const message = `the ${key} of ${name} ${broken}: ${String(value).slice(0, 120)}`;
    return [{ code: "template-not-valid", message, fix: COMMON, topic, field: `${entity.objectId}.${key}` }];
  });
}
