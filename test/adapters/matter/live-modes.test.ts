/** Every cluster of modes at a real node: its labels are chosen, and what it refuses is told in its own words. */
import { type ClusterBehavior, Endpoint, ServerNode } from "@matter/main";
import { DeviceEnergyManagementModeBehavior } from "@matter/main/behaviors/device-energy-management-mode";
import { DishwasherModeBehavior } from "@matter/main/behaviors/dishwasher-mode";
import { LaundryWasherModeBehavior } from "@matter/main/behaviors/laundry-washer-mode";
import { ModeSelectBehavior } from "@matter/main/behaviors/mode-select";
import { RefrigeratorAndTemperatureControlledCabinetModeBehavior } from "@matter/main/behaviors/refrigerator-and-temperature-controlled-cabinet-mode";
import { RvcCleanModeBehavior } from "@matter/main/behaviors/rvc-clean-mode";
import { RvcRunModeBehavior } from "@matter/main/behaviors/rvc-run-mode";
import { OnOffPlugInUnitDevice } from "@matter/main/devices/on-off-plug-in-unit";
import { afterEach, expect, test } from "vitest";
import { Line } from "./live-commands-line.ts";
import { House } from "./restarts-house.ts";

const clusters: Readonly<Record<string, ClusterBehavior.Type>> = {
  modeSelect: ModeSelectBehavior,
  laundryWasherMode: LaundryWasherModeBehavior,
  refrigeratorAndTemperatureControlledCabinetMode: RefrigeratorAndTemperatureControlledCabinetModeBehavior,
  rvcRunMode: RvcRunModeBehavior,
  rvcCleanMode: RvcCleanModeBehavior,
  dishwasherMode: DishwasherModeBehavior,
  deviceEnergyManagementMode: DeviceEnergyManagementModeBehavior,
};

/** Mode 3 is one that the device has and does not take now. */
const STUCK = 3;
const supportedModes = [
  { mode: 1, label: "Usual", modeTags: [{ value: 0 }], semanticTags: [] },
  { mode: 2, label: "Other", modeTags: [{ value: 0 }], semanticTags: [] },
  { mode: STUCK, label: "Stuck", modeTags: [{ value: 1 }], semanticTags: [] },
];

/** A server that takes any mode but the stuck one, and says why not (ChangeToModeResponse, 1.10.7.2). */
function serverOf(behavior: ClusterBehavior.Type): ClusterBehavior.Type {
  class Server extends behavior {}
  Object.defineProperty(Server.prototype, "changeToMode", {
    value(this: { state: { currentMode: number } }, { newMode }: { newMode: number }) {
      if (newMode === STUCK) return { status: 3, statusText: "the door is open" };
      this.state.currentMode = newMode;
      return { status: 0, statusText: "" };
    },
  });
  return Server;
}

let house: House | undefined;
afterEach(() => house?.close());

test("the modes of each cluster are chosen by their label", async () => {
  house = new House(1);
  const { clock } = house;
  const { environment } = house.machine(20);
  const commissioning = { passcode: 20_202_099, discriminator: 99 };
  const node = await clock.during(ServerNode.create({ id: "modes", environment, commissioning }), 10_000);
  for (const [id, behavior] of Object.entries(clusters)) {
    const only = id === "modeSelect" ? { description: "Choice", standardNamespace: null } : {};
    const type = OnOffPlugInUnitDevice.with(serverOf(behavior));
    const endpoint = new Endpoint(type, { id, [id]: { supportedModes, currentMode: 1, ...only } });
    await clock.during(node.add(endpoint), 10_000);
  }
  await clock.during(node.start(), 10_000);
  const line = await Line.pair(house, node.state.commissioning.pairingCodes.manualPairingCode);
  for (const id of Object.keys(clusters)) {
    expect([id, await line.send(id, "changeToMode", { newMode: "Other" })]).toEqual([id, { ok: true }]);
    await line.shows(id, { currentMode: "Other" });
    const refused = await line.send(id, "changeToMode", { newMode: "Stuck" });
    // Mode Select has no response that could say why.
    if (id !== "modeSelect")
      expect([id, refused]).toEqual([id, { ok: false, reason: expect.stringContaining("door") }]);
  }
});
