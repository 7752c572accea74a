import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, fieldErrorOf } from "../problem.ts";
import {
  bill,
  billQuery,
  compareWish,
  comparison,
  pictureWish,
  pricePicture,
  tariffBook,
  tariffForms,
} from "../schemas/tariffs.ts";
import { answer, body } from "./shape.ts";

const tags = ["Energy"];

const getBook = createRoute({
  method: "get",
  path: "/api/tariffs",
  tags,
  summary: "The home's contracts by validity, and offers to compare with",
  responses: { 200: answer(tariffBook, "The book; a simple tariff is shown as a book of one contract") },
});
const putBook = createRoute({
  method: "put",
  path: "/api/tariffs",
  tags,
  summary: "Set the home's contracts",
  description: "From then on the simple tariff no longer counts.",
  request: body(tariffBook),
  responses: { 200: answer(tariffBook, "The book as it is now") },
});
const forms = createRoute({
  method: "get",
  path: "/api/tariffs/forms",
  tags,
  summary: "Real forms of tariff to begin from",
  responses: { 200: answer(tariffForms, "The forms, and the countries whose holidays are known") },
});
const picture = createRoute({
  method: "post",
  path: "/api/tariffs/picture",
  tags,
  summary: "What a contract's kWh costs over some days",
  request: body(pictureWish),
  responses: { 200: answer(pricePicture, "Prices by the quarter hour") },
});
const getBill = createRoute({
  method: "get",
  path: "/api/bills",
  tags,
  summary: "What energy cost from one local day to another",
  request: { query: billQuery },
  responses: { 200: answer(bill, "The bill") },
});
const compare = createRoute({
  method: "post",
  path: "/api/bills/compare",
  tags,
  summary: "What the same energy would have cost under other contracts",
  request: body(compareWish),
  responses: { 200: answer(comparison, "The home's own bill, then one for each contract") },
});

export function tariffRoutes(app: App, { hub }: Room): void {
  const { money } = hub;
  app.openapi(getBook, (c) => c.json(money.book(), 200));

  app.openapi(putBook, (c) => {
    try {
      return c.json(money.setBook(c.req.valid("json"), c.get("who").name), 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(forms, (c) => c.json({ forms: money.forms(), holidayCountries: money.holidayCountries() }, 200));

  app.openapi(picture, (c) => {
    const { contract, day, days } = c.req.valid("json");
    try {
      return c.json(money.picture(contract, day, days), 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(getBill, async (c) => {
    const { from, to } = c.req.valid("query");
    try {
      return c.json(await money.bill(from, to), 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(compare, async (c) => {
    const { from, to, contracts } = c.req.valid("json");
    try {
      return c.json({ bills: await money.compare(from, to, contracts) }, 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });
}
