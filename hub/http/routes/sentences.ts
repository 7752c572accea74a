import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, rangeErrorOf } from "../problem.ts";
import { sentenceAnswer, sentenceRequest } from "../schemas/nodes.ts";
import { answer, body } from "./shape.ts";

const post = createRoute({
  method: "post",
  path: "/api/sentences",
  tags: ["Home"],
  summary: "Say a command or ask a question, in words",
  description:
    "A question never moves anything. Several candidates: it asks back, and the same text with a `choice` among them answers.",
  request: body(sentenceRequest),
  responses: { 200: answer(sentenceAnswer, "What came of it") },
});

export function sentenceRoutes(app: App, { hub }: Room): void {
  app.openapi(post, async (c) => {
    const { text, choice } = c.req.valid("json");
    try {
      return c.json(await hub.sentence(text, c.get("who").name, choice), 200);
    } catch (error) {
      return badInput(c, [{ field: "choice", message: rangeErrorOf(error) }]);
    }
  });
}
