/** Node ids out of a device's own address, so that every road to the device gives the same node. */
import { type NodeId, nodeIdOf } from "../../hub/model/path.ts";

/** Kinds of address, strongest first, with the word that their node ids begin with. */
const kinds: readonly (readonly [kind: string, prefix: string])[] = [
  ["ieee", "z2m"],
  ["mac", "mac"],
  ["serial", "serial"],
  ["own", ""],
];

/** `mac:aabbccddeeff` of any spelling of a MAC; undefined for anything else. */
export function macAddress(text: string | undefined): string | undefined {
  const digits = text?.replace(/[:\-. ]/g, "").toLowerCase();
  return digits !== undefined && /^[0-9a-f]{12}$/.test(digits) && !/^(0{12}|f{12})$/.test(digits)
    ? `mac:${digits}`
    : undefined;
}

/**
 * The node id of a device: of its strongest address (`ieee:0x…`, `mac:<12 small hex digits>`, `serial:<text>`, then
 * `own:<maker>/<what stays the same>`), else of the dialect's own key. Names and topics change and are no identity
 * where an address exists.
 */
export function identify(addresses: readonly string[], dialect: string, key: string): NodeId {
  for (const [kind, prefix] of kinds) {
    const found = addresses.find((a) => a.startsWith(`${kind}:`))?.slice(kind.length + 1);
    if (!found) continue;
    if (prefix) return nodeIdOf(prefix, found);
    const cut = found.indexOf("/");
    return cut > 0 ? nodeIdOf(found.slice(0, cut), found.slice(cut + 1)) : nodeIdOf(dialect, found);
  }
  return nodeIdOf(dialect, key);
}
