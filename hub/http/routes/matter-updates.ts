import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { done } from "../schemas/common.ts";
import { deviceUpdate, matterUpdateList, updateWish } from "../schemas/matter-updates.ts";
import { nodeParam } from "../schemas/nodes.ts";
import { refusal } from "./matter.ts";
import { answer, body } from "./shape.ts";

const path = "/api/nodes/{id}/matter/update";
const tags = ["Devices"];
const params = nodeParam;

const list = createRoute({
  method: "get",
  path: "/api/matter/updates",
  tags,
  summary: "For which Matter devices there is an update",
  responses: { 200: answer(matterUpdateList, "Those devices, and files that are no updates") },
});
const get = createRoute({
  method: "get",
  path,
  tags,
  summary: "A Matter device's version, and whether there is an update",
  request: { params },
  responses: { 200: answer(deviceUpdate, "What is known") },
});
const look = createRoute({
  method: "post",
  path: `${path}/look`,
  tags,
  summary: "Look for an update again",
  description: "In the folder, and in the standard's public ledger where a person allowed that.",
  request: { params },
  responses: { 200: answer(deviceUpdate, "What is known now") },
});
const apply = createRoute({
  method: "post",
  path,
  tags,
  summary: "Put exactly this version on the device",
  description:
    "Answers when the update has begun; the run, and a job, tell how it goes. Nothing is updated without this.",
  request: { params, ...body(updateWish) },
  responses: { 200: answer(deviceUpdate, "Begun") },
});
const stop = createRoute({
  method: "delete",
  path,
  tags,
  summary: "Stop an update while the device still downloads it",
  request: { params },
  responses: { 200: answer(done, "Stopped; the device keeps its version") },
});

export function matterUpdateRoutes(app: App, { hub }: Room): void {
  app.openapi(list, (c) => c.json(hub.matter.updates.list(), 200));
  app.openapi(get, (c) => {
    const result = hub.matter.updates.of(c.req.valid("param").id);
    return result.ok ? c.json(result.value, 200) : refusal(c, result);
  });
  app.openapi(look, async (c) => {
    const result = await hub.matter.updates.look(c.req.valid("param").id);
    return result.ok ? c.json(result.value, 200) : refusal(c, result);
  });
  app.openapi(apply, async (c) => {
    const { version } = c.req.valid("json");
    const result = await hub.matter.updates.apply(c.req.valid("param").id, version, c.get("who").name);
    return result.ok ? c.json(result.value, 200) : refusal(c, result);
  });
  app.openapi(stop, async (c) => {
    const result = await hub.matter.updates.stop(c.req.valid("param").id, c.get("who").name);
    return result.ok ? c.json({ ok: true as const }, 200) : refusal(c, result);
  });
}
