import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { MatterNode, MatterShare } from "../../../hub/ports.ts";
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

const soon = { timeout: 90_000, interval: 50 };

describe.skipIf(!hasMatterNetwork)("one device in two homes", { timeout: 120_000 }, () => {
  let built: Awaited<ReturnType<typeof bundle>>;
  let ours: Hub;
  let theirs: Hub;
  let options: DeviceOptions;
  let device: Device;
  let id = "";
  const folders = [temporary(), temporary()];

  const pair = async (hub: Hub, code: string) => {
    const job = hub.pairing.start(code);
    const now = () => hub.pairing.jobs().find((candidate) => candidate.id === job.id);
    await vi.waitFor(() => expect(now()?.state).not.toBe("running"), { timeout: 180_000, interval: 20 });
    return now();
  };
  const facts = async (): Promise<MatterNode> => {
    const answer = await ours.manager.node(id);
    if (!answer.ok) throw new Error(answer.reason);
    return answer.value;
  };
  const share = async (): Promise<MatterShare> => {
    const answer = await ours.manager.share(id);
    if (!answer.ok) throw new Error(answer.reason);
    return answer.value;
  };

  beforeAll(async () => {
    built = await bundle("homes");
    ours = startHub(built.entry, `${folders[0]}/matter`, { fabricLabel: "Our home" });
    theirs = startHub(built.entry, `${folders[1]}/matter`, { fabricLabel: "Their home" });
    options = anyDevice(built.device, "plug");
    device = await startDevice(options);
    id = (await pair(ours, device.code))?.node ?? "";
    expect(id).not.toBe("");
    await vi.waitFor(() => expect(ours.reachable(id)).toBe(true), soon);
  }, 270_000);

  afterAll(async () => {
    await Promise.all([ours?.adapter.stop(), theirs?.adapter.stop(), device?.stop()]);
    built?.remove();
    for (const folder of [...folders, options?.storage]) if (folder) rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  test("it tells which homes it is paired with, this one marked", async () => {
    const { fabrics, window, fabricsAtMost, share: code } = await facts();
    expect(fabrics).toMatchObject([{ label: "Our home", ours: true }]);
    expect(fabricsAtMost).toBeGreaterThan(3);
    expect({ window, code }).toEqual({ window: "closed", code: undefined });
  });

  test("its window is opened with a code of its own and shut again", async () => {
    const code = await share();
    expect(code.qr).toMatch(/^MT:/);
    expect(code.manual).toMatch(/^\d{11}$/);
    expect(code.manual).not.toBe(device.code.replace(/-/g, ""));
    expect(code.until - Date.now()).toBeGreaterThan(14 * 60_000);
    expect(await facts()).toMatchObject({ window: "ours", share: code });
    expect(await ours.manager.share(id)).toMatchObject({ ok: false, why: "refused" });
    expect(await ours.manager.endShare(id)).toEqual({ ok: true, value: true });
    const after = await facts();
    expect(after.window).toBe("closed");
    expect(after).not.toHaveProperty("share");
    expect(await pair(theirs, code.manual)).toMatchObject({ state: "failed" });
  });

  test("the other home pairs it by the shared QR code, and both reach it", async () => {
    const code = await share();
    const job = await pair(theirs, code.qr);
    expect(job).toMatchObject({ state: "done", node: id });
    await vi.waitFor(async () => expect((await facts()).fabrics).toHaveLength(2), soon);
    const { fabrics, window } = await facts();
    expect(fabrics.map(({ label, ours: own }) => [label, own])).toEqual([
      ["Our home", true],
      ["Their home", false],
    ]);
    expect(window).toBe("closed");
    device.set({ activePower: 41 });
    const key = `${id}/1/electricalPowerMeasurement.activePower`;
    await vi.waitFor(() => expect([ours.value(key), theirs.value(key)]).toEqual([41, 41]), soon);
    expect(ours.logged.join("\n") + theirs.logged.join("\n")).not.toContain(code.manual);
  });

  test("a name written into it is seen by the other home", async () => {
    expect(await ours.manager.rename(id, "Boiler plug")).toEqual({ ok: true, value: true });
    await vi.waitFor(() => {
      const name = theirs.inputs.findLast(({ kind }) => kind === "nodeFound");
      expect(name).toMatchObject({ node: { name: "Boiler plug" } });
    }, soon);
    expect((await facts()).label).toBe("Boiler plug");
  });

  test("the other home is taken out, never one's own that way", async () => {
    const { fabrics } = await facts();
    const index = (own: boolean) => fabrics.find((fabric) => fabric.ours === own)?.index ?? 0;
    expect(await ours.manager.removeFabric(id, index(true))).toMatchObject({ ok: false, why: "refused" });
    expect(await ours.manager.removeFabric(id, index(false))).toEqual({ ok: true, value: true });
    await vi.waitFor(() => expect(theirs.reachable(id)).not.toBe(true), { timeout: 180_000, interval: 50 });
    expect((await facts()).fabrics).toHaveLength(1);
    expect(await ours.manager.removeFabric(id, index(false))).toMatchObject({ ok: false });
    expect(await ours.manager.node("matter-fff1-8001-nobody")).toMatchObject({ ok: false, why: "absent" });
  });
});
