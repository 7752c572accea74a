import type { App } from "./context.ts";
import { cookieName } from "./guard.ts";
import { problemDetails } from "./schemas/common.ts";

/** The OpenAPI 3.1 document of all routes. Every operation gets the problem answer, and needs the cookie unless it says otherwise. */
export function openApiDocument(app: App, version: string, secureCookies: boolean) {
  app.openAPIRegistry.register("Problem", problemDetails);
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Inglenook",
      version,
      description:
        "The hub's API. Errors are problem details (RFC 9457); times are epoch ms; powers are positive when imported.",
      license: { name: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ session: [] }],
  });
  const problem = { $ref: "#/components/responses/Problem" };
  for (const path of Object.values(document.paths ?? {}))
    for (const method of ["get", "put", "post", "patch", "delete"] as const) {
      const operation = path[method];
      if (operation) operation.responses = { ...operation.responses, default: problem };
    }
  document.components = {
    ...document.components,
    responses: {
      Problem: {
        description: "A problem",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
    securitySchemes: { session: { type: "apiKey", in: "cookie", name: cookieName(secureCookies) } },
  };
  return document;
}
