import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { pastCadence } from "../../firmware-sim/devices/device.ts";
import { buildDevices } from "../../firmware-sim/devices/index.ts";
import { demoHome } from "../../firmware-sim/homes/demo.ts";
import { MatterProcess } from "../../firmware-sim/wire/matter-process.ts";
import { World } from "../../firmware-sim/world.ts";

const folder = mkdtempSync(join(tmpdir(), "sim-matter-"));
const program = join(folder, "node.mjs");

// Stands in for the Matter stack only: a real process that keeps to the same messages.
const standIn = `
process.send({ ready: true, manualPairingCode: process.argv.includes("SIM-THERM-0019") ? "123" : "no" });
process.send({ state: { occupiedHeatingSetpoint: 5, systemMode: "heat" } });
process.on("message", ({ set }) => {
  if (set.crash) process.exit(3);
  process.send({ state: { occupiedHeatingSetpoint: set.occupiedHeatingSetpoint - 0.5, systemMode: "heat" } });
});
process.once("disconnect", () => process.exit(0));
`;

beforeAll(() => {
  writeFileSync(program, standIn);
  vi.stubEnv("INGLENOOK_MATTER_DEVICE", program);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("a setpoint changed over Matter reaches the house, what the node remembered does not, and a crash is mended", async () => {
  const world = new World(1, demoHome.params, Date.parse("2026-11-03T12:00:00Z"));
  const device = buildDevices(demoHome.devices, pastCadence).matter.find(({ kind }) => kind === "thermostat");
  if (!device) throw new Error("the demo home has a thermostat");
  const errors: string[] = [];
  let readied = 0;
  const node: MatterProcess = new MatterProcess(device, {
    storage: folder,
    port: 0,
    onState: (state) => device.changed(state, world),
    onReady: () => {
      readied++;
    },
    onError: (message) => errors.push(message),
  });
  expect(await node.pairingCode).toBe("123");
  await vi.waitFor(() => expect(readied).toBe(1));
  expect(world.state.thermostat.setpoint).toBe(21);

  node.show(device.everything(world));
  await vi.waitFor(() => expect(world.state.thermostat.setpoint).toBe(20.5));

  node.show({ crash: true });
  await vi.waitFor(() => expect(readied).toBe(2), { timeout: 30_000, interval: 50 });
  expect(errors.join()).toContain("starting it again");
  await node.end();
});
