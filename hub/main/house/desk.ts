import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { isDeepStrictEqual } from "node:util";
import {
  anyoneHome,
  houseModes,
  MAX_HOSTS,
  MAX_OWN_MODES,
  MAX_PEOPLE,
  MAX_SPANS,
  modesOf,
  type PersonSettings,
  type PresenceDevice,
  type PresenceNetwork,
  type Span,
} from "../../model/house.ts";
import { parsePath } from "../../model/path.ts";
import type { Clock, HouseDesk, PersonWish, Store } from "../../ports.ts";
import { nodeNow } from "../../step/identity/names.ts";
import type { CoreState, Input } from "../../step.ts";
import { StoreError } from "../../storage/error.ts";
import { isLocalAddress } from "../local-address.ts";

export interface DeskParts {
  readonly state: CoreState;
  readonly clock: Clock;
  readonly put: (input: Input) => boolean;
  readonly store: Pick<Store, "put" | "get">;
  /** What the network says of a person's phone, in words. */
  readonly seen: (person: string) => string | undefined;
  /** Looks for phones now: nobody shall wait for what they just set. */
  readonly look: () => void;
}

/** A phone that sleeps answers late: less than this would send people away while they read. */
const LEAST_UNSEEN_MIN = 3;
const MOST_MIN = 240;

/**
 * The house's modes, people and days, as people set them. What is acknowledged has been written: where the disk takes nothing the
 * StoreError is thrown and nothing is changed.
 */
export function createHouseDesk({ state, clock, put, store, seen, look }: DeskParts): HouseDesk {
  const take = (input: Input): void => {
    // Rules act on a change at once, which nobody can take back: whether the disk takes it is tried before.
    store.put("house", "house", state.house);
    if (!put(input)) throw new RangeError("body: the hub is too busy; try again in a moment");
    if (!isDeepStrictEqual(store.get("house", "house"), JSON.parse(JSON.stringify(state.house))))
      throw new StoreError(
        "failed",
        "the change holds, but could not be written: after a restart the house is as it was before",
        "it holds until the hub restarts: make room on the disk, then set it once more",
      );
  };
  return {
    now() {
      const { house } = state;
      const people = house.people.map(({ told: _, ...person }) => {
        const words = person.network ? seen(person.id) : undefined;
        return words === undefined ? person : { ...person, seen: words };
      });
      return { ...house, people, modes: modesOf(house), anyoneHome: anyoneHome(house) };
    },
    setMode(mode, by) {
      const modes = modesOf(state.house);
      if (!modes.includes(mode)) throw new RangeError(`mode: must be one of ${modes.join(", ")}`);
      take({ kind: "modeSet", mode, by, reason: "set on the dashboard or by the API", at: clock.now() });
    },
    setOwnModes(given, by) {
      const modes = given.map((m) => m.trim());
      checkModes(modes);
      take({ kind: "ownModesSet", modes, by, at: clock.now() });
    },
    setPeople(wishes, by) {
      if (wishes.length > MAX_PEOPLE) throw new RangeError(`people: at most ${MAX_PEOPLE} fit`);
      const people = wishes.map((w, i) => personOf(state, w, `people.${i}`));
      const names = new Set(people.map((p) => p.name.toLowerCase()));
      if (names.size < people.length) throw new RangeError("people: each name may be there once");
      take({ kind: "peopleSet", people, by, at: clock.now() });
      look();
    },
    setPresence(person, home, by) {
      if (!state.house.people.some((p) => p.id === person)) return false;
      take({ kind: "presenceSet", person, home, source: "hand", by: `${by} said so`, at: clock.now() });
      return true;
    },
    setSpans(spans, by) {
      checkSpans(spans);
      take({ kind: "spansSet", spans: [...spans].sort((a, b) => a.from - b.from), by, at: clock.now() });
    },
  };
}

function checkModes(modes: readonly string[]): void {
  if (modes.length > MAX_OWN_MODES) throw new RangeError(`modes: at most ${MAX_OWN_MODES} names of your own fit`);
  modes.forEach((mode, i) => {
    if (!/^[^\p{Cc}]{1,30}$/u.test(mode)) throw new RangeError(`modes.${i}: must be 1 to 30 characters`);
    const others = [...houseModes, ...modes.slice(0, i)];
    if (others.some((m) => m.toLowerCase() === mode.toLowerCase()))
      throw new RangeError(`modes.${i}: there is already a mode ${mode}`);
  });
}

function personOf(state: CoreState, wish: PersonWish, field: string): PersonSettings {
  const name = wish.name.trim();
  if (!/^[^\p{Cc}]{1,40}$/u.test(name)) throw new RangeError(`${field}.name: must be 1 to 40 characters`);
  const { id, device, network } = wish;
  if (id !== undefined && !state.house.people.some((p) => p.id === id))
    throw new RangeError(`${field}.id: there is no such person; leave it out for a new one`);
  if (device) checkDevice(state, device, `${field}.device`);
  if (network) checkNetwork(network, `${field}.network`);
  return { id: id ?? randomUUID(), name, ...(device ? { device } : {}), ...(network ? { network } : {}) };
}

function checkDevice(state: CoreState, device: PresenceDevice, field: string): void {
  const node = nodeNow(state, device.node);
  if (!node) throw new RangeError(`${field}.node: there is no device ${device.node}`);
  checkMinutes(device.awayAfterMin, 0, `${field}.awayAfterMin`);
  if (device.key === undefined) return;
  const path = parsePath(device.key);
  const endpoint = node.description.endpoints.find((e) => e.number === path?.endpoint);
  const has = path && path.node === device.node && endpoint?.capabilities[path.capability]?.attributes;
  if (!has || !Object.hasOwn(has, path.attribute))
    throw new RangeError(`${field}.key: must be an attribute of that device, as GET /api/nodes lists it`);
  if (device.homeIs === undefined) throw new RangeError(`${field}.homeIs: say which value means home`);
}

function checkNetwork(network: PresenceNetwork, field: string): void {
  if (network.hosts.length === 0 || network.hosts.length > MAX_HOSTS)
    throw new RangeError(`${field}.hosts: give 1 to ${MAX_HOSTS} names or addresses`);
  network.hosts.forEach((host, i) => {
    const isName = /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){0,5}$/i.test(host) && !/^[\d.]+$/.test(host);
    if (isIP(host) !== 0 ? !isLocalAddress(host) : !isName)
      throw new RangeError(`${field}.hosts.${i}: must be a name or an address of the home's own network`);
  });
  checkMinutes(network.awayAfterMin, LEAST_UNSEEN_MIN, `${field}.awayAfterMin`);
}

function checkMinutes(minutes: number, least: number, field: string): void {
  if (!(minutes >= least && minutes <= MOST_MIN))
    throw new RangeError(`${field}: must be ${least} to ${MOST_MIN} minutes`);
}

function checkSpans(spans: readonly Span[]): void {
  if (spans.length > MAX_SPANS) throw new RangeError(`spans: at most ${MAX_SPANS} fit`);
  spans.forEach((span, i) => {
    if (!(span.to > span.from)) throw new RangeError(`spans.${i}.to: must be after its begin`);
    if (!/^[^\p{Cc}]{1,40}$/u.test(span.entry)) throw new RangeError(`spans.${i}.entry: must be 1 to 40 characters`);
    if (span.title.length > 80) throw new RangeError(`spans.${i}.title: must be at most 80 characters`);
  });
}
