import { cpSync } from "node:fs";
import type { ClientNode } from "@matter/main";
import { Read } from "@matter/main/protocol";
import { describe, expect, test, vi } from "vitest";
import { climate, lamp, lampOn } from "./bridge-devices.ts";
import { ends, houseWith, labelled, late, paired, reachable, soon } from "./bridge-scene.ts";
import { endpointsOf, startController, stateOf } from "./bridge-support.ts";
import { hasMatterNetwork, temporary } from "./support.ts";

describe.skipIf(!hasMatterNetwork)("the pairing of the house with another ecosystem", { timeout: 120_000 }, () => {
  test("keeps its numbers, marks and pairing over a restart and on another path", async () => {
    const house = await houseWith([lamp, climate]);
    house.say(lampOn);
    const { peer, status } = await paired(house);
    await vi.waitFor(() => expect(reachable(peer, "Reading lamp")).toBe(true), soon);
    const before = seen(peer);
    await house.stop();
    ends.splice(0, 1);
    const moved = temporary();
    cpSync(house.folder, moved, { recursive: true });
    const again = await houseWith([climate, lamp], moved);
    await vi.waitFor(() => expect(again.bridges.list()[0]).toMatchObject({ state: "online" }), late);
    const [kept] = again.bridges.list();
    expect(kept).toMatchObject({ openUntil: 0, manualCode: status.manualCode, fabrics: [{ label: "Test home" }] });
    again.say({ ...lampOn, "mqtt-lamp/1/levelControl.currentLevel": 60 });
    await reread(peer);
    await vi.waitFor(
      () => expect(stateOf(labelled(peer, "Reading lamp"), "levelControl").currentLevel).toBe(152),
      soon,
    );
    expect(seen(peer)).toEqual(before);
  });

  test("is opened and closed on a person's word", async () => {
    const house = await houseWith([lamp]);
    const { status } = await paired(house);
    const { id } = status.settings;
    await vi.waitFor(() => expect(house.bridges.list()[0]?.fabrics).toHaveLength(1), soon);
    expect(house.bridges.list()[0]?.openUntil).toBe(0);
    const opened = await house.bridges.open(id, true, "Ada");
    expect(opened?.openUntil).toBeGreaterThan(Date.now() + 14 * 60_000);
    const second = await startController("Grandma");
    ends.push(() => second.close());
    const peer = await second.pair(opened ?? status);
    await vi.waitFor(() => expect(labelled(peer, "Reading lamp")).toBeDefined(), soon);
    await vi.waitFor(() => expect(house.bridges.list()[0]?.fabrics).toHaveLength(2), soon);
    expect((await house.bridges.open(id, true, "Ada"))?.openUntil).toBeGreaterThan(0);
    expect((await house.bridges.open(id, false, "Ada"))?.openUntil).toBe(0);
    const [first] = house.bridges.list()[0]?.fabrics ?? [];
    await house.bridges.removeFabric(id, first?.index ?? 0, "Ada");
    await vi.waitFor(() => expect(house.bridges.list()[0]?.fabrics.map((f) => f.label)).toEqual(["Grandma"]), soon);
  });

  test("can be paired anew when its last controller is gone, with the same devices under the same numbers", async () => {
    const house = await houseWith([lamp]);
    house.say(lampOn);
    const { status, peer } = await paired(house);
    const { id } = status.settings;
    await vi.waitFor(() => expect(reachable(peer, "Reading lamp")).toBe(true), soon);
    const before = seen(peer);
    await house.bridges.removeFabric(id, house.bridges.list()[0]?.fabrics[0]?.index ?? 0, "Ada");
    await vi.waitFor(() => expect(house.bridges.list()[0]).toMatchObject({ state: "online", fabrics: [] }), soon);
    const free = await house.bridges.open(id, true, "Ada");
    expect(free?.openUntil).toBeGreaterThan(0);
    const third = await startController("Third");
    ends.push(() => third.close());
    const anew = await third.pair(free ?? status);
    await vi.waitFor(() => expect(reachable(anew, "Reading lamp")).toBe(true), soon);
    expect(seen(anew)).toEqual(before);
  });
});

/** Reads everything again, by a new session: the old one ended with the bridge's process. */
async function reread(peer: ClientNode): Promise<void> {
  const request = Read({ fabricFilter: true, attributes: [{}] });
  const whole = async () => {
    for await (const _ of peer.interaction.read(request));
  };
  // The first may find that the old session is over, the second begins another.
  await whole().catch(whole);
}

/** Numbers, device types and marks of everything that a controller sees. */
const seen = (peer: ClientNode) =>
  endpointsOf(peer).map((e) => {
    const { uniqueId, serialNumber, nodeLabel } = stateOf(e, "bridgedDeviceBasicInformation");
    return { number: e.number, uniqueId, serialNumber, nodeLabel };
  });
