import { createRoute, type z } from "@hono/zod-openapi";
import type { BrokerSettings } from "../../ports.ts";
import type { App, Ctx, Room } from "../context.ts";
import { badInput, notFound, type Refusal, rangeErrorOf } from "../problem.ts";
import { brokerList, brokerName, brokerRequest, brokerStatus } from "../schemas/brokers.ts";
import { done } from "../schemas/common.ts";
import { answer, body } from "./shape.ts";

const tags = ["MQTT brokers"];

const list = createRoute({
  method: "get",
  path: "/api/brokers",
  tags,
  summary: "The brokers that the hub listens to; passwords and keys are never told",
  responses: { 200: answer(brokerList, "The brokers") },
});
const put = createRoute({
  method: "put",
  path: "/api/brokers/{name}",
  tags,
  summary: "Listen to another broker",
  description: "Connects at once and again after each restart. The list tells how it went.",
  request: { params: brokerName, ...body(brokerRequest) },
  responses: { 200: answer(brokerStatus, "The broker") },
});
const remove = createRoute({
  method: "delete",
  path: "/api/brokers/{name}",
  tags,
  summary: "Listen to it no more",
  request: { params: brokerName },
  responses: { 200: answer(done, "Removed") },
});

export function brokerRoutes(app: App, { hub }: Room): void {
  app.openapi(list, (c) => c.json({ brokers: hub.brokers.list() }, 200));

  app.openapi(put, (c) => {
    const { name } = c.req.valid("param");
    try {
      return c.json(hub.brokers.set({ name, ...given(c.req.valid("json")) }, c.get("who").name), 200);
    } catch (error) {
      return fieldError(c, error);
    }
  });

  app.openapi(remove, (c) => {
    const { name } = c.req.valid("param");
    try {
      return hub.brokers.remove(name, c.get("who").name)
        ? c.json({ ok: true as const }, 200)
        : notFound(c, `There is no broker ${name}.`);
    } catch (error) {
      return fieldError(c, error);
    }
  });
}

/** Empty fields of a form are no values. */
function given(request: z.output<typeof brokerRequest>): Omit<BrokerSettings, "name"> {
  const { url, username, password, ca, cert, key, insecure } = request;
  return {
    url,
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    ...(ca ? { ca } : {}),
    ...(cert ? { cert } : {}),
    ...(key ? { key } : {}),
    ...(insecure ? { insecure } : {}),
  };
}

/** `field: message`, as the hub words it. */
function fieldError(c: Ctx, error: unknown): Refusal {
  const text = rangeErrorOf(error);
  const cut = text.indexOf(": ");
  return badInput(c, [{ field: text.slice(0, cut), message: text.slice(cut + 2) }]);
}
