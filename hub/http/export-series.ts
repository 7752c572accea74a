import { type Home, nameOf } from "../model/home.ts";
import { parsePath } from "../model/path.ts";
import type { ExportSeries } from "../ports.ts";
import { nodeView } from "./view.ts";

/** Attributes by the words that people know them by; of a device that is gone, its id. */
export function seriesOf(home: Home, keys: readonly string[]): ExportSeries[] {
  const known = new Map<string, ExportSeries>();
  for (const id of new Set(keys.map((key) => parsePath(key)?.node ?? ""))) {
    const node = home.nodes.get(id);
    if (!node) continue;
    const { endpoints } = nodeView(node, 0);
    for (const { attributes, label: part, number } of endpoints)
      for (const { key, label, unitText } of attributes) {
        const whose = endpoints.length < 2 ? nameOf(node) : `${nameOf(node)}, ${part ?? `part ${number}`}`;
        known.set(key, { key, name: `${whose}: ${label}`, unit: unitText ?? "" });
      }
  }
  return keys.map((key) => known.get(key) ?? { key, name: parsePath(key)?.node ?? key, unit: "" });
}
