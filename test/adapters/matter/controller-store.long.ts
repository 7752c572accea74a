import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
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

const inTime = { timeout: 45_000, interval: 20 };

describe.skipIf(!hasMatterNetwork)("the home's Matter key", { timeout: 180_000 }, () => {
  let built: Awaited<ReturnType<typeof bundle>>;
  let hub: Hub;
  let options: DeviceOptions;
  let device: Device;
  let id = "";
  const home = temporary();
  const storage = join(home, "matter");

  beforeAll(async () => {
    built = await bundle("store");
    hub = startHub(built.entry, storage);
    options = anyDevice(built.device, "plug");
    device = await startDevice(options);
    const job = hub.pairing.start(device.code);
    const now = () => hub.pairing.jobs().find((candidate) => candidate.id === job.id);
    await vi.waitFor(() => expect(now()?.state).toBe("done"), { timeout: 180_000, interval: 20 });
    id = now()?.node ?? "";
    await vi.waitFor(() => expect(hub.reachable(id)).toBe(true), inTime);
  }, 810_000);

  afterAll(async () => {
    await Promise.all([hub?.adapter.stop(), device?.stop()]);
    built?.remove();
    for (const folder of [home, options?.storage]) if (folder) rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  /** Stops the hub, does harm, and starts it anew. */
  const after = async (harm: () => void) => {
    await hub.adapter.stop();
    harm();
    hub = startHub(built.entry, storage);
    await vi.waitFor(() => expect(hub.reachable(id)).toBe(true), { timeout: 90_000, interval: 50 });
    return hub.inputs.flatMap((input) => (input.kind === "problem" ? [input.problem] : []));
  };

  test("survives files that a power cut left empty or half written: nobody pairs again, and the house is told", async () => {
    const problems = await after(() => {
      writeFileSync(join(storage, "hub", "fabrics.fabrics"), "");
      writeFileSync(join(storage, "hub", "certificates.rootKeyPair"), '{"publicKey":"{');
    });
    expect(problems).toMatchObject([{ code: "matter-store-restored" }]);
    expect(problems[0]?.message).toMatch(/2 files: .*fabrics\.fabrics/);
    expect(readdirSync(`${storage}-damaged`).sort()).toEqual(["certificates.rootKeyPair", "fabrics.fabrics"]);
    expect(await send()).toEqual({ ok: true });
  });

  test("survives the loss of the whole folder", async () => {
    const problems = await after(() => rmSync(storage, { recursive: true }));
    expect(problems).toMatchObject([{ code: "matter-store-restored" }]);
    expect(await send()).toEqual({ ok: true });
  });

  test("nothing is said of a store in which nothing is wrong", async () => {
    expect(await after(() => undefined)).toEqual([]);
  });

  test("five crashes in a row: the device is back within 15 s each time", async () => {
    for (let crash = 0; crash < 5; crash++) {
      const { pid } = hub.facts();
      if (pid === undefined) throw new Error("the process does not run");
      process.kill(pid, "SIGKILL");
      const startedAt = performance.now();
      await vi.waitFor(() => expect(hub.reachable(id)).toBe(false), inTime);
      await vi.waitFor(() => expect(hub.reachable(id)).toBe(true), inTime);
      console.info(`crash ${crash + 1}: back after ${Math.round(performance.now() - startedAt)} ms`);
    }
    expect(await send()).toEqual({ ok: true });
  });

  const send = () => {
    const node = hub.inputs.flatMap((input) => (input.kind === "nodeFound" ? [input.node] : [])).at(-1);
    if (!node) throw new Error("the device is not described");
    const command = { target: { node: id, endpoint: 1 }, capability: "onOff", command: "toggle", args: {} };
    return hub.adapter.send(command, node);
  };
});
