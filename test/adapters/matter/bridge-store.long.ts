import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientNode } from "@matter/main";
import { Read } from "@matter/main/protocol";
import { describe, expect, test, vi } from "vitest";
import { climate, lamp, lampOn } from "./bridge-devices.ts";
import { ends, houseWith, labelled, late, paired, reachable, soon } from "./bridge-scene.ts";
import { endpointsOf, type House, startController, stateOf } from "./bridge-support.ts";
import { hasMatterNetwork } from "./support.ts";

/** How often the process is killed in the middle of a change; the full run: INGLENOOK_BRIDGE_KILLS=20 npx vitest run -c vitest.long.config.ts test/adapters/matter/bridge-store.long.ts */
const KILLS = Number(process.env.INGLENOOK_BRIDGE_KILLS ?? 2);

const numbersOf = (peer: ClientNode) =>
  endpointsOf(peer).map((e) => `${e.number} ${String(stateOf(e, "bridgedDeviceBasicInformation").uniqueId)}`);
const fabricsOf = (house: House) => house.bridges.list()[0]?.fabrics.map((f) => f.label) ?? [];
const isOnline = (house: House) =>
  vi.waitFor(() => expect(house.bridges.list()[0]).toMatchObject({ state: "online" }), late);
const copied = (house: House, fabrics: number) =>
  vi.waitFor(() => {
    const copy = join(house.folder, "matter-bridge-backup", "bridge-1", "fabrics.fabrics");
    expect(JSON.parse(readFileSync(copy, "utf8"))).toHaveLength(fabrics);
  }, soon);

/** The bridge as the other app sees it now: everything read anew. */
async function seenBy(peer: ClientNode): Promise<string[]> {
  const whole = async () => {
    for await (const _ of peer.interaction.read(Read({ fabricFilter: true, attributes: [{}] })));
  };
  await whole().catch(whole);
  return numbersOf(peer);
}

describe.skipIf(!hasMatterNetwork)("the store of a bridge", { timeout: 180_000 }, () => {
  test("comes back from damage and loss by itself: nobody pairs again, numbers stay, and the house is told", async () => {
    let house = await houseWith([lamp, climate]);
    house.say(lampOn);
    const { peer } = await paired(house);
    await vi.waitFor(() => expect(reachable(peer, "Reading lamp")).toBe(true), soon);
    await copied(house, 1);
    const before = await seenBy(peer);
    expect(before.length).toBeGreaterThan(4);
    const storage = join(house.folder, "matter-bridge");
    const after = async (harm: () => void): Promise<string[]> => {
      await house.stop();
      ends.pop();
      harm();
      house = await houseWith([lamp, climate], house.folder);
      await isOnline(house);
      expect(fabricsOf(house)).toEqual(["Test home"]);
      house.say(lampOn);
      expect(await seenBy(peer)).toEqual(before);
      await copied(house, 1);
      return house.problems;
    };
    // The controller's end must come last, the house's before it.
    const [first, ...rest] = ends.splice(0);
    ends.push(...rest, first ?? (() => undefined));
    const half = await after(() => {
      writeFileSync(join(storage, "bridge-1", "fabrics.fabrics"), "");
      writeFileSync(join(storage, "bridge-1", "root.operationalCredentials.nocs"), '[{"noc":');
      rmSync(join(storage, "bridge-1", "root.commissioning.passcode"));
      writeFileSync(join(storage, "numbers.json"), '{"version":1,"bri');
    });
    expect(half.join()).toContain("The store of the Matter bridge Everything was damaged (3 files");
    expect(readdirSync(`${storage}-damaged/bridge-1`).sort()).toEqual([
      "fabrics.fabrics",
      "root.operationalCredentials.nocs",
    ]);
    const whole = await after(() => rmSync(storage, { recursive: true }));
    expect(whole.join()).toContain("No other app has to be paired again");
    expect(await after(() => undefined)).toEqual([]);
  });

  test("has a copy of what another app changed by itself, and a kill in the middle of a change loses no pairing", async () => {
    const house = await houseWith([lamp]);
    house.say(lampOn);
    const { peer, status } = await paired(house, "First");
    const { id } = status.settings;
    await vi.waitFor(() => expect(reachable(peer, "Reading lamp")).toBe(true), soon);
    const before = await seenBy(peer);
    const open = await house.bridges.open(id, true, "Ada");
    const other = await startController("Second");
    ends.push(() => other.close());
    const theirs = await other.pair(open ?? status);
    await copied(house, 2);
    // The other app leaves on its own: the hub asked for nothing.
    await theirs.decommission();
    await vi.waitFor(() => expect(fabricsOf(house)).toEqual(["First"]), soon);
    await copied(house, 1);
    for (let kill = 0; kill < KILLS; kill++) {
      const { pid } = house.bridges.facts();
      if (pid === undefined) throw new Error("the bridge's process does not run");
      const opened = await house.bridges.open(id, true, "Ada");
      const third = await startController(`Third ${kill}`);
      const pairing = third.pair(opened ?? status).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 150 + kill * 350));
      process.kill(pid, "SIGKILL");
      await vi.waitFor(() => expect(house.bridges.facts().pid).not.toBe(pid), late);
      await isOnline(house);
      expect(fabricsOf(house)).toContain("First");
      expect(await seenBy(peer)).toEqual(before);
      await vi.waitFor(() => expect(labelled(peer, "Reading lamp")).toBeDefined(), soon);
      await Promise.race([pairing, new Promise((resolve) => setTimeout(resolve, 1000))]);
      void third.close().catch(() => undefined);
    }
    expect(house.problems).toEqual([]);
    expect(existsSync(join(house.folder, "matter-bridge-backup", "numbers.json"))).toBe(true);
  });

  test("of a removed bridge does not come back to a new one", async () => {
    const house = await houseWith([lamp]);
    const { status } = await paired(house);
    await copied(house, 1);
    house.bridges.remove(status.settings.id, "Ada");
    await vi.waitFor(() => {
      for (const folder of ["matter-bridge", "matter-bridge-backup"])
        expect(existsSync(join(house.folder, folder, "bridge-1", "fabrics.fabrics"))).toBe(false);
    }, soon);
  });
});
