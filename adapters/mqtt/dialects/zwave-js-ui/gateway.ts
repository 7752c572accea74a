/** A gateway of zwave-js-ui: what it says of itself, and what it is asked (https://zwave-js.github.io/zwave-js-ui/#/guide/mqtt). */
import type { MqttPublish } from "../../dialect.ts";
import { get, type Json, numberOf, parseJson, textOf } from "../../json.ts";

const TOPIC = /^(.+)\/_CLIENTS\/(ZWAVE_GATEWAY-[^/]+)\/(.+)$/;

export interface Gateway {
  /** What all topics of its nodes begin with. */
  readonly prefix: string;
  readonly client: string;
  readonly since: number;
  /** The network's id, `0xd1e2f3a4`; undefined until it is told. */
  home: string | undefined;
  /** What its nodes are called by: the network's id, or the prefix where that was not told in time. */
  key: string | undefined;
  alive: boolean | undefined;
}

export interface GatewayTopic {
  readonly prefix: string;
  readonly client: string;
  /** `status`, `version`, `api/getNodes` … */
  readonly tail: string;
}

export function gatewayTopic(topic: string): GatewayTopic | undefined {
  const [, prefix, client, tail] = TOPIC.exec(topic) ?? [];
  return prefix === undefined || client === undefined || tail === undefined ? undefined : { prefix, client, tail };
}

/** A question to the gateway; the answer comes on the same topic without `/set`. */
export const ask = (
  { prefix, client }: GatewayTopic | Gateway,
  api: string,
  args: readonly Json[] = [],
): MqttPublish => ({
  topic: `${prefix}/_CLIENTS/${client}/api/${api}/set`,
  payload: JSON.stringify({ args }),
  qos: 1,
});

/** `{"value":true}` or the bare word. */
export function isAlive(payload: string): boolean | undefined {
  const json = parseJson(payload);
  const value = typeof json === "boolean" ? json : get(json, "value");
  return typeof value === "boolean" ? value : undefined;
}

/** What nodes' ids begin with: of a prefix that a person chose, what an id may hold. */
export const homeKey = (home: string): string => home.toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** The network's id out of the answer to getInfo. */
export function homeOf(result: Json | undefined): string | undefined {
  const named = textOf(result, "name");
  if (named !== undefined && /^0x[0-9a-f]{1,8}$/i.test(named)) return named.toLowerCase();
  const id = numberOf(result, "homeid") ?? numberOf(result, "homeId");
  return id === undefined || id <= 0 ? undefined : `0x${Math.trunc(id).toString(16)}`;
}
