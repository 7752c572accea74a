/** Programs of our own dialects that announce themselves by discovery as well: the address that their dialect gives, so that both roads lead to one node. */
import { macAddress } from "../../identity.ts";
import { textOf } from "../../json.ts";
import * as evcc from "../evcc/topic.ts";
import { homieAddressOfTopic } from "../homie/words.ts";
import * as openwb from "../openwb/topic.ts";
import { solaredgeAddressOfTopic } from "../solaredge2mqtt/words.ts";
import { deviceKey, parseTopic } from "../victron/topic.ts";
import { type Entity, identifiersOf } from "./config.ts";

/** A topic of the program, and the address of what it tells of; undefined: not this program's. */
type OfTopic = (topic: string, entity: Entity) => string | undefined;

const made = (pattern: RegExp, address: (part: readonly string[]) => string | undefined): OfTopic => {
  return (topic) => {
    const found = pattern.exec(topic);
    return found ? address(found.map((part) => part ?? "")) : undefined;
  };
};

/** A root that is named after the program, or a topic that only it has. */
const isOf = (program: RegExp, root: string, telling: RegExp, topic: string): boolean =>
  program.test(root) || telling.test(topic);

const ofEvcc: OfTopic = (topic) => {
  const spot = evcc.spotOf(topic.replace(/\/set$/, ""));
  if (typeof spot !== "object" || !isOf(/(^|\/)evcc$/i, spot.root, evcc.TELLING, topic)) return undefined;
  return `own:evcc/${spot.root}-${spot.device.replace("/", "-")}`;
};

const ofOpenwb: OfTopic = (topic) => {
  const spot = openwb.spotOf(topic);
  if (typeof spot !== "object" || !isOf(/(^|\/)openwb$/i, spot.root, openwb.TELLING, topic)) return undefined;
  return `own:openwb/${spot.root.replace("/", "-")}-${spot.device.replace("/", "-")}`;
};

/** Of a GX device only its own services: the others are known by serial numbers that no topic holds. */
const ofVictron: OfTopic = (topic) => {
  const notice = parseTopic(topic.replace(/((?:^|\/))W\//, "$1N/"));
  const key = typeof notice === "object" && notice.service ? deviceKey(notice) : "";
  return /\/(gx|settings)$/.test(key) ? `own:victron/${key.replace("/", "-")}` : undefined;
};

/** Whether the program or the maker is named in the announcement: for topics that could be anyone's. */
const names = ({ device, origin }: Entity, program: RegExp): boolean =>
  program.test(textOf(device, "manufacturer") ?? "") || program.test(textOf(origin, "name") ?? "");

const ofSolaredge: OfTopic = (topic, entity) =>
  names(entity, /solaredge/i) ? solaredgeAddressOfTopic(topic) : undefined;

/** Serial numbers of Hoymiles and HERF have twelve digits, which look like a MAC address. */
const INVERTER =
  /(?:^|\/)((?:1[0-9a-f]|28)[0-9a-f]{10})\/(?:[0-6]\/[a-z_]+|name|(?:device|status|radio|cmd)\/[a-z_]+)$/i;

/** The inverters, or the radio. */
const ofOpendtu: OfTopic = (topic, entity) => {
  if (!names(entity, /opendtu|hoymiles/i)) return undefined;
  const [, serial] = INVERTER.exec(topic) ?? [];
  const [, root] = /^(.+)\/(?:ac|dc|dtu)\/[a-z_]+$/.exec(topic) ?? [];
  return serial ? `serial:${serial}` : root && `own:opendtu/${root}`;
};

const ofTopic: readonly OfTopic[] = [
  homieAddressOfTopic,
  ofSolaredge,
  made(/^(?:shellies\/)?shelly[a-z0-9]+-([0-9a-f]{12})\//i, ([, mac]) => macAddress(mac)),
  made(/\/BTtoMQTT\/([0-9a-f]{12})$/i, ([, mac]) => macAddress(mac)),
  made(/\/RTL_433toMQTT\/([^/]+(?:\/[^/]+)+)$/, ([, id = ""]) => `own:rtl433/${id.replaceAll("/", "-")}`),
  made(
    /^(?:(.*)\/)?([^/]+)\/ch[0-6]\/(?:[UIPF]_AC|Q_AC|PF_AC|[UIP]_DC|Yield(?:Day|Total)|Temp|Efficiency|Irradiation|MaxPower)$/,
    ([, base, name]) => `own:ahoydtu/${base}-${name}`,
  ),
  ofOpendtu,
  ofEvcc,
  ofOpenwb,
  ofVictron,
];

/** Topics that say nothing of whose the entity is. */
const ASIDE = /^(availability|json_attributes|last_reset|latest_version)_topic$/;

function addressOfTopics(entity: Entity): string | undefined {
  for (const [key, topic] of Object.entries(entity.config)) {
    if (!key.endsWith("topic") || ASIDE.test(key) || typeof topic !== "string") continue;
    for (const address of ofTopic) {
      const found = address(topic, entity);
      if (found) return found;
    }
  }
  return undefined;
}

/** Whether EMS-ESP says this: its devices are told apart by identifiers. */
export const isEms = (entity: Entity): boolean =>
  textOf(entity.origin, "name") === "EMS-ESP" || textOf(entity.device, "manufacturer") === "EMS-ESP";

/** What an identifier is to the program's own dialect. */
function addressOfIdentifier(id: string, entity: Entity): string | undefined {
  const [, home, node] = /^zwavejs2mqtt_(0x[0-9a-f]{1,8})_node(\d{1,4})$/i.exec(id) ?? [];
  if (home && node) return `own:zwave-${home.toLowerCase()}/${Number(node)}`;
  if (isEms(entity)) return `own:ems-esp/${id}`;
  return textOf(entity.device, "manufacturer") === "rtl_433" ? `own:rtl433/${id}` : undefined;
}

/**
 * Addresses that the program's own dialect gives to the device; empty for other programs. Topics decide before
 * identifiers: one device of discovery may hold several of the dialect.
 */
export function nativeAddresses(entity: Entity): readonly string[] {
  const byTopic = addressOfTopics(entity);
  if (byTopic) return [byTopic];
  const ids = identifiersOf(entity.device);
  const native = ids.flatMap((id) => addressOfIdentifier(id, entity) ?? []);
  return native.length > 0 ? [...native, ...ids.map((id) => `own:ha/${id}`)] : [];
}
