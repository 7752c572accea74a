import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, fieldErrorOf, notFound } from "../problem.ts";
import { done } from "../schemas/common.ts";
import {
  priceFile,
  priceFilePreview,
  priceServiceStatus,
  priceServices,
  priceServiceWish,
  seriesList,
  seriesParam,
} from "../schemas/prices.ts";
import { answer, body } from "./shape.ts";

const tags = ["Energy"];

const list = createRoute({
  method: "get",
  path: "/api/price-series",
  tags,
  summary: "Prices and CO2 over time that the hub keeps",
  responses: { 200: answer(seriesList, "The series") },
});
const preview = createRoute({
  method: "post",
  path: "/api/price-files/preview",
  tags,
  summary: "How a file of prices would be read",
  request: body(priceFile),
  responses: { 200: answer(priceFilePreview, "What was read; nothing is kept") },
});
const put = createRoute({
  method: "post",
  path: "/api/price-files",
  tags,
  summary: "Keep a file of prices",
  request: body(priceFile),
  responses: { 200: answer(priceFilePreview, "What was kept; newer values stand over older ones") },
});
const remove = createRoute({
  method: "delete",
  path: "/api/price-series/{id}",
  tags,
  summary: "Forget a series",
  request: { params: seriesParam },
  responses: { 200: answer(done, "Forgotten") },
});
const services = createRoute({
  method: "get",
  path: "/api/price-service",
  tags,
  summary: "Which public service is asked for prices, if any",
  responses: { 200: answer(priceServices, "What is chosen, and what there is to choose from") },
});
const choose = createRoute({
  method: "put",
  path: "/api/price-service",
  tags,
  summary: "Choose a price service, or turn it off",
  description: "While it is off nothing leaves the house. The address is the service's own and can't be set.",
  request: body(priceServiceWish),
  responses: { 200: answer(priceServiceStatus, "What is chosen now") },
});
const fetchNow = createRoute({
  method: "post",
  path: "/api/price-service/fetch",
  tags,
  summary: "Ask the service now",
  responses: { 200: answer(priceServiceStatus, "How it went") },
});

export function priceRoutes(app: App, { hub }: Room): void {
  const { money } = hub;
  app.openapi(list, (c) => c.json({ series: money.series() }, 200));

  app.openapi(preview, (c) => {
    try {
      return c.json(money.previewFile(c.req.valid("json")), 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(put, (c) => {
    try {
      return c.json(money.importFile(c.req.valid("json"), c.get("who").name), 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    return money.removeSeries(id, c.get("who").name)
      ? c.json({ ok: true as const }, 200)
      : notFound(c, `There is no series ${id}.`);
  });

  app.openapi(services, (c) => c.json({ status: money.service(), services: money.services() }, 200));

  app.openapi(choose, (c) => {
    try {
      return c.json(money.setService(c.req.valid("json"), c.get("who").name), 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(fetchNow, async (c) => {
    try {
      return c.json(await money.fetchPrices(c.get("who").name), 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });
}
