import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { problem } from "../problem.ts";
import { hubEvent } from "../schemas/house.ts";

const get = createRoute({
  method: "get",
  path: "/api/stream",
  tags: ["Hub"],
  summary: "What happens in the house, as server-sent events",
  description:
    "An event's name is its type and its data is this JSON. The first event is `hello`; a comment comes every 15 s; " +
    "`bye` with a reason comes before the hub ends the stream. Values of one attribute come at most every 100 ms.",
  responses: { 200: { description: "Events", content: { "text/event-stream": { schema: hubEvent } } } },
});

export function streamRoutes(app: App, { stream, auth }: Room): void {
  app.openapi(get, (c) => {
    const type = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" };
    // A HEAD request runs this too, and nobody would ever read or cancel its stream.
    if (c.req.method === "HEAD") return c.body(null, 200, type);
    const who = c.get("who");
    const body = stream.open({
      session: who.session,
      account: who.account,
      stillValid: () => auth.whoIs(who.session) !== undefined,
      cut: () => c.env?.outgoing?.destroy(),
    });
    if (body) return c.body(body, 200, { ...type, "x-accel-buffering": "no" });
    return problem(c, {
      status: 503,
      code: "too-many-streams",
      detail: "Too many dashboards are open.",
      fix: "Close one and try again.",
      headers: { "retry-after": "10" },
    });
  });
}
