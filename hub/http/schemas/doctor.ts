import { z } from "@hono/zod-openapi";

export const diagnosis = z
  .object({
    name: z.string(),
    state: z.enum(["ok", "warn", "bad"]),
    detail: z.string(),
    fix: z.string().optional(),
  })
  .openapi("Diagnosis");

export const examination = z.object({ found: z.array(diagnosis).readonly() }).openapi("Examination");
