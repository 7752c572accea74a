import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { conflict, notFound } from "../problem.ts";
import { done, idParam } from "../schemas/common.ts";
import { jobList } from "../schemas/house.ts";
import { answer } from "./shape.ts";

const tags = ["Hub"];

const list = createRoute({
  method: "get",
  path: "/api/jobs",
  tags,
  summary: "Long pieces of work",
  responses: { 200: answer(jobList, "The jobs") },
});
const remove = createRoute({
  method: "delete",
  path: "/api/jobs/{id}",
  tags,
  summary: "Cancel a job",
  request: { params: idParam },
  responses: { 200: answer(done, "Cancelled") },
});

export function jobRoutes(app: App, { hub }: Room): void {
  app.openapi(list, (c) => c.json({ jobs: hub.jobs() }, 200));

  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    if (!hub.jobs().some((j) => j.id === id)) return notFound(c, `There is no job ${id}.`);
    return hub.cancelJob(id) ? c.json({ ok: true as const }, 200) : conflict(c, "This job can't be cancelled now.");
  });
}
