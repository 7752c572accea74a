import { createRoute, z } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput } from "../problem.ts";
import { incoming, rulesImport, rulesQuery } from "../schemas/rules-exchange.ts";
import { answer, body } from "./shape.ts";

const tags = ["Rules"];

const write = createRoute({
  ...{ method: "get", path: "/api/home-rules/export", tags },
  summary: "The rules of people as a file (YAML)",
  request: { query: rulesQuery },
  responses: {
    200: { description: "The file", content: { "application/yaml": { schema: z.string() } } },
  },
});

const read = createRoute({
  ...{
    method: "post",
    path: "/api/home-rules/import",
    tags,
    responses: { 200: answer(incoming, "What is in the file") },
  },
  summary: "Read rules from a file: of Inglenook, or automations of Home Assistant",
  description:
    "Without `keep` nothing is saved: each rule is told in words, with what speaks against it and what could not be translated, by line. A rule of which a part is missing comes switched off, and says so.",
  request: body(rulesImport),
});

export function rulesExchangeRoutes(app: App, { hub, version }: Room): void {
  app.openapi(write, async (c) => {
    const { id } = c.req.valid("query");
    const text = await hub.ruleExchange.write(version, id === undefined ? undefined : [id].flat());
    const name = `inglenook-rules-${new Date(hub.clock.now()).toISOString().slice(0, 10)}.yaml`;
    return c.body(text, 200, {
      "content-type": "application/yaml; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    });
  });
  app.openapi(read, async (c) => {
    const { text, name, more, meant, keep } = c.req.valid("json");
    const by = c.get("who").name;
    const found = await hub.ruleExchange.read([{ name, text }, ...more], {
      meant,
      ...(keep ? { keep: { ...keep, by } } : {}),
    });
    const at = !found.ok && found.file ? `${found.file}, ` : "";
    if (!found.ok) return badInput(c, [{ field: "text", message: `${at}line ${found.line}: ${found.text}` }]);
    const { ok, ...rest } = found;
    return c.json(rest, 200);
  });
}
