import { OpenAPIHono } from "@hono/zod-openapi";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Hub, Log } from "../ports.ts";
import { Auth } from "./auth.ts";
import type { App, Env, Room } from "./context.ts";
import { bodyGuard, hostGuard, jsonGuard, sameSiteGuard, sessionGuard } from "./guard.ts";
import { headers } from "./headers.ts";
import { notFound, onError, onInvalid, problem } from "./problem.ts";
import { routes } from "./routes/index.ts";
import { staticFiles } from "./static.ts";
import { EventStream } from "./stream.ts";

export interface AppOptions {
  readonly version: string;
  /** The built dashboard; none: only the API is served. */
  readonly dashboardDir?: string;
  /** The one-time link's token as it is now. It counts once, and for 30 minutes after it was first seen. */
  readonly oneTimeToken?: () => string | undefined;
  /** Served over TLS: cookies are Secure and bound to the host. */
  readonly secureCookies?: boolean;
  /** Names the hub may be opened by besides localhost, IP addresses and .local names. */
  readonly hostNames?: readonly string[];
  readonly log?: Log;
}

/** The whole HTTP side: `request` and `fetch` answer, `stop` ends the event streams. */
export type HubApp = App & { readonly stop: () => void };

/** Builds the API and the dashboard's file server over a hub. Opens no port. */
export function createApp(hub: Hub, options: AppOptions): HubApp {
  const app: App = new OpenAPIHono<Env>({ defaultHook: onInvalid });
  const stream = new EventStream(hub);
  const room: Room = {
    hub,
    auth: new Auth(hub, options.oneTimeToken ?? (() => undefined), (whose) => stream.end(whose)),
    stream,
    log: options.log,
    version: options.version,
    secureCookies: options.secureCookies ?? false,
  };
  app.onError(onError(options.log));
  app.use(headers);
  app.use(hostGuard(options.hostNames ?? []));
  app.use(sameSiteGuard);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        problem(c, {
          status: 405,
          code: "method-not-allowed",
          detail: `${c.req.method} is not possible here; ${methods.join(", ")} is.`,
          headers: { allow: methods.join(", ") },
        }),
    }),
  );
  app.use("/api/*", sessionGuard(room), jsonGuard, bodyGuard);
  for (const register of routes) register(app, room);
  const files = staticFiles(options.dashboardDir);
  app.notFound((c) => (/^\/api(\/|$)/.test(c.req.path) ? notFound(c, "There is no such resource.") : files(c)));
  return Object.assign(app, { stop: () => stream.close() });
}
