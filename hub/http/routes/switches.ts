import { createRoute } from "@hono/zod-openapi";
import type { App, Ctx, Room } from "../context.ts";
import { badInput, fieldErrorOf, notFound } from "../problem.ts";
import { switchList, switchRequest } from "../schemas/house-state.ts";
import { nodeParam } from "../schemas/nodes.ts";
import { answer, body } from "./shape.ts";

const tags = ["House"];
const path = "/api/house/switches";
const responses = { 200: answer(switchList, "The switches of the house") };

const list = createRoute({
  ...{ method: "get", path, tags, responses },
  summary: "Switches of the house that no device is behind, such as Guest mode",
  description:
    "Each is a node like all others, with the capability onOff: it is switched, told and asked for as they are.",
});
const add = createRoute({
  ...{ method: "post", path, tags, responses },
  summary: "Make a switch of the house; it is off",
  request: body(switchRequest),
});
const rename = createRoute({
  ...{ method: "put", path: `${path}/{id}`, tags, responses },
  summary: "Rename a switch of the house; rules that name it go on",
  request: { params: nodeParam, ...body(switchRequest) },
});
const remove = createRoute({
  ...{ method: "delete", path: `${path}/{id}`, tags, responses },
  summary: "Remove a switch of the house; its history stays",
  description: "Rules and scenes that name it stay as they are, and miss it: `usedBy` names them before.",
  request: { params: nodeParam },
});

export function switchRoutes(app: App, { hub }: Room): void {
  const { switches } = hub;
  const all = (c: Ctx) => c.json({ switches: switches.list() }, 200);
  const gone = (c: Ctx, id: string) => notFound(c, `There is no switch of the house ${id}.`);
  app.openapi(list, all);
  app.openapi(add, (c) => {
    try {
      switches.add(c.req.valid("json").name, c.get("who").name);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
    return all(c);
  });
  app.openapi(rename, (c) => {
    const { id } = c.req.valid("param");
    try {
      if (!switches.rename(id, c.req.valid("json").name, c.get("who").name)) return gone(c, id);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
    return all(c);
  });
  app.openapi(remove, async (c) => {
    const { id } = c.req.valid("param");
    if (!switches.list().some((one) => one.id === id)) return gone(c, id);
    await hub.forgetNode(id, c.get("who").name);
    return all(c);
  });
}
