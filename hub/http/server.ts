import { createServer, type Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";

export interface HttpServer {
  readonly port: number;
  /** Lets running requests finish for at most 2 s, then cuts them. */
  close(): Promise<void>;
}

/** The server could not start; says what a person can do. */
export class HttpError extends Error {
  readonly code: string;
  readonly fix: string;
  constructor(code: string, message: string, fix: string) {
    super(message);
    this.name = "HttpError";
    this.code = code;
    this.fix = fix;
  }
}

// A connection that sends its request drop by drop is cut; so is one that reads nothing for two minutes.
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1024,
} as const;
const IDLE_MS = 120_000;
const MAX_CONNECTIONS = 1_024;
const CLOSE_MS = 2_000;

interface Servable {
  readonly fetch: (request: Request, env: object) => Response | Promise<Response>;
  /** Ends what would keep connections open. */
  readonly stop: () => void;
}

/**
 * Listens on a host and port (0: any free one). Rejects with {@link HttpError} `port-taken`, `port-forbidden`,
 * `no-such-address` or `listen-failed`.
 */
export async function serve(app: Servable, options: { host: string; port: number }): Promise<HttpServer> {
  // The process's own Request and Response stay as they are: other rooms use them too.
  const server = createAdaptorServer({
    fetch: app.fetch,
    createServer,
    serverOptions: limits,
    overrideGlobalObjects: false,
  }) as Server;
  server.timeout = IDLE_MS;
  server.maxConnections = MAX_CONNECTIONS;
  server.maxHeadersCount = 100;
  await listen(server, options);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : options.port;
  return { port, close: () => close(server, app) };
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): HttpError {
  switch (error.code) {
    case "EADDRINUSE":
      return new HttpError(
        "port-taken",
        `Port ${port} is already in use.`,
        "Stop the other program, or choose another port with --port.",
      );
    case "EACCES":
      return new HttpError(
        "port-forbidden",
        `This user may not open port ${port}.`,
        "Choose a port above 1023 with --port.",
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new HttpError(
        "no-such-address",
        `This machine has no address ${host}.`,
        "Use 0.0.0.0, ::, or one of its addresses.",
      );
    default:
      return new HttpError(
        "listen-failed",
        `Can't listen on ${host}:${port}: ${error.message}`,
        "Check the address and the port.",
      );
  }
}

async function close(server: Server, app: Servable): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  app.stop();
  // A connection counts as idle only once its answer has gone out, so this asks again and again.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(timer);
}
