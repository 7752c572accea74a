import { Crypto, Endpoint } from "@matter/main";
import { TemperatureSensorDevice } from "@matter/main/devices/temperature-sensor";
import { DeviceAdvertiser, MdnsAdvertiser, MdnsService, SessionManager } from "@matter/main/protocol";
import { distort, straighten } from "./absurd.ts";
import type { MatterFault } from "./messages.ts";
import type { MatterNode } from "./node.ts";

/** Lets something go wrong with a device. `reboot` is for the process that holds it. */
export async function befall(device: MatterNode, fault: Exclude<MatterFault, { kind: "reboot" }>): Promise<void> {
  const { air, node } = device;
  switch (fault.kind) {
    case "silence":
      air.silent = true;
      if (fault.seconds !== undefined) setTimeout(() => hear(device), fault.seconds * 1000).unref();
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
    case "absurd":
      distort(node);
      return;
    case "reset":
      return device.reset();
    case "firmware":
      return device.alone(() => update(device, fault.endpoint));
    case "restore":
      hear(device);
      air.delay = 0;
      air.loss = 0;
      straighten();
      return;
  }
}

/** It is heard again, and says so: a device that comes back to its network announces itself. */
function hear({ air, node }: MatterNode): void {
  if (!air.silent) return;
  air.silent = false;
  node.env.get(DeviceAdvertiser).restartAdvertisement();
}

async function forgetSubscriptions({ node }: MatterNode): Promise<void> {
  for (const session of node.env.get(SessionManager).sessions)
    for (const subscription of [...session.subscriptions]) await subscription.close();
}

async function moveAway({ node, network }: MatterNode, port: number): Promise<void> {
  const to = await network.move(node.state.network.operationalPort, port);
  if (to === undefined) return;
  await node.set({ network: { operationalPort: to } });
  const advertiser = node.env.get(DeviceAdvertiser);
  await advertiser.clearAdvertisers();
  const { server } = node.env.get(MdnsService);
  advertiser.addAdvertiser(
    new MdnsAdvertiser(node.env.get(Crypto), server, { ...node.state.commissioning.mdns, port: to }),
  );
  advertiser.restartAdvertisement();
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
