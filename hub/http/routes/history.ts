import { createRoute } from "@hono/zod-openapi";
import { parsePath } from "../../model/path.ts";
import type { Hub } from "../../ports.ts";
import { attributeSpec, typeOf } from "../attribute-type.ts";
import type { App, Room } from "../context.ts";
import { parseHistory } from "../history-query.ts";
import { badInput, rangeErrorOf } from "../problem.ts";
import { history, historyQuery } from "../schemas/nodes.ts";
import { answer } from "./shape.ts";

const get = createRoute({
  method: "get",
  path: "/api/history",
  tags: ["Devices"],
  summary: "An attribute's past, in buckets",
  description:
    "A bucket without a reading is absent. Booleans count as 0 and 1. A day of the home's calendar may have 23 or 25 hours.",
  request: { query: historyQuery },
  responses: { 200: answer(history, "The buckets, in order of time") },
});

export function historyRoutes(app: App, { hub }: Room): void {
  app.openapi(get, async (c) => {
    const parsed = parseHistory(c.req.valid("query"), hub.home.settings.timeZone);
    if (!parsed.ok) return badInput(c, parsed.errors);
    const { key, calendar } = parsed.query;
    try {
      const buckets = await hub.store.history(parsed.query);
      const unit = unitOf(hub, key);
      const said = { ...(unit === undefined ? {} : { unit }), ...(calendar ? { calendar } : {}) };
      return c.json({ key, ...said, bucketMs: parsed.usualMs, buckets }, 200);
    } catch (error) {
      return badInput(c, [{ field: "query", message: rangeErrorOf(error) }]);
    }
  });
}

// The history of a device that is gone is still there: then only the capability knows the unit.
function unitOf(hub: Hub, key: string): string | undefined {
  const path = parsePath(key);
  if (!path) return undefined;
  const endpoints = hub.home.nodes.get(path.node)?.description.endpoints;
  const instance = endpoints?.find((e) => e.number === path.endpoint)?.capabilities[path.capability];
  const type = instance
    ? typeOf(path.capability, path.attribute, instance)
    : attributeSpec(path.capability, path.attribute);
  return type?.type === "number" ? type.unit : undefined;
}
