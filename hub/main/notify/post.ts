import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { type ClientRequest, request as plain } from "node:http";
import { request as secure } from "node:https";
import { isIP } from "node:net";
import { isLocalAddress } from "../local-address.ts";

/** From the first byte sent to the last one read. */
const TIMEOUT_MS = 10_000;
/** An answer's body is not needed; more than this of it ends the connection. */
const MAX_ANSWER = 64 * 1024;

/** What came of one try. `again`: another try later may go better. */
export type Posted =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly again: boolean; readonly status?: number };

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/**
 * What speaks against an address; undefined for one that may be asked. TLS, or an address of the home's own network: a name
 * is looked up when it is used. Names and passwords stand nowhere in it.
 */
export function misfitOfUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || text.length > 1000 || url.hostname === "") return "must be an address like https://example.org/path";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "must begin with https://";
  if (url.username || url.password) return "must hold no name and password";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol === "http:" && isIP(host) !== 0 && !isLocalAddress(host))
    return "must begin with https://, because this is no address of your own network";
  return undefined;
}

/**
 * Sends a body and looks at the status alone. Redirects are not followed: nobody can lead the hub elsewhere. Without TLS only
 * an address of the home's own network is connected to, whatever its name resolves to at that moment. Never rejects; its
 * words name the host and nothing else of the address, because the rest may be a secret.
 */
export function post({ url: text, headers, body }: Post, resolve: Resolve = lookup): Promise<Posted> {
  const problem = misfitOfUrl(text);
  if (problem) return Promise.resolve({ ok: false, reason: `the address ${problem}`, again: false });
  const url = new URL(text);
  return new Promise((settle) => {
    const end = (posted: Posted) => {
      clearTimeout(timer);
      call.destroy();
      settle(posted);
    };
    const fail = (reason: string, again: boolean) => end({ ok: false, reason: `${url.host} ${reason}`, again });
    const call: ClientRequest = (url.protocol === "https:" ? secure : plain)(url, {
      method: "POST",
      agent: false,
      headers: { ...headers, "content-length": Buffer.byteLength(body), "user-agent": "Inglenook" },
      ...(url.protocol === "http:" ? { lookup: localOnly(resolve) } : {}),
    });
    const timer = setTimeout(() => fail(`did not answer within ${TIMEOUT_MS / 1000} s`, true), TIMEOUT_MS);
    call.on("error", (error: NodeJS.ErrnoException) => fail(...wordsOf(error)));
    call.on("response", (response) => {
      let size = 0;
      response.on("data", (part: Buffer) => {
        size += part.length;
        if (size > MAX_ANSWER) end(judged(url.host, response.statusCode ?? 0));
      });
      response.on("end", () => end(judged(url.host, response.statusCode ?? 0)));
      response.on("error", (error: NodeJS.ErrnoException) => fail(...wordsOf(error)));
    });
    call.end(body);
  });
}

function judged(host: string, status: number): Posted {
  if (status >= 200 && status < 300) return { ok: true };
  const again = status === 429 || status >= 500;
  const why =
    status >= 300 && status < 400
      ? "sends the hub elsewhere, which it does not follow; use the final address"
      : status === 401 || status === 403
        ? `answered ${status}: it does not let the hub in`
        : status === 404 || status === 410
          ? `answered ${status}: there is nothing at this address`
          : `answered ${status}`;
  return { ok: false, reason: `${host} ${why}`, again, status };
}

function wordsOf(error: NodeJS.ErrnoException): [reason: string, again: boolean] {
  switch (error.code) {
    case "ENOTFOUND":
      return ["is no name that the network knows", false];
    case "EAI_AGAIN":
      return ["could not be looked up; is the hub online?", true];
    case "ECONNREFUSED":
      return ["does not listen on this port", true];
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return ["can't be reached", true];
    case NOT_LOCAL:
      return ["is not in your own network: use https://", false];
    default:
      if (error.code?.startsWith("ERR_TLS") || /CERT|SIGNED|ISSUER/.test(error.code ?? ""))
        return [`has a certificate that is not trusted (${error.code})`, false];
      return [`broke the connection${error.code ? ` (${error.code})` : ""}`, true];
  }
}

const NOT_LOCAL = "ERR_NOT_LOCAL";

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** How a name becomes addresses: the machine's own way, unless a test stands in for the network. */
type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const localOnly =
  (resolve: Resolve) =>
  (host: string, options: LookupOptions, found: Found): void =>
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error) found(error, "");
      else if (!first || !addresses.every((a) => isLocalAddress(a.address)))
        found(Object.assign(new Error("not local"), { code: NOT_LOCAL }), "");
      else if (options.all) found(null, addresses);
      else found(null, first.address, first.family);
    });
