import type { ClientNode } from "@matter/main";
import { OnOff } from "@matter/main/clusters/on-off";
import { FabricManager, Invoke, PeerAddress } from "@matter/main/protocol";
import { FabricIndex, GroupId, NodeId } from "@matter/main/types";
import { describe, expect, test, vi } from "vitest";
import { device, lamp, lampOn, plug, switching } from "./bridge-devices.ts";
import { houseWith, labelled, late, paired, reachable, soon } from "./bridge-scene.ts";
import { type House, stateOf } from "./bridge-support.ts";
import { hasMatterNetwork } from "./support.ts";

const second = device("mqtt-second", "Second lamp", "onOffLight", { onOff: switching });

const GROUP = GroupId(7);
const KEYS = 42;

/** As a controller makes a group of lamps: the key to the bridge, the right to speak, the lamps as members. */
async function grouped(peer: ClientNode, controller: { readonly node: ClientNode["owner"] & object }) {
  const keys = {
    groupKeySetId: KEYS,
    groupKeySecurityPolicy: 0,
    epochKey0: new Uint8Array(16).fill(9),
    epochStartTime0: 946_684_800_000_001,
    ...{ epochKey1: null, epochStartTime1: null, epochKey2: null, epochStartTime2: null },
    groupKeyMulticastPolicy: 0,
  };
  await peer.commandsOf("groupKeyManagement").keySetWrite?.({ groupKeySet: keys });
  await peer.setStateOf("groupKeyManagement", {
    groupKeyMap: [{ groupId: GROUP, groupKeySetId: KEYS, fabricIndex: FabricIndex(1) }],
  });
  const acl = stateOf(peer, "accessControl").acl;
  const all = Array.isArray(acl) ? acl : [];
  const may = { privilege: 3, authMode: 3, subjects: [NodeId(GROUP)], targets: null };
  await peer.setStateOf("accessControl", { acl: [...all, { ...may, fabricIndex: FabricIndex(1) }] });
  const [own] = controller.node.env.get(FabricManager).fabrics;
  if (!own) throw new Error("the controller has no fabric");
  await own.groups.setFromGroupKeySet(keys);
  own.groups.groupKeyIdMap.set(GROUP, KEYS);
  return own.fabricIndex;
}

describe.skipIf(!hasMatterNetwork)("a group of another ecosystem", { timeout: 120_000 }, () => {
  test("is told once and moves every lamp in it and no other", async () => {
    const house = await houseWith([lamp, second, plug]);
    house.say({ ...lampOn, "mqtt-second/1/onOff.onOff": true, "mqtt-plug/1/onOff.onOff": true });
    const { peer, controller } = await paired(house);
    await vi.waitFor(() => {
      for (const name of ["Reading lamp", "Second lamp", "Kettle"]) expect(reachable(peer, name)).toBe(true);
    }, soon);
    const fabricIndex = await grouped(peer, controller);
    for (const name of ["Reading lamp", "Second lamp"]) {
      const groups = labelled(peer, name)?.commandsOf("groups") ?? {};
      expect(await groups.addGroup?.({ groupId: GROUP, groupName: "Hall" })).toMatchObject({ status: 0 });
      expect(await groups.viewGroup?.({ groupId: GROUP })).toMatchObject({ status: 0, groupName: "Hall" });
    }
    const group = await controller.node.peers.forAddress(
      PeerAddress({ fabricIndex, nodeId: NodeId.fromGroupId(GROUP) }),
    );
    const both = ["mqtt-lamp", "mqtt-second"];
    const speak = async (to: House) => {
      to.sent.length = 0;
      const off = Invoke({ commands: [{ cluster: OnOff, command: "off" }] });
      for await (const _ of group.interaction.invoke({ ...off, suppressResponse: true }));
      await vi.waitFor(() => expect([...new Set(to.sent.map((c) => c.target.node))].sort()).toEqual(both), soon);
    };
    await speak(house);
    // The bridge's process is another: it still is of the group.
    const { pid } = house.bridges.facts();
    process.kill(pid ?? 0, "SIGKILL");
    await vi.waitFor(() => expect(house.bridges.facts().pid).not.toBe(pid), late);
    await vi.waitFor(() => expect(house.bridges.list()[0]).toMatchObject({ state: "online" }), late);
    house.say({ ...lampOn, "mqtt-second/1/onOff.onOff": true, "mqtt-plug/1/onOff.onOff": true });
    // Nobody answers for a group: until all lamps are there again, one that is not hears nothing.
    await vi.waitFor(() => speak(house), { ...late, timeout: 120_000 });
  });
});
