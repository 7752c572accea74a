/**
 * Many devices that come back at once, in virtual time: how fast, and with how many packets. With fifty:
 * INGLENOOK_DEVICES=50 npx vitest run --config vitest.long.config.ts test/adapters/matter/absence.long.ts
 */
import type { MockRouter } from "@matter/main";
import { afterAll, beforeAll, expect, test } from "vitest";
import { comeBack, goAway, HOUR, homeWith } from "./absence-home.ts";
import type { DeviceSide } from "./restarts-device.ts";
import type { House } from "./restarts-house.ts";

const DEVICES = Number(process.env.INGLENOOK_DEVICES ?? 12);
/** Handshakes of a hub that starts: the bound of its network profile, and one that is being taken over by the next. */
const AT_A_TIME = 8;
/** Of the hub for one device: a resumed session, a subscription, what it holds; nothing is said twice. */
const PACKETS_EACH = 15;
const ALL_BACK_MS = 60_000;

let home: House;
let plugs: DeviceSide[];
beforeAll(async () => {
  ({ home, plugs } = await homeWith(DEVICES));
}, 1_200_000);
afterAll(() => home?.close());

/** Handshakes that the hub has begun and not ended, by the address of the device: unsecured messages have session 0. */
function watchHandshakes(): { most: number; sent: number } {
  const open = new Set<string>();
  const seen = { most: 0, sent: 0 };
  home.air.onPacket = ({ sourceAddress, destAddress, payload }: MockRouter.Packet) => {
    if (sourceAddress !== "abcd::1" || destAddress.startsWith("ff")) return;
    seen.sent++;
    const [, low, high] = new Uint8Array(payload as Uint8Array);
    if (low === 0 && high === 0) open.add(destAddress);
    else open.delete(destAddress);
    seen.most = Math.max(seen.most, open.size);
  };
  return seen;
}

const allTrue = () => plugs.every((plug) => home.isTrue(plug));

test("devices that were away for an hour and come back at once are all true again within a minute, with a few packets each", async () => {
  plugs.forEach(goAway);
  expect(
    await home.clock.until(() => plugs.every((plug) => home.known(plug, "watts").status === "stale"), 75_000),
  ).toBe(true);
  await home.clock.run(HOUR);
  for (const plug of plugs) await plug.device?.set({ activePower: 7 });
  const seen = watchHandshakes();
  for (const plug of plugs) await comeBack(plug);
  const since = home.clock.now;
  expect(await home.clock.until(allTrue, ALL_BACK_MS)).toBe(true);
  console.info(
    `${DEVICES} back after ${home.clock.now - since} ms, ${seen.most} handshakes at most, ${seen.sent} packets`,
  );
  expect(seen.sent).toBeLessThanOrEqual(DEVICES * PACKETS_EACH);
  expect(home.lies).toEqual([]);
});

test("a hub that is started again has its devices back within a minute, a few at a time", async () => {
  home.cutHub(false);
  for (const plug of plugs) await plug.device?.set({ activePower: 8 });
  const seen = watchHandshakes();
  await home.clock.during(home.hub.start(), 10_000);
  const since = home.clock.now;
  expect(await home.clock.until(allTrue, ALL_BACK_MS)).toBe(true);
  console.info(`hub: ${home.clock.now - since} ms, ${seen.most} handshakes at most, ${seen.sent} packets`);
  expect(seen.most).toBeLessThanOrEqual(AT_A_TIME);
  expect(home.lies).toEqual([]);
});

test("a device that is away for 26 hours is stale for a day, then unknown, and true again when it is back", async () => {
  home.close();
  ({ home, plugs } = await homeWith(1));
  const [plug] = plugs;
  if (!plug) throw new Error("no plug");
  const status = () => home.known(plug, "watts").status;
  goAway(plug);
  expect(await home.clock.until(() => status() === "stale", 75_000)).toBe(true);
  expect(await home.clock.until(() => status() === "unknown", 23 * HOUR)).toBe(false);
  await home.clock.run(3 * HOUR);
  expect(status()).toBe("unknown");
  await comeBack(plug);
  expect(await home.clock.until(() => home.isTrue(plug), 15_000), home.describe(plug)).toBe(true);
  expect(home.lies).toEqual([]);
});
