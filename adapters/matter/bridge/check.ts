import type { BridgeSettings, BridgeWish } from "../../../hub/ports.ts";
import { ecosystemFacts } from "./ecosystems.ts";

/** The port that Matter is known by; Alexa finds a bridge there only. */
const KNOWN_PORT = 5540;
/** Chosen from here on where a person names none. */
const FIRST_PORT = 5541;
const LAST_PORT = 5600;
/** More bridges than there are ecosystems, twice over. */
const MAX_BRIDGES = 12;
const LONGEST_LIST = 500;

/** The bridge's settings whole, with its port. Throws RangeError naming the field and the fix. */
export function checkedBridge(wish: BridgeWish, id: string, others: readonly BridgeSettings[]): BridgeSettings {
  const name = wish.name.trim();
  if (name === "" || name.length > 32) throw new RangeError("name: must be 1 to 32 characters");
  const twin = others.find((o) => o.name.toLowerCase() === name.toLowerCase());
  if (twin) throw new RangeError(`name: there is a bridge ${twin.name} already; choose another name`);
  if (!Object.hasOwn(ecosystemFacts, wish.ecosystem))
    throw new RangeError(`ecosystem: must be one of ${Object.keys(ecosystemFacts).join(", ")}`);
  if (others.length >= MAX_BRIDGES)
    throw new RangeError(`name: there are ${MAX_BRIDGES} bridges already; remove one first`);
  checkFilter(wish);
  return { ...wish, id, name, port: portOf(wish, others) };
}

function checkFilter({ filter }: BridgeWish): void {
  for (const list of ["rooms", "kinds", "include", "exclude"] as const)
    if (filter[list].length > LONGEST_LIST)
      throw new RangeError(`filter.${list}: must be at most ${LONGEST_LIST} entries`);
  if (filter.show === "rooms" && filter.rooms.length + filter.include.length === 0)
    throw new RangeError("filter.rooms: name at least one room, or show all devices");
  if (filter.show === "kinds" && filter.kinds.length + filter.include.length === 0)
    throw new RangeError("filter.kinds: name at least one kind of device, or show all devices");
  if (filter.show === "chosen" && filter.include.length === 0)
    throw new RangeError("filter.include: choose at least one device, or show all devices");
}

function portOf(wish: BridgeWish, others: readonly BridgeSettings[]): number {
  const taken = new Map(others.map((o) => [o.port, o]));
  const wanted = wish.port ?? (wish.ecosystem === "amazon" ? KNOWN_PORT : undefined);
  if (wish.ecosystem === "amazon" && wanted !== KNOWN_PORT)
    throw new RangeError(`port: Alexa finds a bridge on port ${KNOWN_PORT} only; leave the port empty`);
  if (wanted === undefined) {
    for (let port = FIRST_PORT; port <= LAST_PORT; port++) if (!taken.has(port)) return port;
    throw new RangeError(`port: all ports from ${FIRST_PORT} to ${LAST_PORT} are used by bridges; name another one`);
  }
  if (!Number.isInteger(wanted) || wanted < 1024 || wanted > 65_535)
    throw new RangeError("port: must be a whole number from 1024 to 65535");
  const holder = taken.get(wanted);
  if (!holder) return wanted;
  throw new RangeError(
    wanted === KNOWN_PORT && wish.ecosystem === "amazon"
      ? `port: Alexa needs port ${KNOWN_PORT} and the bridge ${holder.name} has it; give that one another port first`
      : `port: ${wanted} is used by the bridge ${holder.name}; choose another one or leave it empty`,
  );
}
