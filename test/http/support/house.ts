import { type AppOptions, createApp, type HubApp } from "../../../hub/http/app.ts";
import { hashToken, newToken } from "../../../hub/http/one-time-token.ts";
import { hashPassword } from "../../../hub/http/passwords.ts";
import { type SmallHub, smallHub } from "./small-hub.ts";

export const TOKEN = "the-one-time-token-of-the-console";
export const PASSWORD = "three blue kettles";

// One derivation for all tests: it costs a fifth of a second each time.
let hash: Promise<string> | undefined;

export interface House {
  readonly hub: SmallHub;
  readonly app: HubApp;
  /** Asks as a program would, from the given address; a body is sent as JSON. */
  ask(method: string, path: string, options?: Asking): Promise<Response>;
  /** Kim's account and the cookie of an open session, put into the store: only the sign-in tests go the whole way. */
  signedIn(): Promise<string>;
}

interface Asking {
  readonly body?: unknown;
  readonly cookie?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly peer?: string;
}

/** The app over a small hub, called without a socket. */
export function house(options: Partial<AppOptions> = {}, parts: Partial<SmallHub> = {}): House {
  const hub = Object.assign(smallHub(), parts);
  const app = createApp(hub, { version: "test", oneTimeToken: () => TOKEN, ...options });
  const ask: House["ask"] = async (method, path, { body, cookie, headers, peer = "192.168.1.20" } = {}) =>
    app.request(
      path,
      {
        method,
        headers: {
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(cookie === undefined ? {} : { cookie }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      },
      { incoming: { socket: { remoteAddress: peer } } },
    );
  const signedIn = async (): Promise<string> => {
    hash ??= hashPassword(PASSWORD);
    const { accounts } = hub.store;
    accounts.create({ id: "owner", name: "Kim", passwordHash: await hash, createdAt: hub.time });
    const token = newToken();
    const expiresAt = hub.time + 30 * 86_400_000;
    accounts.addSession({ tokenHash: hashToken(token), account: "owner", createdAt: hub.time, expiresAt });
    return `inglenook=${token}`;
  };
  return { hub, app, ask, signedIn };
}

/** The `name=value` that a browser would send back. */
export function cookieOf(response: Response): string {
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}
