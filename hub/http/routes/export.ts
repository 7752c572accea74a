import { createRoute, z } from "@hono/zod-openapi";
import { nameOf } from "../../model/home.ts";
import { parsePath } from "../../model/path.ts";
import type { ExportSeries, Hub } from "../../ports.ts";
import type { App, Room } from "../context.ts";
import { TIME_WORDS, timeOf } from "../history-query.ts";
import { badInput, conflict, type FieldError } from "../problem.ts";
import { exportQuery } from "../schemas/export.ts";
import { nodeView } from "../view.ts";

const get = createRoute({
  method: "get",
  path: "/api/export",
  tags: ["Devices"],
  summary: "The history as a file",
  description: [
    "CSV (RFC 4180, times in UTC): `key,name,unit,start,min,mean,max,last,coverage`, single readings `key,name,unit,time,value`. Text that a spreadsheet would take for a formula begins with `'`.",
    "SQLite: the tables `about`, `series`, `bucket` and `reading` (times in epoch ms), and the views `buckets` and `readings` with names and written times.",
    "The answer is a stream; at most two at once.",
  ].join("\n\n"),
  request: { query: exportQuery },
  responses: {
    200: {
      description: "The file",
      content: {
        // CSV or SQLite, as asked.
        "*/*": { schema: z.string().openapi({ format: "binary" }) },
      },
    },
  },
});

const types = { csv: "text/csv; charset=utf-8", sqlite: "application/vnd.sqlite3" } as const;

export function exportRoutes(app: App, { hub }: Room): void {
  app.openapi(get, async (c) => {
    const { format, resolution, from: begin, to: end, key: keys } = c.req.valid("query");
    const from = begin === undefined ? 0 : timeOf(begin);
    const to = end === undefined ? hub.clock.now() : timeOf(end);
    const errors: FieldError[] = [];
    if (from === undefined) errors.push({ field: "from", message: TIME_WORDS });
    if (to === undefined) errors.push({ field: "to", message: TIME_WORDS });
    const stored = (await hub.store.extents()).map((extent) => extent.key);
    const known = new Set(stored);
    const wrong = keys?.find((key) => !known.has(key));
    if (wrong !== undefined) errors.push({ field: "key", message: `there is no history of ${wrong}` });
    if (from !== undefined && to !== undefined && to <= from)
      errors.push({ field: "to", message: "must be later than from" });
    if (from === undefined || to === undefined || errors.length > 0) return badInput(c, errors);
    const series = seriesOf(hub, [...new Set(keys ?? stored)].sort());
    const { timeZone } = hub.home.settings;
    const bytes = hub.store.exportHistory({ format, resolution, series, from, to, timeZone });
    if (!bytes) return conflict(c, "Two exports are under way.", "Wait until one of them has ended.");
    const name = `inglenook-${resolution}-${new Date(to).toISOString().slice(0, 10)}.${format === "csv" ? "csv" : "db"}`;
    return c.body(streamOf(bytes), 200, {
      "content-type": types[format],
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    });
  });
}

/** A stream that is read no faster than the other side takes it. */
function streamOf(bytes: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await bytes.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await bytes.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

/** The words that people know the attributes by; of a device that is gone, its id. */
function seriesOf(hub: Hub, keys: readonly string[]): ExportSeries[] {
  const known = new Map<string, ExportSeries>();
  for (const id of new Set(keys.map((key) => parsePath(key)?.node ?? ""))) {
    const node = hub.home.nodes.get(id);
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
