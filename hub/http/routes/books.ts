import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, rangeErrorOf } from "../problem.ts";
import { ledger, ledgerQuery } from "../schemas/books.ts";
import { answer } from "./shape.ts";

const get = createRoute({
  method: "get",
  path: "/api/energy/ledger",
  tags: ["Energy"],
  summary: "What the house used, by hour, day, week, month or year",
  description:
    "Sums of quarter hours: the rows of a month's days add up to the month. Money is for energy alone; standing and peak charges are on the bill.",
  request: { query: ledgerQuery },
  responses: { 200: answer(ledger, "One row a stretch, in order of time") },
});

export function bookRoutes(app: App, { hub }: Room): void {
  app.openapi(get, async (c) => {
    try {
      return c.json({ rows: await hub.books.ledger(c.req.valid("query")) }, 200);
    } catch (error) {
      return badInput(c, [{ field: "query", message: rangeErrorOf(error) }]);
    }
  });
}
