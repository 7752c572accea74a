/** Devices under one GroupTopic: they all hear the commands of that topic (https://tasmota.github.io/docs/MQTT/#grouptopic). */
import type { NodeDescription } from "../../../../hub/model/node.ts";
import type { NodeId } from "../../../../hub/model/path.ts";
import type { Harvest } from "../../device.ts";
import { type Built, Draft } from "../../draft.ts";
import { identify } from "../../identity.ts";
import type { TasmotaDevice } from "./device.ts";
import { addRelays, type TasmotaWrite } from "./relays.ts";

const MAX_GROUPS = 64;
/** What every device is given at the factory: no group that its owner made. */
const usual = new Set(["tasmotas", "sonoffs"]);

export interface TasmotaGroup {
  readonly id: NodeId;
  readonly name: string;
  /** Topic of its commands with the closing slash. */
  readonly cmnd: string;
  readonly members: Set<TasmotaDevice>;
  built: Built<TasmotaWrite>;
  shown: boolean;
}

/** A group is one lamp, or one relay, that can do what any of its members can. */
function build(group: Pick<TasmotaGroup, "cmnd" | "members">): Built<TasmotaWrite> {
  const draft = new Draft<TasmotaWrite>();
  const configs = [...group.members].map((m) => m.config);
  const lamps = configs.filter((c) => c.relays.includes(2));
  const first = lamps[0] ?? configs[0];
  if (!first) return draft.build();
  addRelays(draft, {
    ...first,
    cmnd: group.cmnd,
    relays: [lamps.length > 0 ? 2 : 1],
    relayNames: [],
    lightSubtype: Math.max(...configs.map((c) => c.lightSubtype)),
    channelsApart: false,
    fan: false,
  });
  return draft.build();
}

const nodeOf = (group: TasmotaGroup): NodeDescription => ({
  id: group.id,
  name: group.name,
  vendor: "Tasmota",
  model: "Group",
  adapter: "mqtt",
  dialect: "tasmota",
  addresses: [`own:tasmota/group-${group.cmnd}`],
  endpoints: group.built.endpoints,
});

export class TasmotaGroups {
  readonly #byCmnd = new Map<string, TasmotaGroup>();
  readonly #byNode = new Map<NodeId, TasmotaGroup>();

  ofNode(node: NodeId): TasmotaGroup | undefined {
    return this.#byNode.get(node);
  }

  /** Takes the name of a device's group; undefined takes it out of its group. */
  join(device: TasmotaDevice, name: string | undefined, into: Harvest): void {
    const own = name === undefined || usual.has(name) || !/^[^#+]{1,100}$/.test(name) ? undefined : name;
    const cmnd = own === undefined ? undefined : device.config.groupCmnd.replaceAll("%topic%", own);
    for (const group of [...this.#byCmnd.values()]) {
      const here = [...group.members].find((m) => m.id === device.id);
      if (!here || (group.cmnd === cmnd && here === device)) continue;
      group.members.delete(here);
      if (group.cmnd !== cmnd) this.#show(group, into);
    }
    if (cmnd === undefined || own === undefined || !device.config.relays.some((r) => r === 1 || r === 2)) return;
    const known = this.#byCmnd.get(cmnd);
    if (known?.members.has(device) || (!known && this.#byCmnd.size >= MAX_GROUPS)) return;
    const id = identify([`own:tasmota/group-${cmnd}`], "tasmota", cmnd);
    const members = new Set<TasmotaDevice>();
    const group = known ?? { id, name: own, cmnd, members, built: build({ cmnd, members }), shown: false };
    this.#byCmnd.set(cmnd, group);
    group.members.add(device);
    this.#show(group, into);
  }

  /** A group of one is no group. */
  #show(group: TasmotaGroup, into: Harvest): void {
    group.built = build(group);
    const there = group.members.size > 1;
    if (there) {
      this.#byNode.set(group.id, group);
      into.nodes.push(nodeOf(group));
      if (!group.shown) into.reachable.push({ node: group.id, reachable: true });
    } else if (group.shown) {
      this.#byNode.delete(group.id);
      into.gone.push(group.id);
    }
    group.shown = there;
    if (group.members.size === 0) this.#byCmnd.delete(group.cmnd);
  }

  /** What a member said is what its group says: it is on while one of them is, and as bright as the last one told. */
  echo(device: TasmotaDevice, into: Harvest): void {
    if (device.group === undefined) return;
    const group = [...this.#byCmnd.values()].find((g) => g.shown && g.members.has(device));
    if (!group) return;
    for (const reading of [...into.readings]) {
      const { endpoint, capability, attribute } = reading.path;
      if (reading.path.node !== device.id || endpoint !== 1) continue;
      if (capability === "onOff") device.on = reading.value === true;
      if (!group.built.points.has(`1/${capability}.${attribute}`) || capability === "vendor") continue;
      const value = capability === "onOff" ? [...group.members].some((m) => m.on === true) : reading.value;
      into.readings.push({ ...reading, path: { ...reading.path, node: group.id }, value });
    }
  }
}
