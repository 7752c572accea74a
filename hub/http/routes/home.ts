import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, rangeErrorOf } from "../problem.ts";
import { homeSettings, homeView } from "../schemas/house.ts";
import type { HomeView } from "../schemas.ts";
import { answer, body } from "./shape.ts";

const path = "/api/home";
const tags = ["Home"];

const get = createRoute({
  method: "get",
  path,
  tags,
  summary: "The home's settings and rooms",
  responses: { 200: answer(homeView, "The home") },
});

const put = createRoute({
  method: "put",
  path,
  tags,
  summary: "Set where the home is and what it counts in",
  request: body(homeSettings),
  responses: { 200: answer(homeView, "The home as it is now") },
});

export function homeRoutes(app: App, { hub }: Room): void {
  const view = (): HomeView => {
    const rooms = [...hub.home.nodes.values()].flatMap((node) => node.settings.room ?? []);
    return { settings: hub.home.settings, rooms: [...new Set(rooms)].sort((a, b) => a.localeCompare(b)) };
  };

  app.openapi(get, (c) => c.json(view(), 200));

  app.openapi(put, (c) => {
    try {
      const { floors, holidays, mainFuseA, ...settings } = c.req.valid("json");
      const set = {
        ...settings,
        ...(floors ? { floors } : {}),
        ...(holidays ? { holidays } : {}),
        ...(mainFuseA ? { mainFuseA } : {}),
      };
      hub.configureHome(set, c.get("who").name);
    } catch (error) {
      return badInput(c, [{ field: "body", message: rangeErrorOf(error) }]);
    }
    return c.json(view(), 200);
  });
}
