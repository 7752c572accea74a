import { Crypto, Endpoint } from "@matter/main";
import { TemperatureSensorDevice } from "@matter/main/devices/temperature-sensor";
import { DeviceAdvertiser, MdnsAdvertiser, MdnsService, SessionManager } from "@matter/main/protocol";
import { distort, straighten } from "./absurd.ts";
import type { MatterFault } from "./messages.ts";
import type { MatterNode } from "./node.ts";
import { askForUpdate, changeOutcome } from "./update.ts";

/** Lets something go wrong with a device. `reboot` is for the process that holds it. */
export async function befall(device: MatterNode, fault: Exclude<MatterFault, { kind: "reboot" }>): Promise<void> {
  const { air, node } = device;
  switch (fault.kind) {
    case "silence":
      air.silent = true;
      if (fault.seconds !== undefined) setTimeout(() => void hear(device), fault.seconds * 1000).unref();
      return;
    case "slow":
      air.delay = fault.ms;
      return;
    case "loss":
      air.loss = fault.share;
      return;
    case "subscription":
      return forgetSubscriptions(device);
    case "address":
      return moveAway(device, fault.port ?? 0);
    case "interface":
      return stayAt(device, fault.address);
    case "wrongSubscription":
      return confuseSubscriptions(device);
    case "absurd":
      distort(node);
      return;
    case "reset":
      return device.reset();
    case "firmware":
      return device.alone(() => update(device, fault.endpoint));
    case "asksForUpdate":
      return askForUpdate(node, fault.endpoint);
    case "updates":
      return changeOutcome(node, fault.outcome);
    case "restore":
      await hear(device);
      air.delay = 0;
      air.loss = 0;
      straighten();
      if (device.network.isAtOne) await stayAt(device, undefined);
      return;
  }
}

function confuseSubscriptions({ node }: MatterNode): void {
  for (const session of node.env.get(SessionManager).sessions)
    for (const subscription of session.subscriptions) {
      const wrong = subscription.subscriptionId ^ 1;
      Object.defineProperty(subscription, "subscriptionId", { configurable: true, get: () => wrong });
    }
}

/** It is heard again, and says so: a device that comes back to its network announces itself. */
async function hear(device: MatterNode): Promise<void> {
  const { air, node } = device;
  if (!air.silent) return;
  // What it says of an end meanwhile is heard by nobody.
  await node.env.get(DeviceAdvertiser).clearAdvertisers();
  air.silent = false;
  announce(device, node.state.network.operationalPort);
}

/** As after a start: at once, and then less and less often. */
function announce({ node }: MatterNode, port: number): void {
  const advertiser = node.env.get(DeviceAdvertiser);
  const { server } = node.env.get(MdnsService);
  advertiser.addAdvertiser(
    new MdnsAdvertiser(node.env.get(Crypto), server, { ...node.state.commissioning.mdns, port }),
  );
  advertiser.restartAdvertisement();
}

async function forgetSubscriptions({ node }: MatterNode): Promise<void> {
  for (const session of node.env.get(SessionManager).sessions)
    for (const subscription of [...session.subscriptions]) await subscription.close();
}

async function moveAway(device: MatterNode, port: number): Promise<void> {
  const { node, network } = device;
  const to = await network.move(node.state.network.operationalPort, port);
  if (to === undefined) return;
  await node.set({ network: { operationalPort: to } });
  await node.env.get(DeviceAdvertiser).clearAdvertisers();
  announce(device, to);
}

async function stayAt(device: MatterNode, address: string | undefined): Promise<void> {
  const { node, network } = device;
  const { operationalPort } = node.state.network;
  await network.stayAt(address, operationalPort);
  await node.env.get(DeviceAdvertiser).clearAdvertisers();
  announce(device, operationalPort);
}

const added = "update";

/** New firmware with one endpoint more, or the old one again. */
async function update({ node }: MatterNode, wanted: boolean): Promise<void> {
  const there = node.parts.get(added);
  const softwareVersion = wanted ? 2 : 1;
  if (wanted && !there)
    await node.add(
      new Endpoint(TemperatureSensorDevice, { id: added, temperatureMeasurement: { measuredValue: 2150 } }),
    );
  if (!wanted && there) await there.delete();
  await node.set({ basicInformation: { softwareVersion, softwareVersionString: `${softwareVersion}.0.0` } });
}
