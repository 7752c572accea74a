/** Updates of real Matter devices in processes of their own, from a person's yes to the device's own new version. */
import { randomInt } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type MatterNodeProcess, startMatterNode } from "../../../firmware-sim/workshop/matter/launch.ts";
import type { DeviceUpdate } from "../../../hub/ports.ts";
import { bundle, type Hub, hasMatterNetwork, startHub, temporary } from "./support.ts";
import { putImage } from "./update-files.ts";

const names = ["kettle", "lamp"] as const;
/** Where the hub's provider is: its first endpoint. */
const provider = 1;

describe.skipIf(!hasMatterNetwork)("a house of plugs", { timeout: 120_000 }, () => {
  const home = temporary();
  const folder = join(home, "matter-updates");
  let built: Awaited<ReturnType<typeof bundle>>;
  let hub: Hub;
  const plugs = new Map<string, { readonly device: MatterNodeProcess; readonly id: string }>();

  const plug = (name: (typeof names)[number]) => {
    const found = plugs.get(name);
    if (!found) throw new Error(`there is no plug ${name}`);
    return found;
  };
  const known = (id: string): DeviceUpdate => {
    const update = hub.updates.of(id);
    if (!update) throw new Error(`nothing is known of ${id}`);
    return update;
  };
  const ended = (id: string) =>
    vi.waitFor(() => expect(known(id).run?.state).not.toBe("running"), { timeout: 180_000, interval: 50 });
  const downloads = (id: string, percent: number) =>
    vi.waitFor(() => expect(known(id).run?.done).toBeGreaterThan(0.1 + (0.75 * percent) / 100), {
      timeout: 60_000,
      interval: 10,
    });
  const apply = async (id: string, version: number) =>
    expect(await hub.updates.apply(id, version)).toEqual({ ok: true, value: true });
  const asksByItself = async ({ device }: { readonly device: MatterNodeProcess }) => {
    await device.fault({ kind: "asksForUpdate", endpoint: provider });
    return (await device.set({})).updateAnswer;
  };

  beforeAll(async () => {
    built = await bundle("updates");
    hub = startHub(built.entry, join(home, "matter"));
    for (const name of names) {
      const device = await startMatterNode({
        ...{ kind: "plug", storage: join(home, "devices"), program: built.device, updates: {} },
        ...{ serial: `U${randomInt(1e9)}`, passcode: randomInt(20_000_000, 80_000_000) },
        discriminator: randomInt(4096),
      });
      const job = hub.pairing.start(device.manualPairingCode);
      const now = () => hub.pairing.jobs().find((candidate) => candidate.id === job.id);
      await vi.waitFor(() => expect([now()?.state, now()?.problem]).toEqual(["done", undefined]), {
        timeout: 180_000,
        interval: 20,
      });
      plugs.set(name, { device, id: now()?.node ?? "" });
    }
  }, 1_080_000);

  afterAll(async () => {
    await Promise.all([hub?.adapter.stop(), ...[...plugs.values()].map(({ device }) => device.stop())]);
    built?.remove();
    rmSync(home, { recursive: true, force: true });
  }, 90_000);

  test("knows of no update while there is no file", () => {
    const { id } = plug("kettle");
    expect(known(id)).toEqual({ words: "1.0.0", able: true });
  });

  test("shows an update for its own product alone, and names a file that is none", async () => {
    await putImage(folder, "plug-2.ota", { notes: "https://example.com/notes", size: 400_000 });
    await putImage(folder, "other-maker.ota", { vendorId: 0xfff2, version: 9 });
    await putImage(folder, "other-product.ota", { productId: 0x8002, version: 9 });
    writeFileSync(join(folder, "holiday.ota"), "a picture");
    const { id } = plug("kettle");
    await hub.updates.look(id);
    expect(known(id).offer).toMatchObject({
      ...{ version: 2, words: "2.0.0", source: "folder", notes: "https://example.com/notes" },
    });
    expect(hub.updates.badFiles).toEqual([{ file: "holiday.ota", why: "is no Matter update file" }]);
  });

  test("gives none to a device that asks by itself before a person said yes", async () => {
    expect(await asksByItself(plug("kettle"))).toBe("NotAvailable");
  });

  test("does not begin what the device says it can't do, and no other version than the one a person saw", async () => {
    const { id, device } = plug("lamp");
    await device.fault({ kind: "updates", outcome: "refuses" });
    await vi.waitFor(async () => {
      const refused = await hub.updates.apply(id, 2);
      if (refused.ok) await hub.updates.stop(id);
      expect(refused).toMatchObject({ ok: false, reason: expect.stringContaining("can't be updated now") });
    });
    const other = await hub.updates.apply(plug("kettle").id, 3);
    expect(other).toMatchObject({ ok: false, reason: "There is another update now, 2.0.0." });
  });

  test("a stopped update leaves the old version, and the device gets nothing more", async () => {
    const { id, device } = plug("kettle");
    await device.fault({ kind: "slow", ms: 5 });
    await apply(id, 2);
    await downloads(id, 5);
    expect(await hub.updates.stop(id)).toEqual({ ok: true, value: true });
    expect(known(id)).toMatchObject({ words: "1.0.0", run: { state: "cancelled" } });
    expect(await asksByItself(plug("kettle"))).toBe("NotAvailable");
    await device.fault({ kind: "restore" });
  });

  test("a transfer that is cut by a restart of the device is told of, with how far it came", async () => {
    const { id, device } = plug("kettle");
    await device.fault({ kind: "slow", ms: 5 });
    await apply(id, 2);
    await downloads(id, 10);
    await device.fault({ kind: "reboot" });
    await ended(id);
    expect(known(id).run).toMatchObject({ state: "failed", detail: expect.stringMatching(/cut at \d+ %/) });
    expect(known(id).words).toBe("1.0.0");
  });

  test("the Matter process's end in the middle of a transfer ends the update, not the knowledge of it", async () => {
    const { id, device } = plug("kettle");
    await vi.waitFor(() => expect(hub.reachable(id)).toBe(true), { timeout: 90_000 });
    await device.fault({ kind: "slow", ms: 5 });
    await apply(id, 2);
    await downloads(id, 5);
    process.kill(hub.facts().pid ?? 0, "SIGKILL");
    await ended(id);
    expect(known(id).run).toMatchObject({ state: "failed", detail: expect.stringContaining("try again in a minute") });
    // Nothing of it waits in the device: it is restarted before it gives up on a transfer that no longer runs.
    await device.fault({ kind: "reboot" });
    await vi.waitFor(() => expect(known(id)).toMatchObject({ words: "1.0.0", offer: { version: 2 } }), {
      timeout: 90_000,
    });
  });

  test("an update is done when the device itself says its new version", async () => {
    const { id } = plug("kettle");
    await vi.waitFor(() => expect(hub.reachable(id)).toBe(true), { timeout: 90_000 });
    await apply(id, 2);
    await ended(id);
    expect(known(id)).toEqual({
      ...{ words: "2.0.0", able: true },
      run: {
        state: "done",
        version: 2,
        words: "2.0.0",
        done: 1,
        detail: "The device now runs 2.0.0.",
        stoppable: false,
      },
    });
  });

  test("a device that refuses the file, and one that goes back to its old version, say so", async () => {
    const { id: picky, device: lamp } = plug("lamp");
    const { id: back, device: kettle } = plug("kettle");
    await putImage(folder, "plug-3.ota", { version: 3 });
    await lamp.fault({ kind: "updates", outcome: "rejects" });
    await kettle.fault({ kind: "updates", outcome: "rollsBack" });
    await vi.waitFor(async () => expect(await hub.updates.apply(picky, 3)).toMatchObject({ ok: true }));
    await apply(back, 3);
    await Promise.all([ended(picky), ended(back)]);
    expect(known(picky).run).toMatchObject({ state: "failed", detail: expect.stringContaining("refused it") });
    expect(known(back).run).toMatchObject({ state: "failed", detail: expect.stringContaining("old version") });
    expect(known(back)).toMatchObject({ words: "2.0.0", offer: { version: 3 } });
  });
});
