import { createRoute } from "@hono/zod-openapi";
import { numberUnits } from "../../model/house-number.ts";
import { units } from "../../model/units.ts";
import type { App, Ctx, Room } from "../context.ts";
import { badInput, fieldErrorOf, notFound } from "../problem.ts";
import { numberList, numberRequest } from "../schemas/house-state.ts";
import { nodeParam } from "../schemas/nodes.ts";
import { answer, body } from "./shape.ts";

const tags = ["House"];
const path = "/api/house/numbers";
const responses = { 200: answer(numberList, "The numbers of the house") };

const list = createRoute({
  ...{ method: "get", path, tags, responses },
  summary: "Numbers of the house that no device is behind, such as Target reserve",
  description:
    "Each is a node like all others, with the capability houseNumber: it is set, told and asked for as they are.",
});
const add = createRoute({
  ...{ method: "post", path, tags, responses },
  summary: "Make a number of the house; it is zero, or as near to that as its range goes",
  request: body(numberRequest),
});
const change = createRoute({
  ...{ method: "put", path: `${path}/{id}`, tags, responses },
  summary: "Rename a number of the house, or give it another unit or range; it stands as it stood",
  request: { params: nodeParam, ...body(numberRequest) },
});
const remove = createRoute({
  ...{ method: "delete", path: `${path}/{id}`, tags, responses },
  summary: "Remove a number of the house; its history stays",
  description: "Rules and scenes that name it stay as they are, and miss it: `usedBy` names them before.",
  request: { params: nodeParam },
});

export function numberRoutes(app: App, { hub }: Room): void {
  const { numbers } = hub;
  const offered = numberUnits.map((unit) => ({ unit, text: units[unit] }));
  const all = (c: Ctx) => {
    const told = numbers.list().map((one) => ({ ...one, unitText: units[one.unit] }));
    return c.json({ numbers: told, units: offered }, 200);
  };
  const gone = (c: Ctx, id: string) => notFound(c, `There is no number of the house ${id}.`);
  app.openapi(list, all);
  app.openapi(add, (c) => {
    try {
      numbers.add(c.req.valid("json"), c.get("who").name);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
    return all(c);
  });
  app.openapi(change, (c) => {
    const { id } = c.req.valid("param");
    try {
      if (!numbers.change(id, c.req.valid("json"), c.get("who").name)) return gone(c, id);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
    return all(c);
  });
  app.openapi(remove, async (c) => {
    const { id } = c.req.valid("param");
    if (!numbers.list().some((one) => one.id === id)) return gone(c, id);
    await hub.forgetNode(id, c.get("who").name);
    return all(c);
  });
}
