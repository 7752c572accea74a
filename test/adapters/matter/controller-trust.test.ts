import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ManualPairingCodeCodec } from "@matter/main/types";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { PairingJob } from "../../../hub/ports.ts";
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

/** Matter's test root without a maker's id, under which matter.js gives its devices an intermediate with serial number 1. */
const TEST_ROOT = "785CE705B86B8F4E6FC793AA60CB43EA696882D5";

describe.skipIf(!hasMatterNetwork)("a device that does not prove what it is", { timeout: 120_000 }, () => {
  let built: Awaited<ReturnType<typeof bundle>>;
  let hub: Hub;
  let options: DeviceOptions;
  let device: Device;
  const home = temporary();
  const trustFolder = join(home, "trust");
  const jobs: PairingJob[] = [];

  const job = (id: string): PairingJob | undefined => hub.pairing.jobs().find((candidate) => candidate.id === id);
  const until = async (id: string, state: PairingJob["state"]) => {
    await vi.waitFor(() => expect(job(id)?.state).toBe(state), { timeout: 90_000, interval: 20 });
    return job(id);
  };
  /** A device that failed keeps its pairing mode, but takes a moment to come back to it. */
  const pair = () => hub.pairing.start(device.code).id;

  beforeAll(async () => {
    built = await bundle("trust");
    mkdirSync(trustFolder);
    hub = startHub(built.entry, join(home, "matter"), {
      trustFolder,
      acceptTestDevices: false,
      onPairing: (one) => jobs.push(one),
    });
    options = anyDevice(built.device, "plug");
    device = await startDevice(options);
  }, 180_000);

  afterAll(async () => {
    await Promise.all([hub?.adapter.stop(), device?.stop()]);
    built?.remove();
    for (const folder of [home, options?.storage]) if (folder) rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  test("is asked about in plain words, and left unpaired when the person refuses it", async () => {
    const id = pair();
    const asking = await until(id, "asking");
    expect(asking?.question?.text).toContain("did not prove");
    expect(asking?.question?.findings.join(" ")).toContain("test certificate");
    expect(asking?.question?.until).toBeGreaterThan(Date.now() + 60_000);
    expect(asking?.done).toBeGreaterThan(0.4);
    expect(hub.pairing.answer(id, false)).toBe(true);
    const failed = await until(id, "failed");
    expect(failed?.problem).toContain("left unpaired");
    expect(failed).not.toHaveProperty("question");
    expect(hub.inputs.some(({ kind }) => kind === "nodeFound")).toBe(false);
    expect(hub.pairing.answer(id, true)).toBe(false);
  });

  test("a pairing is cancelled while it asks, and the device can be paired again", async () => {
    const id = pair();
    await until(id, "asking");
    expect(hub.pairing.cancel(id)).toBe(true);
    const ended = await until(id, "cancelled");
    expect(ended?.problem).toContain("cancelled");
    expect(hub.pairing.cancel(id)).toBe(false);
  });

  test("a search is cancelled at once", async () => {
    // A manual code holds four bits of the discriminator: not those of the device that waits here.
    const discriminator = (options.discriminator + 2048) % 4096;
    const { id } = hub.pairing.start(ManualPairingCodeCodec.encode({ discriminator, passcode: 20_202_021 }));
    await vi.waitFor(() => expect(job(id)?.step).toBe("Looking for the device on the network"), { timeout: 30_000 });
    const startedAt = performance.now();
    hub.pairing.cancel(id);
    await until(id, "cancelled");
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test("whose maker's authority has revoked it is refused outright: nobody is asked", async () => {
    const list = [{ type: "revocation_set", issuer_subject_key_id: TEST_ROOT, revoked_serial_numbers: ["01"] }];
    writeFileSync(join(trustFolder, "revoked.json"), JSON.stringify(list));
    jobs.length = 0;
    const failed = await until(pair(), "failed");
    expect(failed?.problem).toContain("revoked");
    expect(jobs.some(({ state }) => state === "asking")).toBe(false);
  });

  test("a list of revoked devices that can't be read does not pass for an empty one", async () => {
    writeFileSync(join(trustFolder, "revoked.json"), '[{"issuer_subject_key_id": 7}]');
    const id = pair();
    const asking = await until(id, "asking");
    expect(asking?.question?.findings.join(" ")).toContain("could not be checked to the end");
    hub.pairing.answer(id, false);
    await until(id, "failed");
    expect(hub.logged.join("\n")).toContain("revoked.json can't be read");
    rmSync(join(trustFolder, "revoked.json"));
  });

  test("comes in when the person says so, and the home keeps a note of it", async () => {
    const id = pair();
    await until(id, "asking");
    hub.pairing.answer(id, true);
    const done = await until(id, "done");
    expect(done).toMatchObject({ done: 1, node: expect.stringContaining(device.serial.toLowerCase()) });
    const note = hub.inputs.find(({ kind }) => kind === "problem");
    expect(note).toMatchObject({ problem: { code: "matter-certificate-not-proven", node: done?.node } });
  });
});
