/** How a simulated device takes new firmware: it asks, downloads, checks, restarts, and then says so. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Seconds, type ServerNode } from "@matter/main";
import { BasicInformationBehavior } from "@matter/main/behaviors/basic-information";
import { OtaSoftwareUpdateProviderClient } from "@matter/main/behaviors/ota-software-update-provider";
import { OtaSoftwareUpdateRequestorServer } from "@matter/main/behaviors/ota-software-update-requestor";
import { OtaSoftwareUpdateProvider } from "@matter/main/clusters/ota-software-update-provider";
import type { OtaSoftwareUpdateRequestor } from "@matter/main/clusters/ota-software-update-requestor";
import { FabricManager, OtaImageReader, PeerAddress, type PersistedFileDesignator } from "@matter/main/protocol";
import { EndpointNumber } from "@matter/main/types";
import { z } from "zod";
import { updateOutcome } from "./messages.ts";

/** What becomes of an update: it is put in place, is no longer allowed, fails the device's own check, or is taken back. */
export const updateOptions = z.strictObject({
  outcome: updateOutcome.default("applies"),
});

export type UpdateOptions = z.output<typeof updateOptions>;

interface Firmware {
  readonly softwareVersion: number;
  readonly softwareVersionString: string;
}

const born: Firmware = { softwareVersion: 1, softwareVersionString: "1.0.0" };
/** The standard lets a device wait up to ten minutes; who watches a simulation does not. */
const askAfter = Seconds(1);
/** So that what it must remember over the restart is on its disk, ms. */
const restartAfter = 500;

const fileOf = ({ storage, serial }: Place): string => join(storage, `${serial}.firmware.json`);

interface Place {
  readonly storage: string;
  readonly serial: string;
}

/** What runs on it now; the firmware it was born with where it never took another. */
export function firmwareOf(place: Place): Firmware {
  const file = fileOf(place);
  if (!existsSync(file)) return born;
  try {
    const { softwareVersion, softwareVersionString } = JSON.parse(readFileSync(file, "utf8"));
    return { softwareVersion: Number(softwareVersion), softwareVersionString: String(softwareVersionString) };
  } catch {
    return born;
  }
}

/** The part of a device that is updated; held in its node's environment. */
export class Updates {
  /** Ends the process and starts it again; who runs it sets it. */
  restart: () => void = () => {};
  /** What the hub said when it asked by itself. */
  answer: string | undefined;
  outcome: UpdateOptions["outcome"];
  private readonly place: Place;

  constructor(place: Place, options: UpdateOptions) {
    this.place = place;
    this.outcome = options.outcome;
  }

  /** It is on its disk; runs with the next start. */
  keep(firmware: Firmware): void {
    writeFileSync(fileOf(this.place), JSON.stringify(firmware));
  }
}

class Requestor extends OtaSoftwareUpdateRequestorServer {
  override async announceOtaProvider(request: OtaSoftwareUpdateRequestor.AnnounceOtaProviderRequest): Promise<void> {
    await super.announceOtaProvider(request);
    const { updateQueryTimer } = this.internal;
    if (!updateQueryTimer) return;
    updateQueryTimer.stop();
    updateQueryTimer.interval = askAfter;
    updateQueryTimer.start();
  }

  protected override async validateUpdateFile(version?: number) {
    if (this.env.get(Updates).outcome === "rejects") throw new Error("its signature is not the maker's");
    return super.validateUpdateFile(version);
  }

  protected override async applyUpdate(_: number, file: PersistedFileDesignator): Promise<void> {
    const updates = this.env.get(Updates);
    const blob = await file.openBlob();
    const { softwareVersion, softwareVersionString } = await OtaImageReader.header(blob.stream().getReader());
    await file.delete();
    if (updates.outcome === "applies") updates.keep({ softwareVersion, softwareVersionString });
    setTimeout(() => updates.restart(), restartAfter);
  }
}

/** Makes a device one that can be updated; before it starts. */
export function canUpdate(node: ServerNode, updates: Updates): void {
  node.env.set(Updates, updates);
  node.behaviors.require(Requestor, { updatePossible: updates.outcome !== "refuses" });
}

/** From now on that becomes of its updates; a restart brings back what it was started with. */
export async function changeOutcome(node: ServerNode, outcome: UpdateOptions["outcome"]): Promise<void> {
  node.env.get(Updates).outcome = outcome;
  await node.setStateOf(Requestor, { updatePossible: outcome !== "refuses" });
}

/** It asks the hub of its first home for an update, by itself; the hub's answer, e.g. `NotAvailable`, is then in its state. */
export async function askForUpdate(node: ServerNode, endpoint: number): Promise<void> {
  const [fabric] = node.env.get(FabricManager).fabrics;
  if (!fabric) throw new RangeError("it has no home to ask");
  const address = PeerAddress({ fabricIndex: fabric.fabricIndex, nodeId: fabric.rootNodeId });
  const hub = await node.peers.forAddress(address);
  const provider = hub.endpoints.require(EndpointNumber(endpoint));
  provider.behaviors.require(OtaSoftwareUpdateProviderClient);
  const { vendorId, productId, softwareVersion } = node.stateOf(BasicInformationBehavior);
  const protocolsSupported = [OtaSoftwareUpdateProvider.DownloadProtocol.BdxSynchronous];
  const { status } = await provider
    .commandsOf(OtaSoftwareUpdateProviderClient)
    .queryImage({ vendorId, productId, softwareVersion, protocolsSupported });
  node.env.get(Updates).answer = OtaSoftwareUpdateProvider.Status[status];
}
