import { deleteCookie, setCookie } from "hono/cookie";
import type { SignedIn } from "../auth.ts";
import type { Ctx, Room } from "../context.ts";
import { cookieName, tokenOf } from "../guard.ts";
import { badInput, problem, type Refusal } from "../problem.ts";

type Success = Extract<SignedIn, { ok: true }>;
type Failure = Exclude<SignedIn, Success>;

/** Sets the new session's cookie. A session that the browser already had ends: no token outlives a sign-in. */
export function startSession(c: Ctx, room: Room, { token, maxAgeS }: Success): void {
  endCurrent(c, room);
  setCookie(c, cookieName(room.secureCookies), token, {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure: room.secureCookies,
    maxAge: maxAgeS,
  });
}

/** Ends the session that the request carries, if any, and takes the cookie away. */
export function endSession(c: Ctx, room: Room): void {
  endCurrent(c, room);
  deleteCookie(c, cookieName(room.secureCookies), { path: "/", secure: room.secureCookies });
}

function endCurrent(c: Ctx, room: Room): void {
  const who = room.auth.whoHas(tokenOf(c, room.secureCookies));
  if (who) room.auth.endSession(who.session);
}

/** What a failed sign-in is told; the same words for an unknown name and a wrong password. */
export function refuseSignIn(c: Ctx, failure: Failure, secret: "password" | "token" | "current"): Refusal {
  switch (failure.why) {
    case "wait":
      return problem(c, {
        status: 429,
        code: "too-many-tries",
        detail: "Too many failed tries.",
        fix: `Wait ${Math.ceil(failure.retryAfterS / 60)} minutes. Sessions that are open stay open.`,
        headers: { "retry-after": String(failure.retryAfterS) },
      });
    case "busy":
      return problem(c, {
        status: 503,
        code: "busy",
        detail: "Too many people are signing in at once.",
        fix: "Try again in a few seconds.",
        headers: { "retry-after": "3" },
      });
    case "weak":
      return badInput(c, [{ field: "password", message: failure.message }]);
    case "noAccount":
      return problem(c, {
        status: 409,
        code: "no-account",
        detail: "There is no account yet.",
        fix: "Use the link's token to make the first account.",
        needsFirstAccount: true,
      });
    case "wrong":
      return problem(c, wrongWords[secret]);
  }
}

const wrongWords = {
  password: { status: 401, code: "wrong-sign-in", detail: "This name and password do not fit." },
  token: {
    status: 401,
    code: "link-expired",
    detail: "This link does not count any more.",
    fix: "Start the hub again: it prints a new link.",
  },
  current: {
    status: 403,
    code: "wrong-password",
    detail: "The current password does not fit.",
    errors: [{ field: "current", message: "does not fit" }],
  },
} as const;
