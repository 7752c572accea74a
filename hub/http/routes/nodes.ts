import { createRoute, type z } from "@hono/zod-openapi";
import type { TypedResponse } from "hono";
import type { App, Room } from "../context.ts";
import { changedSettings } from "../node-change.ts";
import { createNodesText } from "../node-text.ts";
import { badInput, notFound, rangeErrorOf } from "../problem.ts";
import { done } from "../schemas/common.ts";
import { nodeUsers } from "../schemas/house-state.ts";
import * as schemas from "../schemas/nodes.ts";
import { nodeView } from "../view.ts";
import { answer, body } from "./shape.ts";

const tags = ["Devices"];
const path = "/api/nodes/{id}";
const params = schemas.nodeParam;
const oneNode = { 200: answer(schemas.nodeView, "The device") };

const list = createRoute({
  method: "get",
  path: "/api/nodes",
  tags,
  summary: "All devices with their values",
  responses: { 200: answer(schemas.nodeList, "The devices") },
});
const get = createRoute({
  method: "get",
  path,
  tags,
  summary: "One device",
  request: { params },
  responses: oneNode,
});
const patch = createRoute({
  method: "patch",
  path,
  tags,
  summary: "Name a device, place it in a room, say what it is in this home",
  request: { params, ...body(schemas.nodeChange) },
  responses: oneNode,
});
const users = createRoute({
  method: "get",
  path: `${path}/users`,
  tags,
  summary: "Rules and scenes that name a device",
  description: "They stay as they are when it is removed, or takes another one's place, and miss it then.",
  request: { params },
  responses: { 200: answer(nodeUsers, "What names it") },
});

const remove = createRoute({
  method: "delete",
  path,
  tags,
  summary: "Remove a device from the home",
  description:
    "Its history stays. A Matter device leaves the fabric; an MQTT device comes back when it next says what it is.",
  request: { params },
  responses: { 200: answer(done, "Removed") },
});

const replace = createRoute({
  method: "post",
  path: `${path}/replace`,
  tags,
  summary: "Put another device in the place of this one",
  description:
    "The device keeps its id, name, room, history and the rules that name it, and is from now on the other one. The old " +
    "device, should it speak again, appears under the other's id; replacing once more takes it back.",
  request: { params, ...body(schemas.replaceRequest) },
  responses: oneNode,
});

/** Written as text: what it holds is what {@link nodeView} makes. */
type NodeList = Response & TypedResponse<z.infer<typeof schemas.nodeList>, 200, "json">;

const noSuch = (id: string): string => `There is no device ${id}.`;

export function nodeRoutes(app: App, { hub }: Room): void {
  const all = createNodesText(hub);
  app.openapi(list, async (c) => {
    return c.body(await all.read(), 200, { "content-type": "application/json" }) as Response as NodeList;
  });

  app.openapi(get, (c) => {
    const { id } = c.req.valid("param");
    const node = hub.home.nodes.get(id);
    return node ? c.json(nodeView(node, hub.clock.now()), 200) : notFound(c, noSuch(id));
  });

  app.openapi(patch, (c) => {
    const { id } = c.req.valid("param");
    const node = hub.home.nodes.get(id);
    if (!node) return notFound(c, noSuch(id));
    const change = changedSettings(node, c.req.valid("json"));
    if (!change.ok) return badInput(c, change.errors);
    try {
      hub.configureNode(id, change.settings, c.get("who").name);
    } catch (error) {
      return badInput(c, [{ field: "body", message: rangeErrorOf(error) }]);
    }
    return c.json(nodeView(hub.home.nodes.get(id) ?? node, hub.clock.now()), 200);
  });

  app.openapi(users, (c) => {
    const { id } = c.req.valid("param");
    return hub.home.nodes.has(id) ? c.json({ usedBy: hub.usersOf(id) }, 200) : notFound(c, noSuch(id));
  });

  app.openapi(replace, (c) => {
    const { id } = c.req.valid("param");
    if (!hub.home.nodes.has(id)) return notFound(c, noSuch(id));
    try {
      hub.replaceNode(id, c.req.valid("json").by, c.get("who").name);
    } catch (error) {
      return badInput(c, [{ field: "by", message: rangeErrorOf(error).replace(/^by: /, "") }]);
    }
    const node = hub.home.nodes.get(id);
    return node ? c.json(nodeView(node, hub.clock.now()), 200) : notFound(c, noSuch(id));
  });

  app.openapi(remove, async (c) => {
    const { id } = c.req.valid("param");
    if (!(await hub.forgetNode(id, c.get("who").name))) return notFound(c, noSuch(id));
    return c.json({ ok: true as const }, 200);
  });
}
