import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { auditList, auditQuery } from "../schemas/house.ts";
import { answer } from "./shape.ts";

const get = createRoute({
  method: "get",
  path: "/api/audit",
  tags: ["Hub"],
  summary: "Who did or decided what, newest first",
  request: { query: auditQuery },
  responses: { 200: answer(auditList, "The entries") },
});

export function auditRoutes(app: App, { hub }: Room): void {
  app.openapi(get, (c) => {
    const { before, limit, subject } = c.req.valid("query");
    const query = {
      limit,
      ...(before === undefined ? {} : { before }),
      ...(subject === undefined ? {} : { subject }),
    };
    return c.json({ entries: hub.store.audit(query) }, 200);
  });
}
