/** Where people are by what devices say: looked at with each tick, on what is known now; what is stale says nothing. */
import { knownOf, nameOf } from "../model/home.ts";
import type { PersonSettings, PresenceDevice } from "../model/house.ts";
import { houseChanged } from "./house.ts";
import { keyNow, nodeNow } from "./identity/names.ts";
import type { CoreState, Effect } from "./state.ts";

const MINUTE = 60_000;

/** People come at once and go only after their device has said so for the time that was set. */
export function presenceTick(state: CoreState, at: number): Effect[] {
  const effects: Effect[] = [];
  for (const person of state.house.people) {
    const { device } = person;
    const here = device && isHere(state, device, at);
    if (!device || here === undefined || here) state.leaving.delete(person.id);
    if (!device || here === undefined || person.told.device === here) continue;
    if (!here && !isGone(state, person, device, at)) continue;
    state.leaving.delete(person.id);
    const node = nodeNow(state, device.node);
    const by = `${node ? nameOf(node) : device.node} says so`;
    effects.push(
      ...houseChanged(state, { kind: "presenceSet", person: person.id, home: here, source: "device", by, at }),
    );
  }
  return effects;
}

function isGone(state: CoreState, person: PersonSettings, device: PresenceDevice, at: number): boolean {
  const since = state.leaving.get(person.id);
  // A clock that was set back begins anew.
  if (since === undefined || since > at) state.leaving.set(person.id, at);
  return at - (since ?? at) >= device.awayAfterMin * MINUTE;
}

/** Undefined: the device says nothing that could be trusted now. */
function isHere(state: CoreState, { node: id, key, homeIs }: PresenceDevice, at: number): boolean | undefined {
  const node = nodeNow(state, id);
  if (!node) return undefined;
  if (key === undefined) return node.reachable === "unknown" ? undefined : node.reachable;
  const known = knownOf(node, keyNow(state, key), at);
  return known.status === "known" ? known.value === (homeIs ?? true) : undefined;
}
