/** MQTT brokers that the hub listens to: its own and others. Implemented by shells; nothing here does anything. */

/** How to reach a broker. */
export interface BrokerSettings {
  /** What people call it, and its key: 1 to 40 of `a-z 0-9 -`. */
  readonly name: string;
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://` with host and port; no user or password in it. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM text of the authority that signed the broker's certificate, where the system does not know it. */
  readonly ca?: string;
  /** PEM texts of the hub's own certificate and key, for brokers that ask for one. */
  readonly cert?: string;
  readonly key?: string;
  /** Takes any certificate: only for a broker that can't be given a right one, on a network that one trusts. */
  readonly insecure?: boolean;
}

export interface BrokerStatus {
  readonly name: string;
  readonly url: string;
  /** The hub's embedded broker. */
  readonly own: boolean;
  readonly state: "connecting" | "connected" | "waiting";
  /** Why there is no connection, and what to try. */
  readonly reason?: string;
  readonly protocol?: "3.1.1" | "5";
  readonly encrypted: boolean;
  readonly username?: string;
  /** Messages since the start of the hub. */
  readonly messages: number;
}

export interface Brokers {
  list(): readonly BrokerStatus[];
  /** Kept and connected to; one of the same name is replaced. Throws RangeError that names the field. */
  set(settings: BrokerSettings, by: string): BrokerStatus;
  /** False for a name that is not there; throws RangeError for the hub's own. */
  remove(name: string, by: string): boolean;
}
