/** A small hub on a real socket: the API's routes with plausible data, for looking at the dashboard and for its tests. */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import type { HubEvent, IdentityView, Known, NodeView, Outcome, Value } from "../../../hub/http/schemas.ts";
import { type Asked, answerOf, BadInput, Refused, startState } from "./fake-answers.ts";

export const TOKEN = "one-time-token";
const CSP = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export interface FakeHub {
  readonly url: string;
  /** Every write that reached the hub, in order. */
  readonly asked: Asked[];
  /** Outcome of the next commands; `hold` keeps them waiting until it resolves. */
  outcome: Outcome;
  hold: Promise<void> | undefined;
  /** Tells all open streams. */
  tell(event: HubEvent): void;
  /** A new value of an attribute, told to all streams. */
  report(key: string, value: Value): void;
  /** Devices on several roads, and those that may be one. */
  setIdentity(view: IdentityView): void;
  /** Ends all open streams, as a hub that restarts does. */
  dropStreams(): void;
  close(): Promise<void>;
}

/** Serves the built dashboard of `folder` and the API. `signedIn` begins with an account and an open session. */
export async function startFakeHub(folder: string, signedIn = true): Promise<FakeHub> {
  const now = Date.now();
  const streams = new Set<ServerResponse>();
  const state = startState(now, signedIn);

  const tell = (event: HubEvent) => {
    for (const s of streams) s.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  };
  const report = (key: string, value: Value) => {
    const known: Known = { status: "known", value, at: Date.now(), source: "demo" };
    state.nodes = state.nodes.map((n) => withValue(n, key, known));
    tell({ type: "value", key, known });
  };
  const hub: FakeHub = {
    url: "",
    asked: [],
    outcome: { state: "confirmed", afterMs: 120 },
    hold: undefined,
    tell,
    report,
    setIdentity: (view) => {
      state.identity = view;
    },
    dropStreams: () => {
      for (const s of streams) s.destroy();
    },
    close: () => closeServer(server, streams),
  };

  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => send(res, 500, { title: "Fault", detail: String(error) }));
  });
  const handle = async (req: IncomingMessage, res: ServerResponse) => {
    const url = new URL(req.url ?? "/", "http://local");
    res.setHeader("content-security-policy", CSP);
    if (!url.pathname.startsWith("/api/")) return file(res, folder, url.pathname);
    const asked: Asked = { method: req.method ?? "GET", path: url.pathname, body: await bodyOf(req) };
    if (asked.method !== "GET") hub.asked.push(asked);
    if (signIn(asked, state, res)) return;
    if (!state.session) return send(res, 401, { title: "Sign in first", needsFirstAccount: !state.account });
    if (url.pathname === "/api/stream") return stream(res, streams);
    const found = await answerOf(asked, url.searchParams, state, hub);
    if (found instanceof Refused) return send(res, 409, { title: "Not done", detail: found.words });
    if (found instanceof BadInput) return send(res, 400, { title: "Bad Request", detail: "", errors: found.errors });
    send(res, found === undefined ? 404 : 200, found ?? { title: "Not found", detail: "There is no such thing." });
  };
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return Object.assign(hub, { url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}` });
}

function signIn(
  { method, path, body }: Asked,
  s: { session: boolean; account: boolean },
  res: ServerResponse,
): boolean {
  const at = `${method} ${path}`;
  if (at === "POST /api/accounts" || at === "POST /api/session") {
    const good = at.endsWith("accounts")
      ? body.token === TOKEN
      : body.token === TOKEN || body.password === "correct horse battery";
    s.session = s.account = good || s.account;
    s.session = good;
    send(
      res,
      good ? 200 : 401,
      good ? { name: body.name ?? "Kim" } : { title: "Refused", detail: "That link or password does not fit." },
    );
    return true;
  }
  if (at === "GET /api/session" && s.session) send(res, 200, { name: "Kim" });
  else if (at === "DELETE /api/session") {
    s.session = false;
    send(res, 200, { ok: true });
  } else return false;
  return true;
}

const withValue = (node: NodeView, key: string, known: Known): NodeView => ({
  ...node,
  endpoints: node.endpoints.map((e) => ({
    ...e,
    attributes: e.attributes.map((a) => (a.key === key ? { ...a, known } : a)),
  })),
});

function stream(res: ServerResponse, streams: Set<ServerResponse>): void {
  res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  res.write("retry: 2000\n\nevent: hello\ndata: {}\n\n");
  streams.add(res);
  res.on("close", () => streams.delete(res));
}

async function bodyOf(req: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of req) text += String(chunk);
  const parsed: unknown = text === "" ? {} : JSON.parse(text);
  return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
}

async function file(res: ServerResponse, folder: string, path: string): Promise<void> {
  const name = normalize(path === "/" ? "/index.html" : path);
  try {
    const data = await readFile(join(folder, name));
    res.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" });
    res.end(data);
  } catch {
    send(res, 404, { title: "Not found" });
  }
}

function send(res: ServerResponse, status: number, body: unknown): void {
  const type = status < 400 ? "application/json" : "application/problem+json";
  res.writeHead(status, { "content-type": type });
  res.end(typeof body === "string" ? body : JSON.stringify(body));
}

function closeServer(server: Server, streams: Set<ServerResponse>): Promise<void> {
  for (const s of streams) s.end();
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
