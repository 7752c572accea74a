import type { ClientNode, Endpoint } from "@matter/main";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { NodeDescription } from "../../../hub/model/node.ts";
import {
  anyPort,
  bundleBridge,
  endpointsOf,
  everything,
  type House,
  startController,
  startHouse,
  stateOf,
} from "./bridge-support.ts";

let built: Awaited<ReturnType<typeof bundleBridge>>;
export const ends: (() => unknown)[] = [];
beforeAll(async () => {
  built = await bundleBridge();
});
afterAll(() => built?.remove());
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

export const labelled = (peer: ClientNode, label: string): Endpoint | undefined =>
  endpointsOf(peer).find((e) => stateOf(e, "bridgedDeviceBasicInformation").nodeLabel === label);
export const reachable = (peer: ClientNode, label: string): unknown =>
  stateOf(labelled(peer, label), "bridgedDeviceBasicInformation").reachable;

export async function houseWith(devices: readonly NodeDescription[], folder?: string): Promise<House> {
  const house = await startHouse(built.entry, folder);
  ends.push(() => house.stop());
  for (const node of devices) house.add(node);
  return house;
}

export async function paired(house: House, label?: string) {
  const status = await house.bridges.add({ ...everything, port: anyPort() }, "Ada");
  expect(status).toMatchObject({ state: "online", openUntil: expect.any(Number) });
  const controller = await startController(label);
  ends.push(() => controller.close());
  const peer = await controller.pair(status);
  return { status, controller, peer };
}

/** A process starts in a second on an idle machine. */
export const late = { timeout: 90_000, interval: 50 };
export const soon = { timeout: 24_000, interval: 25 };
