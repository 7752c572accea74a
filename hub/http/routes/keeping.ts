import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, rangeErrorOf } from "../problem.ts";
import { keeping, keepingView } from "../schemas/keeping.ts";
import type { KeepingView } from "../schemas.ts";
import { answer, body } from "./shape.ts";

const path = "/api/keeping";
const tags = ["Hub"];

const get = createRoute({
  method: "get",
  path,
  tags,
  summary: "How long history is kept, what that writes, and how long the card lasts",
  responses: { 200: answer(keepingView, "The settings, and what was measured") },
});

const put = createRoute({
  method: "put",
  path,
  tags,
  summary: "Set how long history is kept and how much may be written",
  description: "What is older than a shorter time is deleted within minutes, for good.",
  request: body(keeping),
  responses: { 200: answer(keepingView, "As it is now") },
});

export function keepingRoutes(app: App, { hub }: Room): void {
  const view = (): KeepingView => {
    const { keeping: kept } = hub.store;
    // What is unknown is absent in JSON.
    const load = Object.fromEntries(Object.entries(kept.load()).filter(([, value]) => value !== undefined));
    return { keeping: kept.get(), load: load as KeepingView["load"], databaseBytes: hub.store.facts().bytes };
  };

  app.openapi(get, (c) => c.json(view(), 200));

  app.openapi(put, (c) => {
    const wanted = c.req.valid("json");
    try {
      hub.store.keeping.set(wanted);
    } catch (error) {
      const text = rangeErrorOf(error);
      const cut = text.indexOf(": ");
      return badInput(c, [{ field: text.slice(0, cut), message: text.slice(cut + 2) }]);
    }
    const detail = JSON.stringify(wanted);
    hub.store.appendAudit({
      at: hub.clock.now(),
      by: c.get("who").name,
      what: "keeping-set",
      subject: "history",
      detail,
    });
    return c.json(view(), 200);
  });
}
