import { randomBytes } from "node:crypto";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { networkInterfaces } from "node:os";
import type { Diagnosis } from "../ports/doctor.ts";
import { type Way, ways } from "./interfaces.ts";

/** The groups of RFC 6762, section 3. */
const GROUPS = { udp4: "224.0.0.251", udp6: "ff02::fb" } as const;
const PORT = 5353;
const WAIT_MS = 1500;
/** What every responder answers (RFC 6763, section 9), and what Matter nodes do (Core Specification, 4.3.1). */
const ASKED = ["_services._dns-sd._udp.local", "_matter._tcp.local", "_matterc._udp.local"];
const PTR = 12;

/** Multicast of one kind over one interface: whether it came back, and how many other machines answered it. */
interface Heard {
  readonly problem?: string;
  readonly others: number;
}

/** Whether mDNS goes out and comes in on each interface, over IPv4 and IPv6: Matter devices are found by nothing else. */
export async function mdns(): Promise<Diagnosis[]> {
  const found = await Promise.all(ways().slice(0, 4).map(ofWay));
  return found.length > 0 ? found : [{ name: "mDNS", state: "bad", detail: "no interface to speak on" }];
}

async function ofWay(way: Way): Promise<Diagnosis> {
  const name = `mDNS ${way.name}`;
  const asked: [string, Promise<Heard>][] = [];
  if (way.v4) asked.push(["IPv4", echo("udp4", way.v4, PORT)]);
  if (way.hasLinkLocal) asked.push(["IPv6", echo("udp6", `::%${way.name}`, PORT)]);
  const heard = await Promise.all(asked.map(async ([kind, work]) => ({ kind, ...(await work) })));
  const broken = heard.filter((h) => h.problem).map((h) => `${h.kind}: ${h.problem}`);
  const fix = "allow UDP 5353 and multicast in the firewall; in a container use the host's network";
  if (broken.length > 0) return { name, state: "warn", detail: broken.join("; "), fix };
  const both = heard.map((h) => h.kind).join(" and ");
  const others = Math.max(0, ...heard.map((h) => h.others));
  if (others > 0)
    return {
      name,
      state: "ok",
      detail: `${both}: goes out and comes in; ${others} other${others > 1 ? "s" : ""} answered`,
    };
  return {
    name,
    state: "warn",
    detail: `${both}: goes out and comes back, but nobody else answered`,
    fix: "if there are phones, printers or Matter devices in this network, the Wi-Fi or a switch keeps multicast from them: look for client isolation, a guest network or IGMP snooping",
  };
}

/** Asks the group on one interface for every kind of service, and listens for the question itself and for answers. */
function echo(type: "udp4" | "udp6", address: string, port: number): Promise<Heard> {
  const id = randomBytes(2);
  const packet = question(id, ASKED);
  const others = new Set<string>();
  const own = ownAddresses();
  return new Promise((resolve) => {
    const socket = createSocket({ type, reuseAddr: true, ipv6Only: type === "udp6" });
    let came = false;
    const end = (problem?: string) => {
      clearTimeout(timer);
      socket.close();
      resolve({ ...(problem ? { problem } : {}), others: others.size });
    };
    const timer = setTimeout(() => end(came ? undefined : "the machine does not hear its own multicast"), WAIT_MS);
    socket.once("error", (error) => end(`multicast failed: ${error.message}`));
    socket.on("message", (message, from: RemoteInfo) => {
      if (message.equals(packet)) came = true;
      else if (isAnswer(message) && others.size < 1000) count(from, own, others);
    });
    socket.bind(port, () => {
      try {
        join(socket, type, address);
        socket.send(packet, port, GROUPS[type], (error) => {
          if (error) end(`multicast can't be sent: ${error.message}`);
        });
      } catch (error) {
        end(`multicast can't be joined: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  });
}

function join(socket: Socket, type: "udp4" | "udp6", address: string): void {
  socket.addMembership(GROUPS[type], address);
  socket.setMulticastInterface(address);
  socket.setMulticastLoopback(true);
}

function count(from: RemoteInfo, own: ReadonlySet<string>, others: Set<string>): void {
  const address = from.address.split("%")[0] ?? "";
  if (!own.has(address)) others.add(address);
}

const ownAddresses = (): Set<string> =>
  new Set(Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((a) => a.address)));

/** The QR bit of a DNS header (RFC 1035, section 4.1.1). */
const isAnswer = (message: Buffer): boolean => message.length >= 12 && ((message[2] ?? 0) & 0x80) !== 0;

/** A DNS query for some names (RFC 1035, section 4.1), asked by multicast (RFC 6762, section 5). */
function question(id: Buffer, names: readonly string[]): Buffer {
  const header = Buffer.from([0, 0, 0, names.length, 0, 0, 0, 0, 0, 0]);
  const asked = names.flatMap((name) => [
    ...name.split(".").flatMap((label) => [label.length, ...Buffer.from(label)]),
    ...[0, 0, PTR, 0, 1],
  ]);
  return Buffer.concat([id, header, Buffer.from(asked)]);
}
