import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, notFound } from "../problem.ts";
import { nodeParam } from "../schemas/nodes.ts";
import { holdList, tracePage, traceQuery, why, whyQuery } from "../schemas/traces.ts";
import { answer } from "./shape.ts";

const tags = ["Rules"];

const list = createRoute({
  method: "get",
  path: "/api/traces",
  tags,
  summary: "What rules did and why, or why they did nothing",
  description:
    "Runs that are under way come first, then the one that ended last. `text` is looked for in titles, causes, outcomes and lines.",
  request: { query: traceQuery },
  responses: { 200: answer(tracePage, "A page") },
});
const explain = createRoute({
  method: "get",
  path: "/api/nodes/{id}/why",
  tags,
  summary: "Why a device is as it is, and why it is not otherwise",
  description: "At a moment (`at`, now where it is left out) or in a stretch of time (`from` and `to`, epoch ms).",
  request: { params: nodeParam, query: whyQuery },
  responses: {
    200: answer(why, "Who asked it, what keeps it so, and what each rule lacked that could have acted on it"),
  },
});

const holds = createRoute({
  method: "get",
  path: "/api/nodes/{id}/holds",
  tags,
  summary: "What a person set by hand and rules and plans leave alone for a time",
  request: { params: nodeParam },
  responses: { 200: answer(holdList, "The hands on it") },
});
const endHolds = createRoute({
  method: "delete",
  path: "/api/nodes/{id}/holds",
  tags,
  summary: "Let rules and plans have the device again",
  request: { params: nodeParam },
  responses: { 200: answer(holdList, "None is left") },
});

export function traceRoutes(app: App, { hub }: Room): void {
  app.openapi(holds, (c) => c.json({ holds: hub.holds(c.req.valid("param").id) }, 200));

  app.openapi(endHolds, (c) => {
    const { id } = c.req.valid("param");
    const ended = hub.endHolds(id, c.get("who").name);
    return ended ? c.json({ holds: [] }, 200) : notFound(c, "No hand is on this device.");
  });

  app.openapi(list, (c) => {
    const query = c.req.valid("query");
    if (query.from !== undefined && query.to !== undefined && query.from >= query.to)
      return badInput(c, [{ field: "to", message: "must be later than from" }]);
    return c.json({ ...hub.traces.search(query), kept: hub.traces.kept() }, 200);
  });

  app.openapi(explain, async (c) => {
    const { at, from, to } = c.req.valid("query");
    if (at !== undefined && (from ?? to) !== undefined)
      return badInput(c, [{ field: "at", message: "give either at, or from and to" }]);
    if (from !== undefined && from >= (to ?? hub.clock.now()))
      return badInput(c, [{ field: "from", message: "must be earlier than to, and in the past" }]);
    if (from === undefined && to !== undefined)
      return badInput(c, [{ field: "from", message: "must be given with to" }]);
    const moment = at ?? hub.clock.now();
    const { id } = c.req.valid("param");
    const found = await hub.traces.why({
      node: id,
      ...(from === undefined ? { from: moment, to: moment } : { from, to: to ?? hub.clock.now() }),
    });
    return found ? c.json(found, 200) : notFound(c, `There is no device ${id}.`);
  });
}
