import type { z } from "@hono/zod-openapi";

/** A JSON answer in a route's description. Problems are added to every route by the document. */
export const answer = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

/** A JSON body in a route's description. */
export const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: true as const, content: { "application/json": { schema } } },
});

/** Marks a route that answers without a sign-in; the guard keeps its own list, and a test compares the two. */
export const open = { security: [] };
