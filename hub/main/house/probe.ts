import { readFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { networkInterfaces } from "node:os";

/** No service of a phone: whoever is there refuses it, and that is the answer. */
const PORT = 9;
/** The kernel asks for a neighbour three times, a second apart, before it gives up (RFC 4861 section 10, and Linux's arp). */
const WAIT_MS = 4_500;

/**
 * Whether a machine of the local network is there: a connection is tried, which makes this machine ask for its neighbour.
 * A refusal or an answer proves it; so does a neighbour that answered the address question but drops connections (a phone
 * with a firewall). Needs no rights and no other program. Never rejects.
 */
export async function isThere(address: string): Promise<boolean> {
  const answer = await tried(address);
  return answer === "there" || (answer === "silent" && (await isNeighbour(address)));
}

function tried(address: string): Promise<"there" | "silent" | "gone"> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port: PORT });
    const end = (answer: "there" | "silent" | "gone") => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end("silent"), WAIT_MS);
    socket.once("connect", () => end("there"));
    socket.once("error", (error: NodeJS.ErrnoException) =>
      end(error.code === "ECONNREFUSED" || error.code === "ECONNRESET" ? "there" : "gone"),
    );
  });
}

/**
 * Whether this machine is on its network: its gateway is there. On a network without a gateway, or where the kernel does not
 * tell, having an address is all that can be known. Never rejects.
 */
export async function isOnline(): Promise<boolean> {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  if (all.every((a) => a.internal)) return false;
  const table = await readFile("/proc/net/route", "utf8").catch(() => "");
  const gateway = gatewayOf(table);
  return gateway === undefined || isThere(gateway);
}

/** The default gateway in the text of /proc/net/route, where addresses are hexadecimal and their last byte comes first. */
export function gatewayOf(table: string): string | undefined {
  const rows = table.split("\n").map((row) => row.trim().split(/\s+/));
  const hex = rows.find(([, to, gateway]) => to === "00000000" && gateway !== "00000000")?.[2] ?? "";
  if (!/^[0-9A-F]{8}$/i.test(hex)) return undefined;
  return [...Buffer.from(hex, "hex")].reverse().join(".");
}

/** Flags of /proc/net/arp: the neighbour has answered (ATF_COM of Linux's if_arp.h). */
const COMPLETE = 0x2;

async function isNeighbour(address: string): Promise<boolean> {
  try {
    return neighbours(await readFile("/proc/net/arp", "utf8")).has(address);
  } catch {
    return false;
  }
}

/** IPv4 neighbours that answered when they were last asked, from the text of /proc/net/arp. */
export function neighbours(table: string): ReadonlySet<string> {
  const rows = table.split("\n").slice(1, 5000);
  const known = rows.map((row) => row.trim().split(/\s+/)).filter(([, , flags]) => (Number(flags) & COMPLETE) !== 0);
  return new Set(known.flatMap(([ip]) => (ip ? [ip] : [])));
}
