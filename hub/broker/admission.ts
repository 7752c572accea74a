import type { AedesOptions } from "aedes";
import { GuardedConnection } from "./guarded-connection.ts";
import type { BrokerLimits } from "./limits.ts";

export type Authenticate = (user: string, password: string) => boolean;

const BAD_USERNAME_OR_PASSWORD = 4;
const NOT_AUTHORIZED = 5;

const isLoopback = (address: string): boolean => /^(::ffff:)?127\.|^::1$/.test(address);

interface Admission {
  readonly limits: BrokerLimits;
  readonly authenticate: Authenticate | undefined;
  /** A packet id that no message waiting for this client has. */
  freeId(clientId: string): number;
}

type Hooks = Required<
  Pick<AedesOptions, "preConnect" | "authenticate" | "authorizePublish" | "authorizeSubscribe" | "authorizeForward">
>;

/** Who may connect, and what they may subscribe to, as aedes asks for it. */
export function admission({ limits, authenticate, freeId }: Admission): Hooks {
  const forbidden = new Set(limits.forbiddenTopics);
  return {
    preConnect(client, packet, done) {
      // aedes begins with a random id, which may be that of a message that is still to be acknowledged.
      Object.assign(client, { _nextId: packet.clean ? 1 : freeId(packet.clientId) });
      done(null, true);
    },
    authenticate(client, user, password, done) {
      const refuse = (returnCode: number, message: string) =>
        done(Object.assign(new Error(message), { returnCode }), false);
      if (authenticate && user !== undefined) {
        const known = authenticate(user, password?.toString("utf8") ?? "");
        return known ? done(null, true) : refuse(BAD_USERNAME_OR_PASSWORD, "wrong user name or password");
      }
      const connection = client.conn;
      if (connection instanceof GuardedConnection && isLoopback(connection.remoteAddress)) return done(null, true);
      return refuse(NOT_AUTHORIZED, "a user name and a password are needed from another machine");
    },
    authorizePublish(_client, packet, done) {
      if (packet.topic.startsWith("$SYS/")) return done(new Error("topics under $SYS/ are the broker's own"));
      // MQTT 3.1.1, section 3.3.1.1: that a message is repeated concerns its sender alone.
      packet.dup = false;
      return done(null);
    },
    authorizeSubscribe(client, subscription, done) {
      const held = "subscriptions" in client && client.subscriptions;
      const count = held && typeof held === "object" ? Object.keys(held).length : 0;
      done(null, count >= limits.subscriptions || forbidden.has(subscription.topic) ? null : subscription);
    },
    authorizeForward: (_client, packet) => (forbidden.has(packet.topic) ? null : packet),
  };
}
