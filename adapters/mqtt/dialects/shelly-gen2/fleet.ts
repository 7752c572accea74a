/** The Shellys of one broker, by what they call themselves and by where they are heard. */
import type { NodeId } from "../../../../hub/model/path.ts";
import type { Harvest } from "../../device.ts";
import { newDevice, type ShellyDevice, sleeps } from "./device.ts";

const MAX_DEVICES = 500;
/** Prefixes that said they are online and have not said who they are. */
const MAX_STRANGERS = 64;

/** The twelve digits of the MAC: a device of the same MAC is the same, whatever its id begins with. */
const keyOf = (shellyId: string): string => shellyId.slice(-12).toLowerCase();

export class Fleet {
  readonly #byId = new Map<string, ShellyDevice>();
  readonly #byPrefix = new Map<string, ShellyDevice>();
  readonly #byNode = new Map<NodeId, ShellyDevice>();
  /** Prefix to whether it is online. */
  readonly #strangers = new Map<string, boolean>();

  ofNode(node: NodeId): ShellyDevice | undefined {
    return this.#byNode.get(node);
  }

  at(prefix: string): ShellyDevice | undefined {
    return this.#byPrefix.get(prefix);
  }

  knows(shellyId: string): boolean {
    return this.#byId.has(keyOf(shellyId));
  }

  /** The device of an id, made when it is new; a prefix that was guessed gives way to one that was seen. */
  device(shellyId: string, prefix: string, seen: boolean, into: Harvest): ShellyDevice | undefined {
    const key = keyOf(shellyId);
    const known = this.#byId.get(key);
    if (!known && this.#byId.size >= MAX_DEVICES) return undefined;
    const device = known ?? newDevice(shellyId, prefix);
    if (!known) {
      this.#byId.set(key, device);
      this.#byNode.set(device.id, device);
    } else if (seen && device.prefix !== prefix) {
      this.#byPrefix.delete(device.prefix);
      device.prefix = prefix;
      device.changed = true;
    }
    this.#byPrefix.set(device.prefix, device);
    const online = this.#strangers.get(device.prefix);
    if (online !== undefined) {
      this.#strangers.delete(device.prefix);
      device.asked = true;
      if (online || !sleeps(device)) into.reachable.push({ node: device.id, reachable: online });
    }
    return device;
  }

  /** Notes a prefix that has not said who it is; false where no more are kept. */
  stranger(prefix: string, online: boolean): boolean {
    if (!this.#strangers.has(prefix) && this.#strangers.size >= MAX_STRANGERS) return false;
    this.#strangers.set(prefix, online);
    return true;
  }

  /** Its owner cleared what the broker kept of it. */
  remove(device: ShellyDevice, into: Harvest): void {
    this.#byId.delete(keyOf(device.shellyId));
    this.#byPrefix.delete(device.prefix);
    this.#byNode.delete(device.id);
    into.gone.push(device.id);
  }
}
