import { wireNumber } from "./clusters/codecs.ts";
import { field, label, list } from "./clusters/structs.ts";

/** Semantic tags (Standard Namespaces) that tell endpoints of one device apart, in words; the rest say nothing here. */
const numbers = [..."0123456789"].map(String);
const namespaces: ReadonlyMap<number, readonly string[]> = new Map<number, readonly string[]>([
  [0x05, ["low", "medium", "high"]],
  [0x07, [...numbers, "10", "11", "12", "13", "14", "15", "16"]],
  [0x08, ["left", "right", "top", "bottom", "middle", "row", "column"]],
  [0x0a, ["DC", "AC", "phase 1", "phase 2", "phase 3"]],
  [0x0f, ["", "grid", "solar", "battery", "car"]],
  [0x41, ["refrigerator", "freezer"]],
  [0x42, ["evaporator", "condenser"]],
  [0x43, ["on", "off", "toggle", "up", "down", "next", "previous", "enter", "", "open", "close", "stop"]],
]);

/** A label is at most so long. */
const LONGEST = 48;

/**
 * What tells an endpoint apart from its siblings, from Descriptor.TagList (9.5.6.5): the maker's own labels, else the
 * standard's words, as `Top left`. Undefined when it says nothing.
 */
export function labelFrom(tagList: unknown): string | undefined {
  const words = list(tagList)
    .slice(0, 4)
    .flatMap((tag) => {
      const own = label(field(tag, "label"), 32);
      const standard = namespaces.get(wireNumber(field(tag, "namespaceId")) ?? -1);
      return own ?? standard?.[wireNumber(field(tag, "tag")) ?? -1] ?? [];
    })
    .filter((word) => word !== "");
  const text = [...new Set(words)].join(" ").slice(0, LONGEST).trim();
  return text === "" ? undefined : text.charAt(0).toUpperCase() + text.slice(1);
}
