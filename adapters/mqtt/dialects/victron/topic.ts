/** Topics of a GX device: `N/<portal>/<service>/<instance>/<path>`, also under a bridge's prefix (github.com/victronenergy/dbus-flashmq). */

export interface Notice {
  /** What stands before N, with its slash. */
  readonly prefix: string;
  /** The GX device: its MAC address without colons. */
  readonly portal: string;
  /** Empty for `heartbeat`, `keepalive` and `full_publish_completed`, whose name is the path. */
  readonly service: string;
  readonly instance: string;
  readonly path: string;
}

const TOPIC = /^((?:.*\/)?)([NRW])\/([0-9a-f]{12})\/(.+)$/;
const SERVICE = /^([a-z0-9_]{2,40})\/(\d{1,6})\/(.+)$/;

/** Undefined: no topic of a GX device; "request" for what is asked of one. */
export function parseTopic(topic: string): Notice | "request" | undefined {
  const [, prefix = "", kind, portal = "", rest = ""] = TOPIC.exec(topic) ?? [];
  if (!kind) return undefined;
  if (kind !== "N") return "request";
  const [, service = "", instance = "", path = rest] = SERVICE.exec(rest) ?? [];
  return { prefix, portal, service, instance, path };
}

/** Services of the GX device itself; for people they are one thing. */
const own = new Set(["system", "platform", "hub4", "logger", "modbustcp", "fronius", "adc", "ble", "dess", "shelly"]);

/** The device that a service belongs to, `portal/service[/instance]`. */
export function deviceKey({ portal, service, instance }: Notice): string {
  if (own.has(service)) return `${portal}/gx`;
  return service === "settings" ? `${portal}/settings` : `${portal}/${service}/${instance}`;
}

/** The path within its device. */
export const fieldOf = ({ service, path }: Notice): string =>
  own.has(service) && service !== "system" ? `${service}/${path}` : path;

/** Where a value of this topic is written. */
export const writeTopic = (topic: string): string => topic.replace(/^((?:.*\/)?)N(\/[0-9a-f]{12}\/)/, "$1W$2");
