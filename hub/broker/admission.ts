import type { AedesOptions, Client } from "aedes";
import type { Log } from "../ports.ts";
import { GuardedConnection } from "./guarded-connection.ts";
import type { BrokerLimits } from "./limits.ts";

export type Authenticate = (user: string, password: string) => boolean;

const IDENTIFIER_REJECTED = 2;
const BAD_USERNAME_OR_PASSWORD = 4;
const NOT_AUTHORIZED = 5;

const isLoopback = (address: string): boolean => /^(::ffff:)?127\.|^::1$/.test(address);

/** Who may connect, and what they may subscribe to, as aedes asks for it. */
export function admission(
  limits: BrokerLimits,
  authenticate: Authenticate | undefined,
  log: Log,
): Pick<AedesOptions, "preConnect" | "authenticate" | "authorizeSubscribe"> {
  const nameless = new WeakSet<Client>();
  return {
    preConnect(client, packet, done) {
      if (packet.protocolVersion === 5)
        log.warn(
          { client: packet.clientId },
          "this client speaks MQTT 5, the built-in broker 3.1.1: set the client to 3.1.1, or use an external broker",
        );
      // MQTT 3.1.1, section 3.1.3.1: a client without an id can not ask to be remembered.
      if (packet.clientId === "" && !packet.clean) nameless.add(client);
      done(null, true);
    },
    authenticate(client, user, password, done) {
      const refuse = (returnCode: number, message: string) =>
        done(Object.assign(new Error(message), { returnCode }), false);
      if (nameless.has(client)) return refuse(IDENTIFIER_REJECTED, "an empty client id needs a clean session");
      if (authenticate && user !== undefined) {
        const known = authenticate(user, password?.toString("utf8") ?? "");
        return known ? done(null, true) : refuse(BAD_USERNAME_OR_PASSWORD, "wrong user name or password");
      }
      const connection = client.conn;
      if (connection instanceof GuardedConnection && isLoopback(connection.remoteAddress)) return done(null, true);
      return refuse(NOT_AUTHORIZED, "a user name and a password are needed from another machine");
    },
    authorizeSubscribe(client, subscription, done) {
      const held = "subscriptions" in client && client.subscriptions;
      const count = held && typeof held === "object" ? Object.keys(held).length : 0;
      done(null, count >= limits.subscriptions ? null : subscription);
    },
  };
}
