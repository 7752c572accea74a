/** Writes put together into the calls that are sent. */

import { rgbOf } from "../../colour.ts";
import { isObject, type Json } from "../../json.ts";
import type { ShellyWrite } from "./components.ts";

/** Settings of one call come in an object of their own. */
const joined = (a: Json | undefined, b: Json): Json => (isObject(a) && isObject(b) ? { ...a, ...b } : b);

/** Calls of one method to one component become one; hue and saturation become the list that the device takes. */
export function merged(writes: readonly ShellyWrite[], transition: number | undefined): ShellyWrite[] {
  const calls = new Map<string, { method: string; params: Record<string, Json> }>();
  for (const { method, params } of writes) {
    const key = `${method}/${String(params.id)}`;
    const call = calls.get(key) ?? { method, params: {} };
    for (const [name, value] of Object.entries(params)) call.params[name] = joined(call.params[name], value);
    calls.set(key, call);
  }
  return [...calls.values()].map(({ method, params }) => {
    const { hue, saturation, ...rest } = params;
    const rgb =
      hue === undefined && saturation === undefined ? {} : { rgb: rgbOf(Number(hue ?? 0), Number(saturation ?? 100)) };
    const fade =
      transition !== undefined && /^(Light|RGBW?|CCT|RGBCCT)\.Set$/.test(method)
        ? { transition_duration: transition }
        : {};
    return { method, params: { ...rest, ...rgb, ...fade } };
  });
}
