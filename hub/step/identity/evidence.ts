/** What speaks for two devices being one, and what against. Pure; knows two descriptions and nothing of the home. */
import { isKeptHere } from "../../model/house-switch.ts";
import type { Evidence, EvidenceKind } from "../../model/identity.ts";
import type { NodeDescription } from "../../model/node.ts";
import { brandOf, isStrongId, kindsOf, macOfSerial, modelKey, serialKey } from "./words.ts";

/** `certain`: the same address. `likely`: for a person to say. */
export interface Weighed {
  readonly verdict: "certain" | "likely" | "none";
  readonly evidence: readonly Evidence[];
}

/** What the home knows beside the descriptions. */
export interface Beside {
  /** Exactly two devices have this; what three have tells none of them. */
  readonly isTheirs: (token: string) => boolean;
  /** Times that both switched together; undefined for too few. */
  readonly together: number | undefined;
}

const none: Weighed = { verdict: "none", evidence: [] };

/** By what two devices could be found to be one: addresses that are nobody else's, and serial numbers. */
export function tokensOf({ addresses, serial }: NodeDescription): readonly string[] {
  const found = new Set<string>();
  for (const address of addresses) {
    if (/^(mac|ieee):/.test(address)) found.add(address);
    else if (address.startsWith("matter:") && isStrongId(address.slice(7))) found.add(address);
  }
  const serials = [serial, ...addresses.filter((a) => a.startsWith("serial:")).map((a) => a.slice(7))];
  for (const text of serials) {
    const [key, mac] = [serialKey(text), macOfSerial(text)];
    if (key) found.add(`serial:${key}`);
    if (mac) found.add(`as-${mac}`);
  }
  return [...found];
}

const withKind = (addresses: readonly string[], kind: string): readonly string[] =>
  addresses.filter((a) => a.startsWith(`${kind}:`));

const certain: readonly (readonly [token: string, kind: EvidenceKind, words: string])[] = [
  ["ieee", "ieee", "Both have the IEEE address"],
  ["mac", "mac", "Both have the MAC address"],
  ["matter", "uniqueId", "Both have the unique id"],
];

/**
 * Weighs two devices. Never certain nor likely for two that one road tells apart itself, and never by a product's name
 * or by like serial numbers alone.
 */
export function weigh(a: NodeDescription, b: NodeDescription, beside: Beside): Weighed {
  if (isKeptHere(a) || isKeptHere(b) || isOneRoad(a, b)) return none;
  const [ours, theirs] = [tokensOf(a), new Set(tokensOf(b))];
  const shared = ours.filter((t) => theirs.has(t) && beside.isTheirs(t));
  for (const [token, kind, words] of certain) {
    const found = withKind(shared, token)[0];
    if (!found || (token !== "ieee" && differ(a, b, "ieee"))) continue;
    // Two devices behind Matter bridges are one only by the id that Matter has for that.
    if (a.adapter === "matter" && b.adapter === "matter" && token !== "matter") continue;
    const value = found.slice(found.indexOf(":") + 1);
    return { verdict: "certain", evidence: [{ kind, words: `${words} ${value}.` }, ...alike(a, b)] };
  }
  return likely(a, b, shared, beside);
}

function likely(a: NodeDescription, b: NodeDescription, shared: readonly string[], beside: Beside): Weighed {
  if (a.adapter === "matter" && b.adapter === "matter") return none;
  const [brandA, brandB] = [brandOf(a.vendor), brandOf(b.vendor)];
  if ((brandA && brandB && brandA !== brandB) || differ(a, b, "mac") || differ(a, b, "ieee") || areOther(a, b))
    return none;
  const more = alike(a, b);
  const isOneMaker = brandA !== undefined && brandA === brandB;
  const evidence: Evidence[] = [];
  const mac = macBehind(a, b) ?? macBehind(b, a);
  if (mac && beside.isTheirs(mac) && (isOneMaker || isKind(more)))
    evidence.push({
      kind: "serialIsMac",
      words: `The serial number of one is the MAC address of the other, ${mac.slice(4)}.`,
    });
  const serial = withKind(shared, "serial")[0];
  if (serial && isOneMaker && (isKind(more) || more.some((e) => e.kind === "model") || beside.together !== undefined))
    evidence.push({ kind: "serial", words: `Both have the serial number ${serial.slice(7)}.` });
  if (beside.together !== undefined && isKind(more))
    evidence.push({
      kind: "switching",
      words: `Both switched within seconds of each other ${beside.together} times, and never one alone.`,
    });
  return evidence.length > 0 ? { verdict: "likely", evidence: [...evidence, ...more] } : none;
}

/** What is alike: it speaks with other things, and never by itself. */
function alike(a: NodeDescription, b: NodeDescription): Evidence[] {
  const found: Evidence[] = [];
  const brand = brandOf(a.vendor);
  if (brand && brand === brandOf(b.vendor)) found.push({ kind: "maker", words: `Both are made by ${a.vendor}.` });
  if (modelKey(a.model) && modelKey(a.model) === modelKey(b.model))
    found.push({ kind: "model", words: `Both are a ${a.model}.` });
  if (a.firmware && a.firmware === b.firmware)
    found.push({ kind: "firmware", words: `Both run firmware ${a.firmware}.` });
  const kinds = kindsOf(b);
  if ([...kindsOf(a)].some((k) => kinds.has(k)))
    found.push({ kind: "kind", words: "Both are the same kind of device." });
  return found;
}

const isKind = (found: readonly Evidence[]): boolean => found.some((e) => e.kind === "kind");

/** Both say what they are, and it is not the same: a relay may be told as a plug or a lamp. */
function areOther(a: NodeDescription, b: NodeDescription): boolean {
  const [ours, theirs] = [kindsOf(a), kindsOf(b)];
  const isRelay = (kinds: ReadonlySet<string>): boolean => kinds.has("switch") || kinds.has("light");
  if (ours.size === 0 || theirs.size === 0 || (isRelay(ours) && isRelay(theirs))) return false;
  return ![...ours].some((k) => theirs.has(k));
}

/** Both have addresses of a kind, and none in common. A device may have several MACs that follow one another. */
function differ(a: NodeDescription, b: NodeDescription, kind: "mac" | "ieee"): boolean {
  const [ours, theirs] = [withKind(a.addresses, kind), withKind(b.addresses, kind)];
  if (ours.length === 0 || theirs.length === 0) return false;
  return !ours.some((one) => theirs.some((other) => one === other || isNext(one, other)));
}

/** ESP32 and others number their interfaces on from one base address. */
const isNext = (a: string, b: string): boolean =>
  a.slice(0, -2) === b.slice(0, -2) &&
  Math.abs(Number.parseInt(a.slice(-2), 16) - Number.parseInt(b.slice(-2), 16)) <= 3;

/** The MAC of one that the other gives as its serial number. */
function macBehind(a: NodeDescription, b: NodeDescription): string | undefined {
  const given = new Set(
    tokensOf(a)
      .filter((t) => t.startsWith("as-mac:"))
      .map((t) => t.slice(3)),
  );
  return withKind(b.addresses, "mac").find((mac) => given.has(mac));
}

/** Two nodes of one dialect are two to it: it would have put them together itself. */
function isOneRoad(a: NodeDescription, b: NodeDescription): boolean {
  if (a.adapter !== b.adapter || a.adapter !== "mqtt") return false;
  const ours = new Set([a.dialect, ...(a.alsoBy ?? [])]);
  return [b.dialect, ...(b.alsoBy ?? [])].some((d) => ours.has(d));
}
