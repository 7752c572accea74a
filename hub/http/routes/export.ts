import { createRoute, z } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { seriesOf } from "../export-series.ts";
import { TIME_WORDS, timeOf } from "../history-query.ts";
import { badInput, conflict, type FieldError } from "../problem.ts";
import { exportQuery } from "../schemas/export.ts";

const get = createRoute({
  method: "get",
  path: "/api/export",
  tags: ["Devices"],
  summary: "The history as a file",
  description: [
    "CSV (RFC 4180, times in UTC): `key,name,unit,start,min,mean,max,last,coverage`, single readings `key,name,unit,time,value`. Text that a spreadsheet would take for a formula begins with `'`.",
    "SQLite: the tables `about`, `series`, `bucket` and `reading` (times in epoch ms), and the views `buckets` and `readings` with names and written times.",
    "Parquet: the columns of the CSV and `count`, times as UTC in ms; single readings have `value` (booleans as 0 and 1) or `text`.",
    "The answer is a stream; at most two at once.",
  ].join("\n\n"),
  request: { query: exportQuery },
  responses: {
    200: {
      description: "The file",
      content: {
        // As asked.
        "*/*": { schema: z.string().openapi({ format: "binary" }) },
      },
    },
  },
});

const types = {
  csv: "text/csv; charset=utf-8",
  sqlite: "application/vnd.sqlite3",
  parquet: "application/vnd.apache.parquet",
} as const;

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
    const series = seriesOf(hub.home, [...new Set(keys ?? stored)].sort());
    const { timeZone } = hub.home.settings;
    const bytes = hub.store.exportHistory({ format, resolution, series, from, to, timeZone });
    if (!bytes) return conflict(c, "Two exports are under way.", "Wait until one of them has ended.");
    const name = `inglenook-${resolution}-${new Date(to).toISOString().slice(0, 10)}.${format === "sqlite" ? "db" : format}`;
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
