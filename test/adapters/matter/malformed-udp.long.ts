/** INGLENOOK_MALFORMED=10000 sends so many packets to each port instead of 1,000. */
import { randomBytes, randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import type { ClientNode } from "@matter/main";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { BridgeStatus } from "../../../hub/ports.ts";
import { lamp, lampOn } from "./bridge-devices.ts";
import {
  anyPort,
  bundleBridge,
  endpointsOf,
  everything,
  type House,
  startController,
  startHouse,
  stateOf,
} from "./bridge-support.ts";
import {
  anyDevice,
  bundle,
  type Device,
  type DeviceOptions,
  type Hub,
  hasMatterNetwork,
  startDevice,
  startHub,
  temporary,
} from "./support.ts";

const COUNT = Number(process.env.INGLENOOK_MALFORMED ?? 1000) || 1000;
const soon = { timeout: 90_000, interval: 50 };
/** What a process may hold more than before, MB: V8 lets its heap grow by some before it collects. */
const ROOM_MB = 40;

/** An unsecured message's header (Matter core specification 4.4) with a source node id, and a protocol header behind it. */
function opening(opcode: number, body: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt8(0x04, 0);
  header.writeUInt32LE(randomInt(2 ** 32), 4);
  randomBytes(8).copy(header, 8);
  // Initiator, wants an acknowledgement; protocol 0 is the secure channel's.
  return Buffer.concat([header, Buffer.from([0x05, opcode, randomInt(256), randomInt(256), 0, 0]), body]);
}

/** A question for PASE parameters as a commissioner sends it (4.14.1.2), in TLV. */
const question = (): Buffer =>
  Buffer.concat([
    Buffer.from([0x15, 0x30, 0x01, 0x20]),
    randomBytes(32),
    Buffer.from([0x25, 0x02, randomInt(256), randomInt(256), 0x24, 0x03, 0x00, 0x28, 0x04, 0x18]),
  ]);

const kinds: readonly (() => Buffer)[] = [
  () => randomBytes(randomInt(1, 64)),
  () => randomBytes(randomInt(64, 1280)),
  // Cut off anywhere.
  () => {
    const whole = opening(0x20, question());
    return whole.subarray(0, randomInt(1, whole.length));
  },
  // A header as it should be, and nonsense for what follows; every opcode, sigma1 (0x30) and status report (0x40) too.
  () => opening(randomInt(256), randomBytes(randomInt(0, 400))),
  () => opening(0x30, randomBytes(randomInt(0, 400))),
  // TLV that opens containers and never closes them, and a string that claims four gigabytes.
  () => opening(0x20, Buffer.alloc(800, 0x15)),
  () => opening(0x20, Buffer.from([0x15, 0x33, 0x01, 0xff, 0xff, 0xff, 0xff, 1, 2, 3])),
  // A session that does not exist, and a group's.
  () => Buffer.concat([Buffer.from([0x00, 1 + randomInt(255), randomInt(256), 0x00]), randomBytes(randomInt(4, 300))]),
  () => Buffer.concat([Buffer.from([0x06, 1 + randomInt(255), randomInt(256), 0x81]), randomBytes(randomInt(4, 300))]),
  // Larger than any Matter message may be.
  () => opening(0x20, randomBytes(randomInt(1300, 60_000))),
  () => Buffer.alloc(0),
];

/** A DNS header (RFC 1035 4.1.1) that promises more records than there are, and names that point at themselves. */
const mdns: readonly (() => Buffer)[] = [
  () => randomBytes(randomInt(1, 1200)),
  () => Buffer.concat([Buffer.from([0, 0, 0x84, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), randomBytes(60)]),
  () => Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xc0, 12, 0, 33, 0, 1, 0, 0, 0, 9, 0, 2, 0xc0, 12]),
  () =>
    Buffer.concat([
      Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 7]),
      Buffer.from("_matter\u0004_tcp\u0005local\u0000", "latin1"),
      Buffer.from([0, 12, 0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      randomBytes(20),
    ]),
];

