import { createHash } from "node:crypto";

/** `ingl-`, ten digits of the hub, `-`, sixteen of the device: 32 characters, the most that Matter's texts hold (11.1.5). */
const MARK = /ingl-[0-9a-f]{10}-[0-9a-f]{16}/g;

const digits = (length: number, ...texts: readonly string[]): string =>
  createHash("sha256").update(texts.join("\n")).digest("hex").slice(0, length);

const prefixOf = (hubId: string): string => `ingl-${digits(10, "inglenook hub", hubId)}-`;

/**
 * The text by which this hub's bridge marks a device that it shows to others (unique id and serial number), so that the
 * device is recognised when it comes back. `hubId` is the hub's own secret: the mark tells nothing of it nor of the device.
 * Always the same for the same hub and node.
 */
export const markOf = (hubId: string, nodeId: string): string =>
  prefixOf(hubId) + digits(16, "inglenook device", hubId, nodeId);

/** Whether the text holds a mark of this very hub. Another hub may have put its own words around it. */
export function isOwnMark(hubId: string, text: string): boolean {
  const prefix = prefixOf(hubId);
  return (text.match(MARK) ?? []).some((mark) => mark.startsWith(prefix));
}

/** Whether the text holds a mark of any hub of this make: the device is shown by a bridge, it is not the device itself. */
export const isAnyMark = (text: string): boolean => text.search(MARK) >= 0;

/** Addresses that a device has from its maker and no other device bears. */
const isOfItself = (address: string): boolean => /^(mac|ieee):/.test(address);

/**
 * The second text by which a device is marked (serial number). Where the device has an address of its own, the mark is made of
 * it, so that a hub which reaches the same device itself knows it behind another hub's bridge. It tells nobody the address.
 */
export function serialMarkOf(hubId: string, nodeId: string, addresses: readonly string[]): string {
  const [own] = addresses.filter(isOfItself).sort();
  if (own === undefined) return markOf(hubId, `${nodeId} serial`);
  return prefixOf(hubId) + addressMark(own);
}

/** What the marks in a text, of any hub, were made of: to be held against {@link addressMark}. */
export const marksIn = (text: string): readonly string[] => (text.match(MARK) ?? []).map((mark) => mark.slice(-16));

/** What a mark made of this address ends with; undefined for an address that another device may have as well. */
export const addressMark = (address: string): string | undefined =>
  isOfItself(address) ? digits(16, "inglenook address", address) : undefined;
