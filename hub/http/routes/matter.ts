import { createRoute } from "@hono/zod-openapi";
import type { MatterAnswer } from "../../ports.ts";
import type { App, Ctx, Room } from "../context.ts";
import { conflict, notFound, type Refusal } from "../problem.ts";
import { done } from "../schemas/common.ts";
import { fabricParam, matterFacts, matterLabel, matterNode, matterSettings, matterShare } from "../schemas/matter.ts";
import { nodeParam } from "../schemas/nodes.ts";
import { answer, body } from "./shape.ts";

const path = "/api/nodes/{id}/matter";
const tags = ["Devices"];
const params = nodeParam;

const get = createRoute({
  method: "get",
  path,
  tags,
  summary: "What only Matter knows of a device: its homes, its window, its own name",
  description: "Asks the device.",
  request: { params },
  responses: { 200: answer(matterNode, "What the device answered") },
});
const share = createRoute({
  method: "post",
  path: `${path}/window`,
  tags,
  summary: "Share the device with another home",
  description:
    "Puts the device into pairing mode for 15 minutes with a code of its own. It ends early after 20 wrong codes, or when " +
    "the other home has paired it.",
  request: { params },
  responses: { 200: answer(matterShare, "The code for the other home") },
});
const endShare = createRoute({
  method: "delete",
  path: `${path}/window`,
  tags,
  summary: "End the sharing",
  request: { params },
  responses: { 200: answer(done, "The device is out of pairing mode") },
});
const rename = createRoute({
  method: "put",
  path: `${path}/label`,
  tags,
  summary: "Write a name into the device, which other homes see",
  request: { params, ...body(matterLabel) },
  responses: { 200: answer(done, "Written") },
});
const removeFabric = createRoute({
  method: "delete",
  path: `${path}/fabrics/{index}`,
  tags,
  summary: "Take another home's key from the device",
  request: { params: fabricParam },
  responses: { 200: answer(done, "That home no longer reaches the device") },
});

const removeAll = createRoute({
  method: "delete",
  path: `${path}/fabrics`,
  tags,
  summary: "Take the device out of every home, this one last",
  description: "It is then as fresh from its box, and out of this home too; its history here stays.",
  request: { params },
  responses: { 200: answer(done, "No home reaches it any more") },
});
const facts = createRoute({
  method: "get",
  path: "/api/matter",
  tags,
  summary: "What pairing has to go by: makers' authorities, Bluetooth, the public ledger",
  responses: { 200: answer(matterFacts, "How it is now") },
});
const configure = createRoute({
  method: "put",
  path: "/api/matter",
  tags,
  summary: "Let Matter ask the standard's public ledger, or not",
  request: body(matterSettings),
  responses: { 200: answer(done, "Set") },
});

/** The device's refusal is a conflict with how it is now; its reason says what to try. */
export function refusal(c: Ctx, result: Extract<MatterAnswer<unknown>, { ok: false }>): Refusal {
  return result.why === "absent" ? notFound(c, result.reason) : conflict(c, result.reason);
}

export function matterRoutes(app: App, { hub }: Room): void {
  const ok = { ok: true as const };
  app.openapi(facts, async (c) => c.json(await hub.matter.facts(), 200));
  app.openapi(configure, (c) => {
    hub.matter.configure(c.req.valid("json"), c.get("who").name);
    return c.json(ok, 200);
  });
  app.openapi(get, async (c) => {
    const result = await hub.matter.node(c.req.valid("param").id);
    return result.ok ? c.json(result.value, 200) : refusal(c, result);
  });
  app.openapi(share, async (c) => {
    const result = await hub.matter.share(c.req.valid("param").id, c.get("who").name);
    return result.ok ? c.json(result.value, 200) : refusal(c, result);
  });
  app.openapi(endShare, async (c) => {
    const result = await hub.matter.endShare(c.req.valid("param").id, c.get("who").name);
    return result.ok ? c.json(ok, 200) : refusal(c, result);
  });
  app.openapi(rename, async (c) => {
    const result = await hub.matter.rename(c.req.valid("param").id, c.req.valid("json").label, c.get("who").name);
    return result.ok ? c.json(ok, 200) : refusal(c, result);
  });
  app.openapi(removeAll, async (c) => {
    const { id } = c.req.valid("param");
    const by = c.get("who").name;
    const node = await hub.matter.node(id);
    if (!node.ok) return refusal(c, node);
    for (const { index, ours } of node.value.fabrics) {
      const result = ours ? undefined : await hub.matter.removeFabric(id, index, by);
      if (result && !result.ok) return refusal(c, result);
    }
    try {
      await hub.forgetNode(id, by);
      return c.json(ok, 200);
    } catch (error) {
      return conflict(c, error instanceof Error ? error.message : String(error));
    }
  });
  app.openapi(removeFabric, async (c) => {
    const { id, index } = c.req.valid("param");
    const result = await hub.matter.removeFabric(id, index, c.get("who").name);
    return result.ok ? c.json(ok, 200) : refusal(c, result);
  });
}
