/** Commands to a Z-Wave node: on its values' own topics, or through the gateway where those are not known. */

import { rgbOf } from "../../colour.ts";
import type { MqttPublish } from "../../dialect.ts";
import { get, isObject, type Json } from "../../json.ts";
import type { Entry, ZwaveNode, ZwaveWrite } from "./device.ts";
import { ask, type Gateway } from "./gateway.ts";
import { nameKey } from "./values.ts";

/** Hue and saturation, set by parts, are one text of red, green and blue. */
function joined(writes: readonly ZwaveWrite[]): readonly ZwaveWrite[] {
  const byValue = new Map<string, ZwaveWrite>();
  for (const { entry, value } of writes) {
    const key = nameKey(entry.name);
    const before = byValue.get(key)?.value;
    byValue.set(key, { entry, value: isObject(before) && isObject(value) ? { ...before, ...value } : value });
  }
  return [...byValue.values()].map(({ entry, value }) => {
    if (!isObject(value)) return { entry, value };
    const [hue, saturation] = [get(value, "hue"), get(value, "saturation")];
    const rgb = rgbOf(Number(hue ?? 0), Number(saturation ?? 100));
    return { entry, value: rgb.map((part) => part.toString(16).padStart(2, "0")).join("") };
  });
}

/** Seconds, as the driver takes a duration. */
const faded = ({ name }: Entry, value: Json, seconds: number | undefined): Json =>
  seconds === undefined || (name.cc !== 38 && name.cc !== 51)
    ? value
    : { value, options: { transitionDuration: `${Math.round(seconds)}s` } };

/** `seconds` is the transition that was asked for. */
export function messagesOf(
  node: ZwaveNode,
  gateway: Gateway | undefined,
  writes: readonly ZwaveWrite[],
  seconds: number | undefined,
): readonly MqttPublish[] {
  return joined(writes).flatMap(({ entry, value }): MqttPublish[] => {
    const { tail, name, id } = entry;
    if (tail !== undefined && node.base !== undefined) {
      const body = faded(entry, value, seconds);
      const payload = typeof body === "string" ? body : JSON.stringify(body);
      return [{ topic: `${node.base}/${tail}/set`, payload, qos: 1 }];
    }
    if (!gateway) return [];
    const property = get(id, "property") ?? name.property;
    const key = get(id, "propertyKey") ?? name.key;
    const target = {
      nodeId: node.number,
      commandClass: name.cc,
      endpoint: name.endpoint,
      property,
      ...(key === undefined ? {} : { propertyKey: key }),
    };
    const options = seconds === undefined ? [] : [{ transitionDuration: `${Math.round(seconds)}s` }];
    return [ask(gateway, "writeValue", [target, value, ...options])];
  });
}
