import { createRoute } from "@hono/zod-openapi";
import { type App, peerOf, type Room } from "../context.ts";
import { newAccount, passwordChange, sessionInfo } from "../schemas/accounts.ts";
import { refuseSignIn, startSession } from "./session-cookie.ts";
import { answer, body, open } from "./shape.ts";

const create = createRoute({
  ...open,
  method: "post",
  path: "/api/accounts",
  tags: ["Sign-in"],
  summary: "Make an account by the one-time link, and sign in",
  description:
    "The token stands at the end of the link that the hub prints at its start; it counts once and for 30 minutes. " +
    "For a name that exists, the password is set anew and that account's sessions end.",
  request: body(newAccount),
  responses: { 201: answer(sessionInfo, "Made and signed in") },
});

const change = createRoute({
  method: "put",
  path: "/api/accounts/password",
  tags: ["Sign-in"],
  summary: "Change one's own password",
  description: "Ends all sessions of the account and starts a new one.",
  request: body(passwordChange),
  responses: { 200: answer(sessionInfo, "Changed") },
});

export function accountRoutes(app: App, room: Room): void {
  app.openapi(create, async (c) => {
    const { token, name, password } = c.req.valid("json");
    const result = await room.auth.createAccount(token, name, password, peerOf(c));
    if (!result.ok) return refuseSignIn(c, result, "token");
    startSession(c, room, result);
    return c.json({ name: result.name }, 201);
  });

  app.openapi(change, async (c) => {
    const { current, password } = c.req.valid("json");
    const result = await room.auth.changePassword(c.get("who"), current, password, peerOf(c));
    if (!result.ok) return refuseSignIn(c, result, "current");
    startSession(c, room, result);
    return c.json({ name: result.name }, 200);
  });
}
