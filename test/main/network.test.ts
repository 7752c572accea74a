/** Phones on the home's network: who is looked for, when they are gone, and that nobody outside is ever asked. */
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type NetworkParts, NetworkWatch } from "../../hub/main/house/network.ts";
import { gatewayOf, isThere, neighbours } from "../../hub/main/house/probe.ts";
import { isLocalAddress } from "../../hub/main/local-address.ts";

const MINUTE = 60_000;

/** The network is the edge of the house: who is on it, by address. */
function network(hosts: readonly string[], names: Readonly<Record<string, readonly string[]>> = {}) {
  const there = new Set<string>();
  const asked: string[] = [];
  const told: [home: boolean, by: string][] = [];
  const clock = { now: 0, online: true };
  const people: ReturnType<NetworkParts["people"]>[number][] = [
    { id: "anna", network: { hosts, awayAfterMin: 15 } },
    { id: "ben" },
  ];
  const watch = new NetworkWatch({
    people: () => people,
    told: (_, home, by) => void told.push([home, by]),
    probe: async (address) => {
      asked.push(address);
      return there.has(address);
    },
    resolve: async (host) => {
      const found = names[host] ?? (/^[\d.:a-f]+$/.test(host) ? [host] : undefined);
      if (!found) throw new Error("ENOTFOUND");
      return found;
    },
    now: () => clock.now,
    online: async () => clock.online,
  });
  const look = async (minute: number) => {
    clock.now = minute * MINUTE;
    await watch.look();
  };
  const said = () => told.map(([home]) => home);
  return { there, asked, told, people, watch, look, said, clock };
}

test("a phone is home when it is seen, and away only after its minutes unseen", async () => {
  const { there, look, said, watch, told } = network(["192.168.1.5"]);
  there.add("192.168.1.5");
  await look(0);
  expect(told).toEqual([[true, "192.168.1.5 is on the network"]]);
  there.clear();
  await look(5);
  await look(14.9);
  expect(said()).toEqual([true]);
  expect(watch.words("anna")).toBe("last seen 14 minutes ago");
  await look(15);
  expect(told.at(-1)).toEqual([false, "192.168.1.5 not on the network for 15 minutes"]);
});

test("a phone that sleeps and answers one look in many has not left", async () => {
  const { there, look, said } = network(["192.168.1.5"]);
  for (let half = 0; half < 240; half++) {
    if (half % 28 === 0) there.add("192.168.1.5");
    else there.clear();
    await look(half / 2);
  }
  expect(new Set(said())).toEqual(new Set([true]));
});

test("a phone never seen since the start is away only after the same minutes", async () => {
  const { look, said } = network(["192.168.1.5"]);
  await look(0);
  await look(10);
  expect(said()).toEqual([]);
  await look(15);
  expect(said()).toEqual([false]);
});

test("a name that the network does not know says nothing of anybody, and says why", async () => {
  const { look, said, watch } = network(["annas-phone"]);
  for (const minute of [0, 20, 60]) await look(minute);
  expect(said()).toEqual([]);
  expect(watch.words("anna")).toBe("annas-phone is no name that this network knows");
});

test("a phone that takes its name along when it leaves is away all the same", async () => {
  const names: Record<string, readonly string[]> = { "phone.local": ["192.168.1.5"] };
  const { there, look, said, asked } = network(["phone.local"], names);
  there.add("192.168.1.5");
  await look(0);
  delete names["phone.local"];
  there.clear();
  await look(14);
  expect(said()).toEqual([true]);
  await look(15);
  expect(said()).toEqual([true, false]);
  expect(asked).toHaveLength(3);
  // Also when the hub was started anew in between.
  const next = network(["phone.local"]);
  next.people.splice(0, 1, { ...next.people[0], id: "anna", told: { network: true } });
  await next.look(0);
  await next.look(15);
  expect(next.said()).toEqual([false]);
});

test("a hub that lost the network itself sends nobody away, and counts anew when it is back", async () => {
  const { there, look, said, clock, watch } = network(["192.168.1.5"]);
  there.add("192.168.1.5");
  await look(0);
  there.clear();
  clock.online = false;
  for (const minute of [10, 20, 60]) await look(minute);
  expect(said()).toEqual([true]);
  expect(watch.words("anna")).toBe("the hub itself is not on the network");
  clock.online = true;
  await look(74);
  expect(said()).toEqual([true]);
  await look(75);
  expect(said()).toEqual([true, false]);
});

test("nobody outside of the home is asked, whatever a name resolves to", async () => {
  const { look, asked, said, watch } = network(["phone.home"], { "phone.home": ["8.8.8.8", "2001:4860::8888"] });
  for (const minute of [0, 20, 60]) await look(minute);
  expect(asked).toEqual([]);
  expect(said()).toEqual([]);
  expect(watch.words("anna")).toBe("phone.home is not in the home's own network");
});

test("who does not allow it is not looked for, and who takes it back is forgotten", async () => {
  const { look, asked, people, watch } = network(["192.168.1.5"]);
  await look(0);
  expect(asked).toEqual(["192.168.1.5"]);
  expect(watch.words("ben")).toBeUndefined();
  people.splice(0, 1, { id: "anna" });
  await look(1);
  expect(asked).toHaveLength(1);
  expect(watch.words("anna")).toBeUndefined();
});

test("a machine is there if it refuses, if it listens, and not if nobody has its address", async () => {
  expect(await isThere("127.0.0.1")).toBe(true);
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.2", done));
  onTestFinished(() => void server.close());
  expect(await isThere("127.0.0.2")).toBe(true);
  // RFC 5737: an address that nobody has.
  expect(await isThere("192.0.2.77")).toBe(false);
}, 45_000);

test("of the kernel's neighbours only those that answered count", () => {
  const table = [
    "IP address       HW type     Flags       HW address            Mask     Device",
    "192.168.1.5      0x1         0x2         aa:bb:cc:dd:ee:01     *        eth0",
    "192.168.1.6      0x1         0x0         00:00:00:00:00:00     *        eth0",
    "192.168.1.7      0x1         0x6         aa:bb:cc:dd:ee:03     *        eth0",
    "nonsense",
  ].join("\n");
  expect([...neighbours(table)]).toEqual(["192.168.1.5", "192.168.1.7"]);
});

test("the gateway is read from the kernel's routes", () => {
  const head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask";
  const lan = "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF";
  expect(gatewayOf([head, lan, "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000"].join("\n"))).toBe("192.168.1.1");
  expect(gatewayOf([head, lan].join("\n"))).toBeUndefined();
  expect(gatewayOf("")).toBeUndefined();
});

test("private, link-local and loopback addresses are the home's own, all others are not", () => {
  for (const own of [
    "10.1.2.3",
    "172.31.0.1",
    "192.168.0.9",
    "169.254.1.1",
    "127.0.0.1",
    "::1",
    "fe80::1%eth0",
    "fd12::1",
  ])
    expect(isLocalAddress(own), own).toBe(true);
  expect(isLocalAddress("::ffff:192.168.1.1")).toBe(true);
  for (const far of [
    "8.8.8.8",
    "172.32.0.1",
    "192.169.0.1",
    "100.64.0.1",
    "2001:db8::1",
    "::ffff:8.8.8.8",
    "x",
    "0.0.0.0",
  ])
    expect(isLocalAddress(far), far).toBe(false);
});
