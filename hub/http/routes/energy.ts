import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, rangeErrorOf } from "../problem.ts";
import { energyNow, priceList, pricesQuery, tariff } from "../schemas/house.ts";
import { cleanTariff } from "../tariff.ts";
import { answer, body } from "./shape.ts";

const tags = ["Energy"];

const now = createRoute({
  method: "get",
  path: "/api/energy",
  tags,
  summary: "Where power flows now",
  responses: { 200: answer(energyNow, "Powers in W, positive = imported by the endpoint") },
});
const getTariff = createRoute({
  method: "get",
  path: "/api/tariff",
  tags,
  summary: "What energy costs",
  responses: { 200: answer(tariff, "The tariff") },
});
const getPrices = createRoute({
  method: "get",
  path: "/api/prices",
  tags,
  summary: "What imported energy costs from one moment to another",
  request: { query: pricesQuery },
  responses: { 200: answer(priceList, "Each price holds until the next; at most two days") },
});
const putTariff = createRoute({
  method: "put",
  path: "/api/tariff",
  tags,
  summary: "Set what energy costs",
  request: body(tariff),
  responses: { 200: answer(tariff, "The tariff as it is now") },
});

export function energyRoutes(app: App, { hub }: Room): void {
  app.openapi(now, (c) => c.json(hub.energyNow(), 200));

  app.openapi(getTariff, (c) => c.json(hub.tariff(), 200));

  app.openapi(getPrices, (c) => {
    const { from, to } = c.req.valid("query");
    if (to <= from) return badInput(c, [{ field: "to", message: "must be after from" }]);
    return c.json({ prices: hub.prices(from, to) }, 200);
  });

  app.openapi(putTariff, (c) => {
    try {
      hub.setTariff(cleanTariff(c.req.valid("json")), c.get("who").name);
    } catch (error) {
      return badInput(c, [{ field: "body", message: rangeErrorOf(error) }]);
    }
    return c.json(hub.tariff(), 200);
  });
}
