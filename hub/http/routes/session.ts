import { createRoute } from "@hono/zod-openapi";
import { type App, peerOf, type Room } from "../context.ts";
import { unauthorized } from "../guard.ts";
import { sessionInfo, signIn } from "../schemas/accounts.ts";
import { done } from "../schemas/common.ts";
import { endSession, refuseSignIn, startSession } from "./session-cookie.ts";
import { answer, body, open } from "./shape.ts";

const path = "/api/session";
const tags = ["Sign-in"];

const get = createRoute({
  ...open,
  method: "get",
  path,
  tags,
  summary: "Who is signed in",
  description: "401 when nobody is; its `needsFirstAccount` tells whether any account exists.",
  responses: { 200: answer(sessionInfo, "Signed in") },
});

const post = createRoute({
  ...open,
  method: "post",
  path,
  tags,
  summary: "Sign in by name and password, or by the one-time link's token",
  description: "Sets the session's cookie (HttpOnly, SameSite=Strict), which lives 30 days.",
  request: body(signIn),
  responses: { 200: answer(sessionInfo, "Signed in") },
});

const remove = createRoute({
  ...open,
  method: "delete",
  path,
  tags,
  summary: "Sign out",
  responses: { 200: answer(done, "Signed out") },
});

export function sessionRoutes(app: App, room: Room): void {
  app.openapi(get, (c) => {
    const who = c.get("who");
    return who ? c.json({ name: who.name }, 200) : unauthorized(c, room);
  });

  app.openapi(post, async (c) => {
    const given = c.req.valid("json");
    const byLink = "token" in given;
    const result = byLink
      ? room.auth.signInByLink(given.token, peerOf(c))
      : await room.auth.signIn(given.name, given.password, peerOf(c));
    if (!result.ok) return refuseSignIn(c, result, byLink ? "token" : "password");
    startSession(c, room, result);
    return c.json({ name: result.name }, 200);
  });

  app.openapi(remove, (c) => {
    endSession(c, room);
    return c.json({ ok: true as const }, 200);
  });
}
