import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, fieldErrorOf, notFound } from "../problem.ts";
import { done, idParam } from "../schemas/common.ts";
import {
  dryRun,
  importFile,
  importList,
  importPreview,
  importSource,
  importWish,
  started,
  tableLook,
} from "../schemas/imports.ts";
import type { ImportDryRun, ImportList, ImportPreview, TableLook } from "../schemas.ts";
import { answer, body } from "./shape.ts";

const tags = ["Devices"];

const list = createRoute({
  method: "get",
  path: "/api/imports",
  tags,
  summary: "Files that wait to be brought in, and what was brought in",
  responses: { 200: answer(importList, "Files and batches") },
});
const look = createRoute({
  method: "post",
  path: "/api/imports/look",
  tags,
  summary: "The columns and first rows of a table, and how it is most likely to be read",
  request: body(importFile),
  responses: { 200: answer(tableLook, "Columns, rows and a guess; nothing is kept") },
});
const preview = createRoute({
  method: "post",
  path: "/api/imports/preview",
  tags,
  summary: "What a file holds, and what of the house it fits",
  description:
    "The recorder database of Home Assistant (hourly and five-minute statistics, and states), or a table with stated columns.",
  request: body(importSource),
  responses: { 200: answer(importPreview, "The series; nothing is kept") },
});
const tryOut = createRoute({
  method: "post",
  path: "/api/imports/dry-run",
  tags,
  summary: "What an import would write",
  request: body(importWish),
  responses: { 200: answer(dryRun, "Hours to be written, left and refused; nothing is kept") },
});
const start = createRoute({
  method: "post",
  path: "/api/imports",
  tags,
  summary: "Bring a file in",
  description: "A job that can be cancelled. Hours that the house has itself are never written over.",
  request: body(importWish),
  responses: { 200: answer(started, "Under way") },
});
const remove = createRoute({
  method: "delete",
  path: "/api/imports/{id}",
  tags,
  summary: "Take out what an import brought in",
  request: { params: idParam },
  responses: { 200: answer(done, "Taken out") },
});

export function importRoutes(app: App, { hub }: Room): void {
  const { imports } = hub;
  app.openapi(list, (c) => c.json(imports.list() as ImportList, 200));

  app.openapi(look, async (c) => {
    try {
      return c.json((await imports.look(c.req.valid("json").file)) as TableLook, 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(preview, async (c) => {
    try {
      return c.json({ series: await imports.preview(c.req.valid("json")) } as ImportPreview, 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(tryOut, async (c) => {
    try {
      return c.json({ runs: await imports.dryRun(c.req.valid("json")) } as ImportDryRun, 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(start, async (c) => {
    try {
      return c.json({ id: await imports.start(c.req.valid("json"), c.get("who").name) }, 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(remove, async (c) => {
    const { id } = c.req.valid("param");
    try {
      const found = await imports.remove(id, c.get("who").name);
      return found ? c.json({ ok: true as const }, 200) : notFound(c, `There is no import ${id}.`);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });
}
