import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, notFound, rangeErrorOf } from "../problem.ts";
import { repair, repairChange, repairList, repairParam, repairQuery } from "../schemas/repairs.ts";
import { answer, body } from "./shape.ts";

const tags = ["Energy"];
const path = "/api/energy/repairs";

const list = createRoute({
  method: "get",
  path,
  tags,
  summary: "What was wrong with meters' numbers, and what they are taken for",
  request: { query: repairQuery },
  responses: { 200: answer(repairList, "The newest first, at most 500") },
});
const change = createRoute({
  method: "post",
  path: `${path}/{id}`,
  tags,
  summary: "Undo, redo or adjust a repair",
  description: "What was told stays as it is; figures follow at once.",
  request: { params: repairParam, ...body(repairChange) },
  responses: { 200: answer(repair, "The repair as it stands now") },
});

export function repairRoutes(app: App, { hub }: Room): void {
  app.openapi(list, (c) => {
    const { node, from, to } = c.req.valid("query");
    const query = {
      ...(node === undefined ? {} : { node }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
    return c.json({ repairs: hub.repairs.list(query) }, 200);
  });

  app.openapi(change, (c) => {
    try {
      const now = hub.repairs.change(c.req.valid("param").id, c.req.valid("json"), c.get("who").name);
      return now ? c.json(now, 200) : notFound(c, "There is no such repair; it may have been taken back.");
    } catch (error) {
      const message = rangeErrorOf(error);
      return badInput(c, [{ field: "kwh", message: message.replace(/^kwh: /, "") }]);
    }
  });
}
