/** Values that no specification allows: matter.js refuses to hold them, so they are put in as the words go out. */
import type { ServerNode } from "@matter/main";
import { TlvInt64, type TlvSchema } from "@matter/main/types";

/** Global attributes (0xFFF0 and up) tell what a cluster is; without them nobody would listen to its values. */
const firstGlobal = 0xfff0;
/** Far outside every range of the specification, in the units of any cluster. */
const tooMuch = -(2 ** 45);
/** Instead of true and false. */
const neither = 7;

const genuine = new Map<{ tlv: TlvSchema<unknown> }, TlvSchema<unknown>>();

/**
 * From now on the application endpoints tell numbers out of all range, and numbers instead of truth values, to whoever
 * reads them or hears of a change. Clusters are shared: other devices of this process are as wrong.
 */
export function distort(node: ServerNode): void {
  for (const endpoint of node.protocol) {
    if (endpoint.id === 0) continue;
    for (const cluster of endpoint)
      for (const attribute of cluster.type.attributes) {
        if (attribute.id >= firstGlobal || genuine.has(attribute)) continue;
        genuine.set(attribute, attribute.tlv);
        attribute.tlv = absurd(attribute.tlv);
      }
  }
}

/** The values are told as they are again. */
export function straighten(): void {
  for (const [attribute, tlv] of genuine) attribute.tlv = tlv;
  genuine.clear();
}

function absurd(tlv: TlvSchema<unknown>): TlvSchema<unknown> {
  const encodeTlv: TlvSchema<unknown>["encodeTlv"] = (value, options) => {
    if (typeof value === "number" || typeof value === "bigint") return TlvInt64.encodeTlv(tooMuch);
    return typeof value === "boolean" ? TlvInt64.encodeTlv(neither) : tlv.encodeTlv(value, options);
  };
  return Object.create(tlv, { encodeTlv: { value: encodeTlv } });
}
