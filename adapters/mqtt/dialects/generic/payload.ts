/** Puts a value into the payload that a person wrote for setting it. */
import { parseJson } from "../../json.ts";

const PLACE = "{value}";

export const hasPlace = (template: string): boolean => template.includes(PLACE);

/** Whether a place of a JSON text lies within quotes. */
function quoted(text: string, at: number): boolean {
  let inside = false;
  for (let i = 0; i < at; i += 1) {
    if (text[i] === "\\") i += 1;
    else if (text[i] === '"') inside = !inside;
  }
  return inside;
}

/** A number, true, false or null as it stands; every other text in quotes. */
function bare(raw: unknown, isText: boolean): string {
  const text = String(raw);
  const json = isText ? undefined : parseJson(text);
  return typeof json === "object" || json === undefined || typeof json === "string" ? JSON.stringify(text) : text;
}

/**
 * The template with the value in place of each `{value}`. In a JSON template the value can't break out of its place: within
 * quotes it is escaped, elsewhere text gets quotes of its own.
 */
export function filled(template: string, raw: unknown, isText: boolean): string {
  const parts = template.split(PLACE);
  const shape = parseJson(parts.join("0"));
  if (typeof shape !== "object" || shape === null) return parts.join(String(raw));
  let at = 0;
  return parts.reduce((text, part, index) => {
    at += (parts[index - 1]?.length ?? 0) + (index > 1 ? PLACE.length : 0);
    const inside = JSON.stringify(String(raw)).slice(1, -1);
    return `${text}${quoted(template, at) ? inside : bare(raw, isText)}${part}`;
  });
}
