import { rmSync } from "node:fs";
import { type ClientNode, Millis, type ServerNode } from "@matter/main";
import { CommissioningClient } from "@matter/main/node";
import { QrPairingCodeCodec } from "@matter/main/types";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { BridgeStatus } from "../../../hub/ports.ts";
import { lamp } from "./bridge-devices.ts";
import { anyPort, bundleBridge, everything, type House, startController, startHouse } from "./bridge-support.ts";
import { bundle, type Hub, hasMatterNetwork, startHub, temporary } from "./support.ts";

/** matter.js's own limit, which is the specification's (Matter core specification 5.5, step 8). */
const LIMIT = 20;

/** What the QR code says; the manual code names one of 16 groups of devices, and other tests show devices meanwhile. */
function readQr({ qrCode = "" }: BridgeStatus): { readonly discriminator: number; readonly passcode: number } {
  const [payload] = QrPairingCodeCodec.decode(qrCode);
  if (!payload) throw new Error("the bridge shows no QR code");
  return payload;
}

/** The device that announces itself under this code. */
function candidateOf(node: ServerNode, status: BridgeStatus): Promise<ClientNode> {
  const discovery = node.peers.discover({
    longDiscriminator: readQr(status).discriminator,
    timeout: Millis(20_000),
  });
  return new Promise((resolve, reject) => {
    discovery.discovered.on((found) => {
      discovery.stop();
      resolve(found);
    });
    discovery.then(() => reject(new Error("nothing was found")), reject);
  });
}

describe.skipIf(!hasMatterNetwork)("a bridge that is open for pairing", { timeout: 90_000 }, () => {
  const folder = temporary();
  let bridge: Awaited<ReturnType<typeof bundleBridge>>;
  let built: Awaited<ReturnType<typeof bundle>>;
  let house: House;
  let hub: Hub;
  let controller: Awaited<ReturnType<typeof startController>>;
  let status: BridgeStatus;
  const now = () => house.bridges.list()[0];
  const wrong = (one: BridgeStatus): number => (readQr(one).passcode === 20_202_021 ? 20_202_022 : 20_202_021);
  /** Pairs by the other hub, as a person does there; the job when it is over. */
  const pair = async (code: string) => {
    const { id } = hub.pairing.start(code);
    const job = () => hub.pairing.jobs().find((one) => one.id === id);
    await vi.waitFor(() => expect(job()?.state).not.toBe("running"), { timeout: 90_000, interval: 50 });
    return job();
  };

  beforeAll(async () => {
    [bridge, built] = await Promise.all([bundleBridge(), bundle("codes")]);
    house = await startHouse(bridge.entry);
    house.add(lamp);
    hub = startHub(built.entry, `${folder}/matter`);
    await house.bridges.add({ ...everything, port: anyPort() }, "Ada");
    await vi.waitFor(() => expect(now()?.qrCode).toMatch(/^MT:/), { timeout: 180_000, interval: 50 });
    status = now() as BridgeStatus;
    controller = await startController("Somebody");
  }, 1_080_000);

  afterAll(async () => {
    await Promise.all([house?.stop(), hub?.adapter.stop(), controller?.close()]);
    for (const one of [bridge, built]) one?.remove();
    rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  test(`closes itself after ${LIMIT} wrong codes, says so, and is found by nobody any more`, async () => {
    const candidate = await candidateOf(controller.node, status);
    // One address: matter.js would try the next one seconds later, also after the code was refused.
    const [address] = candidate.stateOf(CommissioningClient).addresses ?? [];
    if (address) await candidate.setStateOf(CommissioningClient, { addresses: [{ ...address }] });
    for (let n = 1; n <= LIMIT; n += 1) {
      expect([n, now()?.openUntil]).not.toEqual([n, 0]);
      await expect(candidate.commission({ passcode: wrong(status), timeout: Millis(10_000) })).rejects.toThrow();
    }
    await vi.waitFor(() => expect(now()?.openUntil).toBe(0), { timeout: 15_000, interval: 20 });
    expect(now()).toMatchObject({ state: "online", fabrics: [] });
    expect(house.problems.join()).toContain("20 wrong pairing codes on the Matter bridge Everything");
    const job = await pair(status.qrCode ?? "");
    expect(job).toMatchObject({ state: "failed", problem: expect.stringContaining("leave it after 15 minutes") });
  });

  test("is open again on a person's word, with a fresh count, and can be paired with", async () => {
    const opened = await house.bridges.open(status.settings.id, true, "Ada");
    expect(opened?.openUntil).toBeGreaterThan(Date.now() + 14 * 60_000);
    const candidate = await candidateOf(controller.node, status);
    await expect(candidate.commission({ passcode: wrong(status), timeout: Millis(3000) })).rejects.toThrow();
    expect(await pair(status.qrCode ?? "")).toMatchObject({ state: "done" });
    await vi.waitFor(() => expect(now()).toMatchObject({ openUntil: 0, fabrics: [{}] }), {
      timeout: 24_000,
      interval: 50,
    });
  });
});
