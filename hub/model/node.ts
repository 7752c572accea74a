import type { ValueType } from "./capability.ts";
import type { MeterDeclaration } from "./energy.ts";
import type { NodeId } from "./path.ts";
import type { ToldFacts } from "./told.ts";

/** One attribute as one device has it. */
export interface AttributeInstance {
  /** `<topic>#<field>` for MQTT (field may be empty), `<cluster>.<attribute>` for Matter. */
  readonly source: string;
  /** The maker's narrower range, or, for capability `vendor`, the whole type. */
  readonly type?: ValueType;
  /** Only for capability `vendor`: the maker's own words. */
  readonly label?: string;
  readonly writable?: boolean;
}

export interface CommandInstance {
  /** `<topic>#<field>` or the Matter command that carries it out. */
  readonly source: string;
  /** The device's narrower type of an argument of the capability's command, e.g. its own modes. */
  readonly args?: Readonly<Record<string, ValueType>>;
}

export interface CapabilityInstance {
  readonly attributes: Readonly<Record<string, AttributeInstance>>;
  /** Command names of the capability; `set` writes writable attributes. */
  readonly commands: Readonly<Record<string, CommandInstance>>;
}

export interface EndpointDescription {
  readonly number: number;
  /** Names from device-types/. */
  readonly deviceTypes: readonly string[];
  readonly label?: string;
  /** The endpoint that this one is a part of, as a phase is of its meter and a string of panels of its inverter: it is no load or source beside it. */
  readonly partOf?: number;
  /** By capability name; `vendor` holds what only the maker has. */
  readonly capabilities: Readonly<Record<string, CapabilityInstance>>;
}

/** What an adapter says of a device. One physical device is one node. */
export interface NodeDescription {
  /** Stable over restarts, renames and moved topics: made from the device's own address. */
  readonly id: NodeId;
  readonly name: string;
  readonly vendor?: string;
  readonly model?: string;
  readonly serial?: string;
  readonly firmware?: string;
  /** `house`: the hub itself keeps it, see house-switch.ts. */
  readonly adapter: "mqtt" | "matter" | "house";
  /** The dialect, `matter`, or `house`. */
  readonly dialect: string;
  /** Other dialects that speak of the same device; the first fills what it lacks. */
  readonly alsoBy?: readonly string[];
  /** Evidence of identity: `mac:…`, `ieee:…`, `serial:…`. */
  readonly addresses: readonly string[];
  readonly endpoints: readonly EndpointDescription[];
  /** Silence in seconds after which values count as stale; undefined: only when unreachable (reports on change). */
  readonly silentAfterS?: number;
}

/** What a person set for a node. */
export interface NodeSettings {
  readonly name?: string;
  readonly room?: string;
  /** A person's own groups; at most 20. */
  readonly labels?: readonly string[];
  /** What the device is in this home, by device type: a metering plug may feed a `waterHeater`. Endpoint number to type. */
  readonly roles?: Readonly<Record<string, string>>;
  /** How the energy of an endpoint is known, where it is not simply by its own meter. Endpoint number to what was said. */
  readonly meters?: Readonly<Record<string, MeterDeclaration>>;
  /** A person keeps plans and policies off it; their own rules and hands go on. */
  readonly noPlans?: true;
  /** What changes at the device itself is a person's doing: rules and plans leave it so for a time. */
  readonly switchedThere?: true;
  /** What a person says of it in place of what the hub has learned. */
  readonly told?: ToldFacts;
}
