import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, notFound, rangeErrorOf } from "../problem.ts";
import { done } from "../schemas/common.ts";
import {
  houseWordList,
  keptMapping,
  leafList,
  leafQuery,
  mapping,
  mappingId,
  mappingList,
  previewList,
  unreadList,
  unreadQuery,
} from "../schemas/mappings.ts";
import { answer, body } from "./shape.ts";

const tags = ["Devices described by hand"];

const list = createRoute({
  method: "get",
  path: "/api/mappings",
  tags,
  summary: "Devices that people described, for MQTT that no dialect reads",
  responses: { 200: answer(mappingList, "The mappings") },
});
const put = createRoute({
  method: "put",
  path: "/api/mappings/{id}",
  tags,
  summary: "Describe a device",
  description:
    "What was heard on its topics is read at once. The id is yours to choose and stays when the name changes.",
  request: { params: mappingId, ...body(mapping) },
  responses: { 200: answer(keptMapping, "The mapping as it is kept") },
});
const remove = createRoute({
  method: "delete",
  path: "/api/mappings/{id}",
  tags,
  summary: "Take a description back, and its device with it; its history stays",
  request: { params: mappingId },
  responses: { 200: answer(done, "Removed") },
});
const words = createRoute({
  method: "get",
  path: "/api/mappings/words",
  tags,
  summary: "What a value may mean, with the units and words that lead to it",
  responses: { 200: answer(houseWordList, "The words of the house") },
});
const preview = createRoute({
  method: "post",
  path: "/api/mappings/preview",
  tags,
  summary: "How a description would read the last messages",
  request: body(mapping),
  responses: { 200: answer(previewList, "A line for each value, in order") },
});
const unread = createRoute({
  method: "get",
  path: "/api/mqtt/unread",
  tags,
  summary: "Topics that no dialect reads, the newest first",
  request: { query: unreadQuery },
  responses: { 200: answer(unreadList, "At most 200 topics, and how many are unread in all") },
});
const leaves = createRoute({
  method: "get",
  path: "/api/mqtt/leaves",
  tags,
  summary: "What the last message of such a topic holds, and what that may be",
  request: { query: leafQuery },
  responses: { 200: answer(leafList, "Its values") },
});

export function mappingRoutes(app: App, { hub }: Room): void {
  app.openapi(list, (c) => c.json({ mappings: hub.mappings.list() }, 200));
  app.openapi(words, (c) => c.json({ words: hub.mappings.words() }, 200));

  app.openapi(put, (c) => {
    const given = c.req.valid("json");
    const faults = hub.mappings.check(given);
    if (faults.length > 0) return badInput(c, faults);
    try {
      return c.json(hub.mappings.set(c.req.valid("param").id, given, c.get("who").name), 200);
    } catch (error) {
      return badInput(c, [fieldOf(rangeErrorOf(error))]);
    }
  });

  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    try {
      return hub.mappings.remove(id, c.get("who").name)
        ? c.json({ ok: true as const }, 200)
        : notFound(c, `There is no mapping ${id}.`);
    } catch (error) {
      return badInput(c, [fieldOf(rangeErrorOf(error))]);
    }
  });

  app.openapi(preview, (c) => {
    const given = c.req.valid("json");
    const faults = hub.mappings.check(given);
    return faults.length > 0 ? badInput(c, faults) : c.json({ values: hub.mappings.preview(given) }, 200);
  });

  app.openapi(unread, (c) => c.json(hub.mappings.unread(c.req.valid("query").search ?? ""), 200));

  app.openapi(leaves, (c) => {
    const { topic } = c.req.valid("query");
    const found = hub.mappings.leaves(topic);
    return found ? c.json({ topic, leaves: found }, 200) : notFound(c, "Nothing was heard on this topic.");
  });
}

/** `field: message`, as the hub words it. */
function fieldOf(text: string): { readonly field: string; readonly message: string } {
  const cut = text.indexOf(": ");
  return { field: text.slice(0, cut), message: text.slice(cut + 2) };
}
