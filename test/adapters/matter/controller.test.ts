import { existsSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { NodeDescription } from "../../../hub/model/node.ts";
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

const soon = { timeout: 60_000, interval: 20 };

/** A code with a right check digit for the same device but another passcode. */
async function wrongCodeFor({ discriminator, passcode }: DeviceOptions): Promise<string> {
  const { ManualPairingCodeCodec } = await import("@matter/main/types");
  return ManualPairingCodeCodec.encode({ discriminator, passcode: passcode + 1 });
}

if (!hasMatterNetwork)
  console.warn("SKIPPED: no network interface with an IPv6 link-local address (fe80::), so Matter can't be tried here");

describe.skipIf(!hasMatterNetwork)("a plug and a thermostat on the network", { timeout: 120_000 }, () => {
  let built: Awaited<ReturnType<typeof bundle>>;
  let hub: Hub;
  let plugOptions: DeviceOptions;
  let thermostatOptions: DeviceOptions;
  let plug: Device;
  let thermostat: Device;
  const storage = `${temporary()}/matter`;
  const ids = { plug: "", thermostat: "" };

  const pair = async (code: string) => {
    const { id } = hub.pairing.start(code);
    const job = () => hub.pairing.jobs().find((candidate) => candidate.id === id);
    await vi.waitFor(() => expect(job()?.state).not.toBe("running"), { timeout: 180_000, interval: 20 });
    return job();
  };
  const found = (node: string): NodeDescription | undefined =>
    hub.inputs.flatMap((input) => (input.kind === "nodeFound" && input.node.id === node ? [input.node] : [])).at(-1);
  const send = (node: string, capability: string, command: string, args = {}) => {
    const description = found(node);
    if (!description) throw new Error(`${node} is not described`);
    return hub.adapter.send({ target: { node, endpoint: 1 }, capability, command, args }, description);
  };

  beforeAll(async () => {
    built = await bundle();
    hub = startHub(built.entry, storage);
    plugOptions = anyDevice(built.device, "plug");
    thermostatOptions = anyDevice(built.device, "thermostat");
    [plug, thermostat] = await Promise.all([startDevice(plugOptions), startDevice(thermostatOptions)]);
  }, 180_000);

  afterAll(async () => {
    await Promise.all([hub?.adapter.stop(), plug?.stop(), thermostat?.stop()]);
    built?.remove();
    for (const folder of [storage, plugOptions?.storage, thermostatOptions?.storage])
      if (folder) rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  test("a code that can't be one is refused at once, and the refusal does not repeat it", async () => {
    const job = hub.pairing.start("12345678901");
    expect(job).toMatchObject({ state: "failed" });
    expect(job.problem).toMatch(/^code: .*check digit/);
    expect(JSON.stringify(job)).not.toContain("12345678901");
  });

  test("a wrong code fails within seconds and says what to try", async () => {
    const startedAt = performance.now();
    const job = await pair(await wrongCodeFor(plugOptions));
    expect(job).toMatchObject({ state: "failed" });
    expect(job?.problem).toContain("refused the pairing code");
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });

  test("both are paired by their codes, step by step, and described in the house's words", async () => {
    const startedAt = performance.now();
    const first = await pair(plug.code);
    const took = performance.now() - startedAt;
    const second = await pair(thermostat.code);
    expect(first).toMatchObject({ state: "done", step: "Paired" });
    expect(second).toMatchObject({ state: "done" });
    ids.plug = first?.node ?? "";
    ids.thermostat = second?.node ?? "";
    expect(ids.plug).toBe(`matter-fff1-8001-${plug.serial.toLowerCase()}`);
    expect(hub.steps).toContain("Looking for the device on the network");
    expect(hub.steps).toContain("Paired; reading what the device can do");
    expect(found(ids.plug)?.endpoints).toMatchObject([
      {
        number: 1,
        deviceTypes: ["onOffPlugInUnit", "electricalSensor"],
        capabilities: {
          onOff: { commands: { on: {}, off: {}, toggle: {} } },
          electricalPowerMeasurement: { attributes: { activePower: {} } },
          electricalEnergyMeasurement: { attributes: { cumulativeEnergyImported: {} } },
        },
      },
    ]);
    expect(
      found(ids.thermostat)?.endpoints[0]?.capabilities.thermostat?.attributes.occupiedHeatingSetpoint,
    ).toMatchObject({
      writable: true,
      type: { min: 7, max: 30 },
    });
    expect(existsSync(`${storage}-backup`)).toBe(true);
    console.info(`commissioned in ${Math.round(took)} ms; controller process ${Math.round(hub.facts().rss / 1e6)} MB`);
  });

  test("no pairing code and no passcode is in the log", () => {
    const text = hub.logged.join("\n");
    for (const secret of [plug.code, thermostat.code, plugOptions.passcode, thermostatOptions.passcode])
      expect(text).not.toContain(String(secret));
  });

  test("what the plug measures reaches the house in watts and kilowatt hours", async () => {
    plug.set({ activePower: 61.25, voltage: 231.4, activeCurrent: 0.28, energyImported: 123.456789 });
    const power = `${ids.plug}/1/electricalPowerMeasurement.activePower`;
    await vi.waitFor(() => expect(hub.value(power)).toBe(61.25), soon);
    const energy = `${ids.plug}/1/electricalEnergyMeasurement.cumulativeEnergyImported`;
    await vi.waitFor(() => expect(hub.value(energy)).toBe(123.456789), soon);
    expect(hub.value(`${ids.plug}/1/electricalPowerMeasurement.voltage`)).toBe(231.4);
  });

  test("a command ends in a reading, also when it changes nothing", async () => {
    const key = `${ids.plug}/1/onOff.onOff`;
    expect(await send(ids.plug, "onOff", "on")).toEqual({ ok: true });
    await vi.waitFor(() => expect(hub.value(key)).toBe(true), soon);
    await vi.waitFor(() => expect(plug.states.at(-1)).toEqual({ onOff: true }), soon);
    expect(await send(ids.plug, "onOff", "off")).toEqual({ ok: true });
    await vi.waitFor(() => expect(hub.value(key)).toBe(false), soon);
    const before = hub.inputs.length;
    expect(await send(ids.plug, "onOff", "off")).toEqual({ ok: true });
    await vi.waitFor(() => {
      const later = hub.inputs.slice(before).flatMap((input) => (input.kind === "readings" ? input.readings : []));
      expect(later.some((reading) => reading.path.capability === "onOff" && reading.value === false)).toBe(true);
    }, soon);
  });

  test("a setpoint is written and read back; one outside the device's range is refused with the reason", async () => {
    const key = `${ids.thermostat}/1/thermostat.occupiedHeatingSetpoint`;
    expect(await send(ids.thermostat, "thermostat", "set", { occupiedHeatingSetpoint: 21.5 })).toEqual({ ok: true });
    await vi.waitFor(() => expect(hub.value(key)).toBe(21.5), soon);
    await vi.waitFor(() => expect(thermostat.states.at(-1)).toMatchObject({ occupiedHeatingSetpoint: 21.5 }), soon);
    expect(await send(ids.thermostat, "thermostat", "set", { occupiedHeatingSetpoint: 40 })).toMatchObject({
      ok: false,
    });
    thermostat.set({ localTemperature: 20.38, demand: 40 });
    await vi.waitFor(() => expect(hub.value(`${ids.thermostat}/1/thermostat.localTemperature`)).toBe(20.38), soon);
    await vi.waitFor(
      () => expect(hub.value(`${ids.thermostat}/1/thermostat.thermostatRunningMode`)).toBe("heat"),
      soon,
    );
  });

  test("a device that restarts is unreachable and then back, with its state and without a new pairing", async () => {
    await plug.stop();
    await vi.waitFor(() => expect(hub.reachable(ids.plug)).toBe(false), { timeout: 90_000, interval: 50 });
    expect(await send(ids.plug, "onOff", "on")).toMatchObject({ ok: false });
    plug = await startDevice(plugOptions);
    await vi.waitFor(() => expect(hub.reachable(ids.plug)).toBe(true), { timeout: 90_000, interval: 50 });
    plug.set({ activePower: 12 });
    await vi.waitFor(() => expect(hub.value(`${ids.plug}/1/electricalPowerMeasurement.activePower`)).toBe(12), soon);
  });

  test("a controller process that is killed comes back and needs no new pairing", async () => {
    const { pid } = hub.facts();
    if (pid === undefined) throw new Error("the process does not run");
    process.kill(pid, "SIGKILL");
    await vi.waitFor(() => expect(hub.reachable(ids.plug)).toBe(false), soon);
    expect(await send(ids.plug, "onOff", "on")).toMatchObject({ ok: false });
    await vi.waitFor(() => expect(hub.reachable(ids.plug)).toBe(true), { timeout: 180_000, interval: 50 });
    await vi.waitFor(() => expect(hub.reachable(ids.thermostat)).toBe(true), { timeout: 180_000, interval: 50 });
    expect(await send(ids.plug, "onOff", "on")).toEqual({ ok: true });
    await vi.waitFor(() => expect(hub.value(`${ids.plug}/1/onOff.onOff`)).toBe(true), soon);
  });

  test("a node that is removed leaves the fabric and can be paired anew", async () => {
    await hub.pairing.remove(ids.thermostat);
    expect(hub.inputs.some((input) => input.kind === "nodeGone" && input.node === ids.thermostat)).toBe(true);
    await vi.waitFor(
      async () => expect(await pair(thermostat.code)).toMatchObject({ state: "done", node: ids.thermostat }),
      {
        timeout: 180_000,
        interval: 500,
      },
    );
    // Its room is as warm as before, its setpoint is as it was made, and it does what it is told.
    const thermostatOf = `${ids.thermostat}/1/thermostat`;
    await vi.waitFor(() => expect(hub.value(`${thermostatOf}.localTemperature`)).toBe(20.38), soon);
    await vi.waitFor(() => expect(hub.value(`${thermostatOf}.occupiedHeatingSetpoint`)).toBe(20.5), soon);
    expect(await send(ids.thermostat, "thermostat", "set", { occupiedHeatingSetpoint: 19 })).toEqual({ ok: true });
    await vi.waitFor(() => expect(thermostat.states.at(-1)).toMatchObject({ occupiedHeatingSetpoint: 19 }), soon);
    await expect(hub.pairing.remove("matter-fff1-8001-nobody")).rejects.toThrow("not paired");
  });
});
