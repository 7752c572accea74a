import { networkInterfaces } from "node:os";
import type { Diagnosis } from "../ports/doctor.ts";

/** One way out of this machine. */
export interface Way {
  readonly name: string;
  /** The first IPv4 address, for joining multicast. */
  readonly v4: string | undefined;
  readonly hasLinkLocal: boolean;
}

/** Made by containers and tunnels: a device of the home is never behind them. */
const VIRTUAL = /^(docker|br-|veth|virbr|tun|tap|wg|cni|flannel|cali|tailscale|zt)/;

/** Every interface that leads out of this machine, in the system's order. */
export function ways(): Way[] {
  return Object.entries(networkInterfaces()).flatMap(([name, list]) => {
    const outer = (list ?? []).filter((a) => !a.internal);
    if (outer.length === 0) return [];
    const v4 = outer.find((a) => a.family === "IPv4")?.address;
    return [{ name, v4, hasLinkLocal: outer.some((a) => a.family === "IPv6" && a.address.startsWith("fe80")) }];
  });
}

/** Which interfaces there are, and which of them Matter should use. */
export function interfaces(): Diagnosis[] {
  const name = "network";
  const all = ways();
  if (all.length === 0)
    return [{ name, state: "bad", detail: "no connection", fix: "plug in the network cable or join the Wi-Fi" }];
  const real = all.filter((way) => !VIRTUAL.test(way.name));
  const detail = all.map((way) => (VIRTUAL.test(way.name) ? `${way.name} (virtual)` : way.name)).join(", ");
  if (real.length > 1 && !process.env.INGLENOOK_MDNS_INTERFACE) {
    const fix = `if Matter devices are not found, name the one that leads to them: INGLENOOK_MDNS_INTERFACE=${real[0]?.name}`;
    return [{ name, state: "warn", detail, fix }];
  }
  return [{ name, state: "ok", detail }];
}

/** Matter's own addresses: without a link-local one no Matter device can be reached (Core Specification, 4.3). */
export function ipv6(): Diagnosis[] {
  const local = ways().filter((way) => way.hasLinkLocal);
  if (local.length > 0)
    return [{ name: "IPv6", state: "ok", detail: `link-local on ${local.map((way) => way.name).join(", ")}` }];
  const fix =
    "Matter devices need IPv6 on the local network; turn it on for this interface (the demo's own devices work without)";
  return [{ name: "IPv6", state: "warn", detail: "no link-local address", fix }];
}
