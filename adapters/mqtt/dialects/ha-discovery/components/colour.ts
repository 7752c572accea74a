/** Colours that come and go as one text or one object: `h,s`, `x,y`, `r,g,b` and `{r, g, b}`. */
import { asNumber, type Codec } from "../../../codec.ts";
import { hueCodec, rgbOf, saturationCodec } from "../../../colour.ts";
import { get, isObject, type Json } from "../../../json.ts";
import type { Entity } from "../config.ts";
import type { EntityReader, Finish, Source, Write } from "../reader.ts";

type Form = "hs" | "xy" | "rgb";

/** The numbers of either form of a list. */
function numbersOf(raw: unknown): readonly number[] {
  const parts = isObject(raw as Json)
    ? ["r", "g", "b"].map((key) => get(raw as Json, key))
    : String(raw).split(",").slice(0, 5);
  return parts.map((part) => asNumber(typeof part === "string" ? part.trim() : part) ?? Number.NaN);
}

const place = (index: number, codec: Codec["type"]): Codec => ({
  type: codec,
  read: (raw) => {
    const value = numbersOf(raw)[index];
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  },
  write: (value) => value,
});

const ofRgb = (codec: Codec): Codec => ({ ...codec, read: (raw) => codec.read(numbersOf(raw)) });
const unit = { type: "number", unit: "1", min: 0, max: 1 } as const;

/** Word in meanings.ts, name of the part, how it is read. */
const parts: Readonly<Record<Form, readonly (readonly [word: string, name: string, codec: Codec])[]>> = {
  hs: [
    ["hue", "hue", place(0, hueCodec.type)],
    ["saturation", "sat", place(1, saturationCodec.type)],
  ],
  xy: [
    ["color_x", "x", place(0, unit)],
    ["color_y", "y", place(1, unit)],
  ],
  rgb: [
    ["hue", "hue", ofRgb(hueCodec)],
    ["saturation", "sat", ofRgb(saturationCodec)],
  ],
};

/** All values of a form by the names that templates know; full saturation where only a hue was set. */
export function whole(form: Form, set: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const [x, y] = [set.get("x") ?? 0, set.get("y") ?? 0];
  if (form === "xy") return { x, y };
  const [hue, sat] = [set.get("hue") ?? 0, set.get("sat") ?? 100];
  if (form === "hs") return { hue, sat };
  const [red = 0, green = 0, blue = 0] = rgbOf(hue, sat);
  return { red, green, blue };
}

/** Adds the two parts of a colour; false where the light has a colour already. */
export function addColour(
  reader: EntityReader,
  entity: Entity,
  form: Form,
  from: Source | undefined,
  send: ((values: Readonly<Record<string, number>>) => Write) | undefined,
): boolean {
  const [[lead] = ["hue"]] = parts[form];
  if (reader.draft.has(reader.endpoint(entity, "on"), lead)) return false;
  const finish: Finish | undefined = send && ((set) => send(whole(form, set)));
  const topic = send?.(whole(form, new Map())).topic ?? "";
  for (const [word, name, codec] of parts[form]) {
    const to = finish && ((raw: unknown): Write => ({ topic, part: [name, Number(raw)], finish }));
    reader.add(entity, { role: `${form}.${name}`, word, maker: { kind: "number" }, codec, from, to });
  }
  return true;
}
