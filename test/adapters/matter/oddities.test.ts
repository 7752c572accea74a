import { randomInt } from "node:crypto";
import { rmSync } from "node:fs";
import { Endpoint, Environment, Logger, LogLevel, ServerNode, VendorId } from "@matter/main";
import { DishwasherModeServer } from "@matter/main/behaviors/dishwasher-mode";
import { OnOffServer } from "@matter/main/behaviors/on-off";
import { SwitchServer } from "@matter/main/behaviors/switch";
import { GenericSwitchDevice } from "@matter/main/devices/generic-switch";
import { type ClusterModel, Matter } from "@matter/main/model";
import { ClusterBehavior, MutableEndpoint, SupportedBehaviors } from "@matter/main/node";
import { ClusterType, DeviceTypeId } from "@matter/main/types";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { pathKey } from "../../../hub/model/path.ts";
import { bundle, type Hub, hasMatterNetwork, startHub, temporary } from "./support.ts";

const soon = { timeout: 60_000, interval: 20 };

/** A cluster that only its maker knows, with a list of structs: made like the standard's labels under a number of its own. */
function makersCluster(): ClusterBehavior.Type {
  const like = Matter.clusters("FixedLabel");
  if (!like) throw new Error("the standard has no such cluster");
  // The library's own types do not hold under exact optional properties.
  const made: ClusterModel = Reflect.apply(like.clone, like, []);
  Object.assign(made, { id: 0xfff1fc00, name: "MakersGlow" });
  const make: (model: ClusterModel) => object = ClusterType;
  return ClusterBehavior.for(make(made) as ClusterBehavior.Type["cluster"]);
}
const MakersGlow = makersCluster();

/** A kind that no library names, which takes a programme by its own labels and carries its maker's own cluster. */
const Odd = MutableEndpoint({
  name: "OddThing",
  deviceType: 0xfff10007,
  deviceRevision: 1,
  behaviors: SupportedBehaviors(OnOffServer, DishwasherModeServer, MakersGlow),
});
const Button = GenericSwitchDevice.with(
  SwitchServer.with("MomentarySwitch", "MomentarySwitchRelease", "MomentarySwitchMultiPress"),
);

describe.skipIf(!hasMatterNetwork)("a device that is like no other", { timeout: 90_000 }, () => {
  const folders = { hub: temporary(), device: temporary() };
  let built: Awaited<ReturnType<typeof bundle>>;
  let hub: Hub;
  let device: ServerNode;
  let button: Endpoint<typeof Button>;
  let id = "";

  const described = (): NodeDescription | undefined =>
    hub.inputs.flatMap((input) => (input.kind === "nodeFound" && input.node.id === id ? [input.node] : [])).at(-1);
  const press = async (): Promise<void> => {
    await button.setStateOf(SwitchServer, { rawPosition: 1 } as object);
    await button.setStateOf(SwitchServer, { rawPosition: 0 } as object);
  };
  const pressed = () =>
    hub.inputs
      .flatMap((input) => (input.kind === "readings" ? input.readings : []))
      .filter(({ path }) => pathKey(path) === `${id}/2/switch.event`)
      .map(({ value }) => value);

  beforeAll(async () => {
    Logger.level = LogLevel.ERROR;
    built = await bundle();
    hub = startHub(built.entry, `${folders.hub}/matter`);
    Environment.default.vars.set("storage", { driver: "file", path: folders.device });
    device = await ServerNode.create({
      id: "odd",
      network: { port: 0 },
      commissioning: { passcode: randomInt(20_000_000, 80_000_000), discriminator: randomInt(4096) },
      productDescription: { name: "Odd", deviceType: DeviceTypeId(0x010a) },
      basicInformation: {
        vendorId: VendorId(0xfff1),
        vendorName: "Maker",
        productId: 0x8001,
        productName: "Odd",
        serialNumber: `ODD${randomInt(1e9)}`,
      },
    });
    const supportedModes = [
      { label: "Eco", mode: 1, modeTags: [{ value: 0x4000 }] },
      { label: "Pots", mode: 2, modeTags: [{ value: 0x4001 }] },
    ];
    const odd = new Endpoint(Odd, {
      id: "odd",
      number: 1,
      dishwasherMode: { supportedModes, currentMode: 1 },
    } as object);
    await device.add(odd);
    await odd.setStateOf(MakersGlow, { labelList: [{ label: "glow", value: "7" }] } as object);
    button = new Endpoint(Button, {
      id: "button",
      number: 2,
      switch: { numberOfPositions: 2, currentPosition: 0, multiPressMax: 3, momentaryNeutralPosition: 0 },
    });
    await device.add(button);
    await device.start();
    // Before anybody listens: this press is nobody's any more.
    await press();
    const { id: pairing } = hub.pairing.start(device.state.commissioning.pairingCodes.manualPairingCode);
    const job = () => hub.pairing.jobs().find((candidate) => candidate.id === pairing);
    await vi.waitFor(() => expect(job()?.state).toBe("done"), { timeout: 135_000, interval: 50 });
    id = job()?.node ?? "";
    await vi.waitFor(() => expect(hub.reachable(id)).toBe(true), soon);
  }, 240_000);

  afterAll(async () => {
    await Promise.all([hub?.adapter.stop(), device?.close()]);
    built?.remove();
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  test("is shown under its number, with its maker's own values readable", async () => {
    const odd = described()?.endpoints.find(({ number }) => number === 1);
    expect(odd?.deviceTypes).toEqual(["unknown0xfff10007"]);
    expect(Object.keys(odd?.capabilities.vendor?.attributes ?? {})).toContain("Cluster$fff1fc00.attr$0");
    const glow = () => hub.value(`${id}/1/vendor.Cluster$fff1fc00.attr$0`);
    await vi.waitFor(() => expect(glow()).toMatch(/^\[\{.*"glow".*"7".*\}\]$/), soon);
  });

  test("takes a mode by its own label and refuses one that it has not", async () => {
    const mode = described()?.endpoints.find(({ number }) => number === 1)?.capabilities.dishwasherMode;
    expect(mode?.commands.changeToMode?.args).toEqual({ newMode: { type: "enum", values: ["Eco", "Pots"] } });
    const choose = (newMode: string) => {
      const node = described();
      if (!node) throw new Error("not described");
      const target = { node: id, endpoint: 1 };
      return hub.adapter.send(
        { target, capability: "dishwasherMode", command: "changeToMode", args: { newMode } },
        node,
      );
    };
    expect(await choose("Pots")).toEqual({ ok: true });
    await vi.waitFor(() => expect(hub.value(`${id}/1/dishwasherMode.currentMode`)).toBe("Pots"), soon);
    expect(await choose("Turbo")).toMatchObject({ ok: false });
  });

  test("tells each press as it happens, and none that happened before anybody listened", async () => {
    expect(pressed()).toEqual([]);
    await press();
    await vi.waitFor(() => expect(pressed()).toContain("singlePress"), soon);
    await press();
    await press();
    await vi.waitFor(() => expect(pressed()).toContain("doublePress"), soon);
    expect(pressed().filter((value) => value === "singlePress")).toHaveLength(1);
  });

  test("tells nobody of the presses that were made while the hub was away", async () => {
    await hub.adapter.stop();
    await press();
    hub = startHub(built.entry, `${folders.hub}/matter`);
    await vi.waitFor(() => expect(hub.reachable(id)).toBe(true), { timeout: 120_000, interval: 20 });
    await press();
    await press();
    await press();
    await vi.waitFor(() => expect(pressed()).toContain("triplePress"), soon);
    expect(pressed()).not.toContain("singlePress");
  });
});
