import { createRoute, z } from "@hono/zod-openapi";
import type { JSONValue } from "hono/utils/types";
import type { App, Room } from "../context.ts";
import { docsPage, docsStyle } from "../docs-page.ts";
import { openApiDocument } from "../openapi.ts";
import { answer } from "./shape.ts";

const tags = ["This document"];

const json = createRoute({
  method: "get",
  path: "/api/openapi.json",
  tags,
  summary: "This API as an OpenAPI 3.1 document",
  responses: { 200: answer(z.record(z.string(), z.unknown()), "The document") },
});
const page = createRoute({
  method: "get",
  path: "/api/docs",
  tags,
  summary: "This API as a page",
  responses: { 200: { description: "The page", content: { "text/html": { schema: z.string() } } } },
});
const style = createRoute({
  method: "get",
  path: "/api/docs.css",
  tags,
  summary: "The page's style",
  responses: { 200: { description: "The style", content: { "text/css": { schema: z.string() } } } },
});

export function docsRoutes(app: App, { version, secureCookies }: Room): void {
  // Made at the first request, when all routes are registered, and then kept.
  let document: ReturnType<typeof openApiDocument> | undefined;
  const made = () => {
    document ??= openApiDocument(app, version, secureCookies);
    return document;
  };

  app.openapi(json, (c) => {
    const plain: Record<string, JSONValue> = JSON.parse(JSON.stringify(made()));
    return c.json(plain, 200);
  });

  app.openapi(page, (c) => c.html(docsPage(made())));

  app.openapi(style, (c) => c.body(docsStyle, 200, { "content-type": "text/css; charset=utf-8" }));
}
