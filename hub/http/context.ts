import type { IncomingMessage, ServerResponse } from "node:http";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Hub, Log } from "../ports.ts";
import type { Auth, Who } from "./auth.ts";
import type { EventStream } from "./stream.ts";

/** What a request carries: the socket (absent when the app is called without one) and who asks. */
export interface Env {
  Bindings: { readonly incoming?: IncomingMessage; readonly outgoing?: ServerResponse };
  Variables: { who: Who };
}

export type App = OpenAPIHono<Env>;
export type Ctx = Context<Env>;

/** What the routes share. */
export interface Room {
  readonly hub: Hub;
  readonly auth: Auth;
  readonly stream: EventStream;
  readonly log: Log | undefined;
  readonly version: string;
  readonly secureCookies: boolean;
}

/**
 * The address a request came from, by the socket alone: X-Forwarded-For and the like are anyone's to write.
 * IPv6 counts by its /64, because one machine has all of that.
 */
export function peerOf(c: Ctx): string {
  const address = c.env?.incoming?.socket?.remoteAddress ?? "unknown";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1] ?? address;
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0");
  return `${[...front, ...zeros, ...back].slice(0, 4).join(":")}::/64`;
}
