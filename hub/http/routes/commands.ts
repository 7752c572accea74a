import { createRoute } from "@hono/zod-openapi";
import { checkCommand } from "../check-command.ts";
import type { App, Room } from "../context.ts";
import { badInput, problem } from "../problem.ts";
import { commandRequest, commandResult } from "../schemas/nodes.ts";
import { answer, body } from "./shape.ts";

const post = createRoute({
  method: "post",
  path: "/api/commands",
  tags: ["Devices"],
  summary: "Command a device",
  description:
    "Answers when the outcome is certain: confirmed by a reading, refused, or unconfirmed after its time. " +
    "All of these are 200. The command `set` writes writable attributes.",
  request: body(commandRequest),
  responses: { 200: answer(commandResult, "The outcome") },
});

export function commandRoutes(app: App, { hub }: Room): void {
  app.openapi(post, async (c) => {
    const checked = checkCommand(hub.home, c.req.valid("json"));
    if (!checked.ok && checked.unknownTarget) {
      const { errors } = checked;
      const detail = errors.map((e) => `${e.field} ${e.message}`).join("; ");
      return problem(c, { status: 404, code: "unknown-target", detail, errors });
    }
    if (!checked.ok) return badInput(c, checked.errors);
    const { id, outcome } = await hub.command(checked.command, {
      rank: "person",
      by: c.get("who").name,
      reason: "asked on the dashboard or by the API",
    });
    return c.json({ id, outcome }, 200);
  });
}
