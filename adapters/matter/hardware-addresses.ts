import type { MatterNodeFacts } from "./facts.ts";

/** A node's interfaces that are looked at; more have no use. */
const MOST = 8;

/**
 * The addresses of a node's network interfaces, in the house's form: `mac:<12 hex digits>` for 48 bits, `ieee:0x<16 hex digits>`
 * for the 64 of Thread (General Diagnostics, NetworkInterfaces: Matter core specification 11.12.5.1). What is no address
 * of a device is left out: zeros, ones, group addresses and those that container software makes up.
 */
export function hardwareAddresses({ endpoints }: MatterNodeFacts): readonly string[] {
  const root = endpoints.find((e) => e.number === 0)?.clusters.GeneralDiagnostics;
  const list: unknown = root?.networkInterfaces;
  const found = (Array.isArray(list) ? list.slice(0, MOST) : []).flatMap((entry: unknown) => {
    const bytes = bytesOf(
      typeof entry === "object" && entry !== null ? Reflect.get(entry, "hardwareAddress") : undefined,
    );
    return bytes ? addressOf(bytes) : [];
  });
  return [...new Set(found)];
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : undefined;
}

function addressOf(bytes: Uint8Array): readonly string[] {
  const [first = 0, second] = bytes;
  const isNobodys = bytes.every((b) => b === 0) || (first & 1) === 1 || (first === 0x02 && second === 0x42);
  if (isNobodys) return [];
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return bytes.length === 6 ? [`mac:${hex}`] : bytes.length === 8 ? [`ieee:0x${hex}`] : [];
}
