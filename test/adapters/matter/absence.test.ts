import { SessionManager } from "@matter/main/protocol";
import { afterEach, expect, test } from "vitest";
import { comeBack, fault, goAway, HOUR, homeWith } from "./absence-home.ts";
import type { DeviceSide } from "./restarts-device.ts";
import type { House } from "./restarts-house.ts";

/** A device that is back announces itself. */
const BACK_MS = 15_000;
/** From the last word of a device until it is noticed that there are no more, and it is asked anew. */
const NOTICED_MS = 120_000;
/** So many packets of this home may be about a device that is away, an hour. */
const PACKETS = 300;

let house: House | undefined;
afterEach(() => house?.close());

async function one(): Promise<{ home: House; plug: DeviceSide }> {
  const { home, plugs } = await homeWith(1);
  house = home;
  const [plug] = plugs;
  if (!plug) throw new Error("no plug");
  return { home, plug };
}

test("a device that is away for an hour is stale within 75 s and all the while, and true again at once when it is back", async () => {
  const { home, plug } = await one();
  const status = () => home.known(plug, "watts").status;
  goAway(plug);
  expect(await home.clock.until(() => status() === "stale", 75_000)).toBe(true);
  const { packets } = home.air;
  expect(await home.clock.until(() => status() !== "stale", HOUR)).toBe(false);
  expect(home.air.packets - packets).toBeLessThan(PACKETS);
  await plug.device?.set({ activePower: 7 });
  await comeBack(plug);
  expect(await home.clock.until(() => home.isTrue(plug), BACK_MS), home.describe(plug)).toBe(true);
  expect(home.lies).toEqual([]);
});

test("a device that is back at another address and another port is found there", async () => {
  const { home, plug } = await one();
  home.cutDevice(plug, 200);
  plug.port = 5555;
  await home.clock.run(HOUR);
  await home.clock.during(plug.start(), 1000);
  expect(await home.clock.until(() => home.isTrue(plug), BACK_MS), home.describe(plug)).toBe(true);
  expect(home.lies).toEqual([]);
});

test("a device that is at another of its addresses alone is found there, and says nothing false meanwhile", async () => {
  const { home, plug } = await one();
  const { network } = plug.machine;
  network.addAddr("abcd::beef");
  network.defaultRoute = "abcd::beef";
  await fault(plug, { kind: "interface", address: "abcd::beef" });
  await plug.device?.set({ activePower: 9 });
  expect(await home.clock.until(() => home.isTrue(plug), NOTICED_MS), home.describe(plug)).toBe(true);
  expect(home.lies).toEqual([]);
});

test("a device whose reports name a subscription that nobody has is asked for another", async () => {
  const { home, plug } = await one();
  const before = subscriptionsOf(plug);
  await fault(plug, { kind: "wrongSubscription" });
  await plug.device?.set({ activePower: 9 });
  expect(await home.clock.until(() => home.isTrue(plug), NOTICED_MS), home.describe(plug)).toBe(true);
  const [fresh, ...others] = subscriptionsOf(plug);
  expect([others, before.includes(fresh ?? 0)]).toEqual([[], false]);
  expect(home.lies).toEqual([]);
});

const subscriptionsOf = ({ device }: DeviceSide): number[] =>
  [...(device?.node.env.get(SessionManager).sessions ?? [])].flatMap(({ subscriptions }) =>
    [...subscriptions].map(({ subscriptionId }) => subscriptionId),
  );