async function send(made: () => Buffer, count: number, port: number, address = "::1"): Promise<void> {
  const socket = createSocket("udp6");
  for (let n = 0; n < count; n += 1) {
    await new Promise<void>((resolve) => socket.send(made(), port, address, () => resolve()));
    // A socket's buffer holds some hundred packets: what overflows it would be no test.
    if (n % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}

const any = (from: readonly (() => Buffer)[]) => (): Buffer => from[randomInt(from.length)]?.() ?? Buffer.alloc(0);

/** UDP ports that a process listens at, mDNS's apart; /proc/net/udp6 by the inodes of its sockets. */
function portsOf(pid: number | undefined): number[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  const ports = readFileSync(`/proc/${pid}/net/udp6`, "utf8")
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => inodes.has(fields[9] ?? ""))
    .map((fields) => Number.parseInt(fields[1]?.split(":")[1] ?? "", 16));
  return [...new Set(ports)].filter((port) => port > 0 && port !== 5353);
}

const residentOf = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

describe.skipIf(!hasMatterNetwork)(`${COUNT} malformed packets to each port`, { timeout: 120_000 }, () => {
  const folder = temporary();
  let bridge: Awaited<ReturnType<typeof bundleBridge>>;
  let built: Awaited<ReturnType<typeof bundle>>;
  let house: House;
  let hub: Hub;
  let options: DeviceOptions;
  let device: Device;
  let controller: Awaited<ReturnType<typeof startController>>;
  let peer: ClientNode;
  let id = "";
  let pids: readonly (number | undefined)[] = [];
  let turn = 0;

  /** A lamp's light goes out to the ecosystem, a plug's power comes in, and both obey. */
  const everythingWorks = async (): Promise<void> => {
    turn += 1;
    const light = endpointsOf(peer).find((e) => stateOf(e, "bridgedDeviceBasicInformation").nodeLabel !== undefined);
    for (const on of [false, true]) {
      house.say({ "mqtt-lamp/1/onOff.onOff": on });
      await vi.waitFor(() => expect(stateOf(light, "onOff").onOff).toBe(on), soon);
    }
    const asked = house.sent.length;
    await light
      ?.commandsOf("onOff")
      .off?.(undefined)
      .catch(() => undefined);
    await vi.waitFor(() => expect(house.sent.length).toBeGreaterThan(asked), soon);
    device.set({ activePower: 10 + turn });
    const power = `${id}/1/electricalPowerMeasurement.activePower`;
    await vi.waitFor(() => expect(hub.value(power)).toBe(10 + turn), soon);
    const node = hub.inputs.flatMap((input) => (input.kind === "nodeFound" ? [input.node] : [])).at(-1);
    if (!node) throw new Error("the plug is not described");
    const command = { target: { node: id, endpoint: 1 }, capability: "onOff", command: "toggle", args: {} };
    expect(await hub.adapter.send(command, node)).toEqual({ ok: true });
    expect([house.bridges.facts().pid, hub.facts().pid]).toEqual(pids);
  };

  beforeAll(async () => {
    [bridge, built] = await Promise.all([bundleBridge(), bundle("malformed")]);
    house = await startHouse(bridge.entry);
    house.add(lamp);
    house.say(lampOn);
    hub = startHub(built.entry, `${folder}/matter`);
    await house.bridges.add({ ...everything, port: anyPort() }, "Ada");
    const status = (): BridgeStatus | undefined => house.bridges.list()[0];
    await vi.waitFor(() => expect(status()?.manualCode).toMatch(/^\d{11}$/), { timeout: 180_000, interval: 50 });
    controller = await startController("Ecosystem");
    peer = await controller.pair(status() as BridgeStatus);
    options = anyDevice(built.device, "plug");
    device = await startDevice(options);
    const job = hub.pairing.start(device.code);
    const now = () => hub.pairing.jobs().find((one) => one.id === job.id);
    await vi.waitFor(() => expect([now()?.state, now()?.problem]).toEqual(["done", undefined]), {
      timeout: 180_000,
      interval: 50,
    });
    id = now()?.node ?? "";
    await vi.waitFor(() => expect(hub.reachable(id)).toBe(true), soon);
    pids = [house.bridges.facts().pid, hub.facts().pid];
    await everythingWorks();
  }, 540_000);

  afterAll(async () => {
    await Promise.all([house?.stop(), hub?.adapter.stop(), device?.stop(), controller?.close()]);
    for (const one of [bridge, built]) one?.remove();
    for (const one of [folder, options?.storage]) if (one) rmSync(one, { recursive: true, force: true });
  }, 90_000);

  test.each(["bridge", "controller"] as const)("the %s goes on as before, with no more memory", async (which) => {
    const pid = which === "bridge" ? house.bridges.facts().pid : hub.facts().pid;
    const ports = portsOf(pid);
    expect(ports.length).toBeGreaterThan(0);
    const before = residentOf(pid);
    for (const port of ports) await send(any(kinds), COUNT, port);
    await everythingWorks();
    console.info(`${which}: ${before.toFixed(0)} MB before, ${residentOf(pid).toFixed(0)} MB after`);
    expect(residentOf(pid) - before).toBeLessThan(ROOM_MB);
  });

  test("nor does nonsense by mDNS do any harm", async () => {
    await send(any(mdns), COUNT / 5, 5353, "ff02::fb%eth0");
    await everythingWorks();
    expect(hub.logged.filter((line) => line.includes("ended"))).toEqual([]);
  });

  test("and the open bridge can still be paired with", async () => {
    await house.bridges.open("1", true, "Ada");
    const [port = 0] = portsOf(house.bridges.facts().pid);
    await send(any(kinds), COUNT / 10, port);
    const status = house.bridges.list()[0] as BridgeStatus;
    const job = hub.pairing.start(status.manualCode ?? "");
    const now = () => hub.pairing.jobs().find((one) => one.id === job.id);
    await vi.waitFor(() => expect([now()?.state, now()?.problem]).toEqual(["done", undefined]), {
      timeout: 180_000,
      interval: 50,
    });
  });
});
