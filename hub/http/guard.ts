import { isIP } from "node:net";
import { bodyLimit } from "hono/body-limit";
import { getCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import type { Ctx, Env, Room } from "./context.ts";
import { problem } from "./problem.ts";

/** Largest request body. */
const BODY_LIMIT = 64 * 1024;
/** Files come whole: a year of prices by the quarter hour. */
const FILE_LIMIT = 4 * 1024 * 1024;
const files = /^\/api\/(price-files(\/|$)|home-rules\/import$)/;

/** The only routes that answer without a sign-in. A path that is not exactly one of these is guarded. */
const openRoutes: ReadonlySet<string> = new Set([
  "GET /api/health",
  "HEAD /api/health",
  "GET /api/session",
  "HEAD /api/session",
  "POST /api/session",
  "DELETE /api/session",
  "POST /api/accounts",
]);

/** `__Host-` binds the cookie to this very host, but browsers take it over TLS only. */
export const cookieName = (secure: boolean): string => (secure ? "__Host-inglenook" : "inglenook");

export const tokenOf = (c: Ctx, secure: boolean): string | undefined => getCookie(c, cookieName(secure));

/**
 * Refuses a Host that is no name of this hub: a foreign name whose owner points it here (DNS rebinding) would make the
 * browser treat the hub as that site. An IP literal can't be pointed elsewhere, and `.local` is never in public DNS.
 */
export function hostGuard(names: readonly string[]) {
  const allowed = new Set(["localhost", ...names.map((n) => n.toLowerCase().replace(/\.$/, ""))]);
  const fits = (host: string): boolean => {
    const name = hostnameOf(host);
    if (name === undefined) return false;
    return allowed.has(name) || name.endsWith(".localhost") || /^[a-z0-9-]+\.local$/.test(name) || isIP(name) !== 0;
  };
  return createMiddleware<Env>(async (c, next) => {
    const header = c.req.header("host");
    // The request target may carry a host of its own, so both are looked at.
    if ((header === undefined || fits(header)) && fits(new URL(c.req.url).host)) return next();
    return problem(c, {
      status: 421,
      code: "foreign-host",
      detail: "The hub does not answer under this name.",
      fix: "Open it by its IP address or its .local name, or add this name to the hub's allowed host names.",
    });
  });
}

function hostnameOf(host: string): string | undefined {
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host)) return undefined;
  try {
    return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  } catch {
    return undefined;
  }
}

const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** The link itself is the secret there and no cookie is looked at: a foreign page that knew it could as well follow it. */
const BY_LINK = /^\/answer\//;

/** Refuses writes that a foreign page sends. Programs that are no browser send neither header, and carry no cookie by themselves. */
export const sameSiteGuard = createMiddleware<Env>(async (c, next) => {
  if (READS.has(c.req.method) || BY_LINK.test(c.req.path)) return next();
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const ownHost = c.req.header("host") ?? new URL(c.req.url).host;
  const siteFits = site === undefined || site === "same-origin" || site === "none";
  if (siteFits && (origin === undefined || originHost(origin) === ownHost.toLowerCase())) return next();
  return problem(c, {
    status: 403,
    code: "cross-site",
    detail: "Another site's page may not change anything here.",
    fix: "Do this on the hub's own dashboard.",
  });
});

function originHost(origin: string): string | undefined {
  const match = /^https?:\/\/([^/?#@\s]+)$/i.exec(origin);
  return match?.[1]?.toLowerCase();
}

/** Everything under /api but {@link openRoutes} needs a session: a new route is guarded without anyone thinking of it. */
export function sessionGuard(room: Room) {
  return createMiddleware<Env>(async (c, next) => {
    const who = room.auth.whoHas(tokenOf(c, room.secureCookies));
    if (who) c.set("who", who);
    if (who || openRoutes.has(`${c.req.method} ${c.req.path}`)) return next();
    return unauthorized(c, room);
  });
}

export const unauthorized = (c: Ctx, room: Room) =>
  problem(c, {
    status: 401,
    code: "sign-in-needed",
    detail: "Sign in first.",
    needsFirstAccount: room.auth.needsFirstAccount,
  });

/** Bodies are JSON and say so: what a form can send across sites is refused. */
export const jsonGuard = createMiddleware<Env>(async (c, next) => {
  const type = c.req.header("content-type");
  const hasBody = c.req.header("transfer-encoding") !== undefined || Number(c.req.header("content-length") ?? 0) > 0;
  const fits = type === undefined ? !hasBody : /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type);
  if (READS.has(c.req.method) || fits) return next();
  return problem(c, {
    status: 415,
    code: "unsupported-media-type",
    detail: "The body must be JSON.",
    fix: "Send it with the header Content-Type: application/json.",
  });
});

const limitOf = (maxSize: number) => {
  const detail = `The body may have at most ${maxSize / 1024} KB.`;
  return bodyLimit({ maxSize, onError: (c: Ctx) => problem(c, { status: 413, code: "too-large", detail }) });
};
const limit = limitOf(BODY_LIMIT);
const fileLimit = limitOf(FILE_LIMIT);

/**
 * Holds bodies to their limit. Without a length the limiter reads and copies the request, and can do so only with the
 * platform's own class of requests, which the server's is not.
 */
export const bodyGuard = createMiddleware<Env>((c, next) => {
  if (READS.has(c.req.method)) return next();
  if (c.req.header("content-length") === undefined || c.req.header("transfer-encoding") !== undefined) {
    const { url, method, headers, body } = c.req.raw;
    const own = { method, headers, body, duplex: "half" };
    c.req.raw = new Request(url, own);
  }
  return (files.test(c.req.path) ? fileLimit : limit)(c, next);
});
