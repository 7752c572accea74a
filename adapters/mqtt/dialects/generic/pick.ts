/** Finds a value in a JSON body by its path. */
import { get, type Json, parseJson } from "../../json.ts";

/** Most steps of a path. */
const MAX_STEPS = 12;

/**
 * The value at a path whose steps are joined by dots; places of a list count from 0. A key that holds dots itself is
 * found as well, the longest first. Undefined: there is none.
 */
export function pick(body: Json | undefined, path: string, steps = 0): Json | undefined {
  const step = (key: string): Json | undefined =>
    Array.isArray(body) && /^\d{1,4}$/.test(key) ? body[Number(key)] : get(body, key);
  const whole = step(path);
  if (whole !== undefined || steps >= MAX_STEPS) return whole;
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const inner = step(path.slice(0, dot));
    const found = inner === undefined ? undefined : pick(inner, path.slice(dot + 1), steps + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A body as JSON, else as the text it is. */
export function bodyOf(payload: string): Json {
  const json = parseJson(payload);
  return json === undefined ? payload : json;
}
