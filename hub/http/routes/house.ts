import { createRoute } from "@hono/zod-openapi";
import type { App, Ctx, Room } from "../context.ts";
import { badInput, fieldErrorOf, notFound } from "../problem.ts";
import { idParam } from "../schemas/common.ts";
import {
  houseView,
  modeRequest,
  ownModesRequest,
  peopleRequest,
  presenceRequest,
  spansRequest,
} from "../schemas/house-state.ts";
import { answer, body } from "./shape.ts";

const tags = ["House"];
const path = "/api/house";
const responses = { 200: answer(houseView, "The house now") };

const get = createRoute({
  ...{ method: "get", path, tags, responses },
  summary: "The house's mode, who is home, and its special days",
});
const mode = createRoute({
  ...{ method: "put", path: `${path}/mode`, tags, responses },
  summary: "Set the house's mode",
  request: body(modeRequest),
});
const modes = createRoute({
  ...{ method: "put", path: `${path}/modes`, tags, responses },
  summary: "Set the names of this house's own modes, beside home, away, night and holiday",
  request: body(ownModesRequest),
});
const people = createRoute({
  ...{ method: "put", path: `${path}/people`, tags, responses },
  summary: "Set who lives here, and what may tell where they are",
  description: "A person that is left out is forgotten. A phone is looked for only where its person has a `network`.",
  request: body(peopleRequest),
});
const presence = createRoute({
  ...{ method: "put", path: `${path}/people/{id}/home`, tags, responses },
  summary: "Say that a person is home, or away",
  description: "Holds until that person's device or phone says something new.",
  request: { params: idParam, ...body(presenceRequest) },
});
const spans = createRoute({
  ...{ method: "put", path: `${path}/spans`, tags, responses },
  summary: "Set holidays, absences and other special days, all together",
  request: body(spansRequest),
});

export function houseRoutes(app: App, { hub }: Room): void {
  const { house } = hub;
  const now = (c: Ctx, change: () => void) => {
    try {
      change();
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
    return c.json(house.now(), 200);
  };
  app.openapi(get, (c) => c.json(house.now(), 200));
  app.openapi(mode, (c) => now(c, () => house.setMode(c.req.valid("json").mode, c.get("who").name)));
  app.openapi(modes, (c) => now(c, () => house.setOwnModes(c.req.valid("json").modes, c.get("who").name)));
  app.openapi(people, (c) => now(c, () => house.setPeople(c.req.valid("json").people, c.get("who").name)));
  app.openapi(spans, (c) => now(c, () => house.setSpans(c.req.valid("json").spans, c.get("who").name)));
  app.openapi(presence, (c) => {
    const { id } = c.req.valid("param");
    const isThere = house.setPresence(id, c.req.valid("json").home, c.get("who").name);
    return isThere ? c.json(house.now(), 200) : notFound(c, `There is no person ${id}.`);
  });
}
