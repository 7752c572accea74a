import type { EventEmitter } from "node:events";
import { createServer } from "node:net";
import { Aedes, type AedesOptions, type Client } from "aedes";
import type { Log } from "../ports.ts";
import { type Authenticate, admission } from "./admission.ts";
import { BrokerError, cannotListen } from "./error.ts";
import { type Gatekeeper, GuardedConnection } from "./guarded-connection.ts";
import { type BrokerRecords, Journal } from "./journal.ts";
import { type BrokerLimits, defaultLimits } from "./limits.ts";
import { Persistence } from "./persistence.ts";
import { warmUp } from "./warm-up.ts";

export interface BrokerOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Where retained messages, sessions and waiting messages outlive a restart. The caller closes it after stop(). */
  readonly store: BrokerRecords;
  readonly log: Log;
  readonly limits?: Partial<BrokerLimits>;
  /** Checks a name and a password. Without a name only this machine may connect. */
  readonly authenticate?: Authenticate;
}

export interface RunningBroker {
  readonly port: number;
  /** Ends all connections and writes what is still to be written. */
  stop(): Promise<void>;
  stats(): BrokerStats;
}

export interface BrokerStats {
  readonly clients: number;
  readonly retained: number;
  readonly sessions: number;
  readonly queued: number;
  /** Messages dropped from full queues, and retained ones not kept. */
  readonly dropped: number;
  /** Connections closed for a malformed or oversized packet, or for being too many. */
  readonly refused: number;
}

/** MQTT 3.1 and 3.1.1 with QoS 2; a client of MQTT 5 is told what to do and closed. Rejects with BrokerError. */
export async function startBroker(options: BrokerOptions): Promise<RunningBroker> {
  const { log, store, host = "127.0.0.1" } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const journal = new Journal(store, log);
  const persistence = new Persistence(journal, limits);
  const keeper = gatekeeper(limits, journal, log);
  const settings: AedesOptions = {
    persistence,
    connectTimeout: 10_000,
    drainTimeout: 10_000,
    maxClientsIdLength: limits.clientIdLength,
    ...admission({ limits, authenticate: options.authenticate, freeId: (id) => persistence.queues.freeId(id) }),
    published,
  };
  const aedes = await Aedes.createBroker(settings);
  await warmUp(aedes);
  const events: EventEmitter = aedes;
  aedes.on("clientError", (client, error) =>
    log.info({ client: client.id, error: error.message }, "MQTT client error"),
  );
  aedes.on("connectionError", (_client, error) => log.info({ error: error.message }, "MQTT connection error"));
  events.on("error", (error: Error) => log.error({ error: error.message }, "MQTT broker error"));

  const connections = new Set<GuardedConnection>();
  // Half open: a client that is gone still counts among the connections while what it said is being read.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection = new GuardedConnection(socket, keeper);
    connections.add(connection);
    connection.on("close", () => connections.delete(connection));
    // aedes takes its listeners off when it closes a client; a late error must not end the process.
    connection.on("error", () => {});
    aedes.handle(connection);
  });
  server.maxConnections = limits.connections;
  server.on("drop", (data) => keeper.refused("too many connections", data?.remoteAddress ?? ""));
  try {
    await listen(server, options.port, host);
  } catch (error) {
    await closed(aedes);
    throw error;
  }
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : options.port;
  log.info({ host, port, retained: persistence.retained.size, sessions: persistence.sessions.size }, "MQTT broker");
  let stopping: Promise<void> | undefined;
  return {
    port,
    stop() {
      stopping ??= (async () => {
        const end = new Promise<void>((resolve) => server.close(() => resolve()));
        await closed(aedes);
        // Those that never sent a CONNECT are unknown to aedes.
        for (const connection of connections) connection.destroy();
        await end;
        journal.close();
      })();
      return stopping;
    },
    stats: () => ({
      clients: aedes.connectedClients,
      retained: persistence.retained.size,
      sessions: persistence.sessions.size,
      queued: persistence.queues.size,
      dropped: persistence.queues.dropped + persistence.retained.dropped,
      refused: keeper.refusals,
    }),
  };
}

/** aedes has stored a message, and tells the connection, which may now let its acknowledgement go. */
const published: Required<AedesOptions>["published"] = (packet, client: Client | null, done) => {
  const connection = client?.conn;
  if (connection instanceof GuardedConnection && packet.qos === 1 && packet.messageId !== undefined)
    connection.stored(packet.messageId);
  done(null);
};

/** Reasons, by address, that the log keeps apart; then it begins anew. */
const REASONS = 100;

function gatekeeper(limits: BrokerLimits, journal: Journal, log: Log): Gatekeeper & { readonly refusals: number } {
  let refusals = 0;
  const told = new Map<string, number>();
  return {
    limits,
    unfinished: 0,
    unread: 0,
    get refusals() {
      return refusals;
    },
    refused(reason, address) {
      refusals++;
      const key = `${address} ${reason}`;
      const times = (told.get(key) ?? 0) + 1;
      if (told.size >= REASONS && times === 1) told.clear();
      told.set(key, times);
      // Neither a hostile neighbour nor a client that tries again all day may fill the log.
      if (times === 1 || times % 1000 === 0) log.warn({ reason, address, times }, "an MQTT connection was closed");
    },
    whenDurable: (then) => journal.whenDurable(then),
  };
}

const closed = (aedes: Aedes): Promise<void> => new Promise((resolve) => aedes.close(() => resolve()));

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(error instanceof BrokerError ? error : cannotListen(error, host, port)));
    server.listen(port, host, () => resolve());
  });
}
