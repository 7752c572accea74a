import type { AdapterInput } from "../../hub/ports.ts";
import type { DialectSession, MqttPublish } from "./dialect.ts";

/** A dialect's session on one broker. */
export interface Lane {
  readonly broker: string;
  readonly session: DialectSession;
  /** Native dialects come before those that describe other programs' devices. */
  readonly rank: number;
}

/** What messages led to, while it is being collected. */
export interface Filling {
  readonly inputs: AdapterInput[];
  readonly publish: MqttPublish[];
}
