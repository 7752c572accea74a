/** A home of a real hub and two real Matter appliances that say when they could run, and what those appliances paid. */
import type { MatterNodeProcess } from "../../../firmware-sim/workshop/matter/launch.ts";
import type { AuditEntry } from "../../../hub/model/audit.ts";
import type { PairingJob } from "../../../hub/ports.ts";
import type { Devices } from "../../firmware-sim/matter/support.ts";
import { Client, type DemoHub, startDemo, temporaryFolder } from "./demo-hub.ts";

export const MINUTE = 60_000;
export const kinds = ["dishwasher", "washer"] as const;
export type Kind = (typeof kinds)[number];

/** What an appliance said of itself, at the home's time, epoch ms. */
export interface Said {
  readonly at: number;
  readonly stage: string;
  readonly watts: number;
  /** Counted since it was made. */
  readonly kwh: number;
}

/** The home's clock: so many times faster than the machine's since a moment. */
export interface Clock {
  now(): number;
}

/** The clock of a hub, read off the account that was just made; true to the time that one call takes. */
async function clockOf(client: Client, speed: number): Promise<Clock> {
  const before = Date.now();
  const { entries } = await client.call<{ entries: AuditEntry[] }>("GET", "/api/audit?limit=1");
  const began = entries[0]?.at ?? before;
  return { now: () => began + (Date.now() - before) * speed };
}

/** Homes of this process so far: each has serial numbers of its own. */
let opened = 0;

export class FlexibleHome {
  readonly client: Client;
  readonly clock: Clock;
  readonly said: Readonly<Record<Kind, Said[]>>;
  private readonly device: MatterNodeProcess;
  private readonly folder: { readonly path: string; remove(): void };
  private readonly args: readonly string[];
  private hub: DemoHub;

  static async open(devices: Devices, speed: number): Promise<FlexibleHome> {
    const folder = temporaryFolder();
    const args = ["--speed", String(speed)];
    const hub = await startDemo({ demo: false, folder: folder.path, args });
    const client = await Client.first(hub);
    const clock = await clockOf(client, speed);
    const said: Record<Kind, Said[]> = { dishwasher: [], washer: [] };
    const onState = (state: Readonly<Record<string, unknown>>, serial: string): void => {
      const kind: Kind = serial.endsWith("-1") ? "washer" : "dishwasher";
      const { stage, watts, imported } = state;
      said[kind].push({ at: clock.now(), stage: String(stage), watts: Number(watts), kwh: Number(imported) });
    };
    const since = clock.now();
    const device = await devices.start({
      serial: `F${process.pid}${String.fromCharCode(65 + opened++)}`,
      ...{ kind: "dishwasher", also: ["washer"], count: 2, options: { startInMinutes: 1440 } },
      ...{ seed: 5, speed, since, onState },
    });
    const home = new FlexibleHome({ client, clock, said, device, folder, args, hub });
    // Their clock stood still until they were online.
    const late = (clock.now() - since) / 1000;
    for (const { serial } of device.devices) await device.run(late, serial);
    for (const { qrPairingCode } of device.devices) await home.pair(qrPairingCode);
    return home;
  }

  private constructor(parts: {
    client: Client;
    clock: Clock;
    said: Record<Kind, Said[]>;
    device: MatterNodeProcess;
    folder: { readonly path: string; remove(): void };
    args: readonly string[];
    hub: DemoHub;
  }) {
    this.client = parts.client;
    this.clock = parts.clock;
    this.said = parts.said;
    this.device = parts.device;
    this.folder = parts.folder;
    this.args = parts.args;
    this.hub = parts.hub;
  }

  get output(): readonly string[] {
    return this.hub.output;
  }

  /** A person at the appliance loads it, opts out, or stops it. */
  async hand(kind: Kind, values: object): Promise<void> {
    await this.device.set(values, this.device.devices[kinds.indexOf(kind)]?.serial);
  }

  /** What an appliance said last. */
  last(kind: Kind): Said {
    const said = this.said[kind].at(-1);
    if (!said) throw new Error(`the ${kind} said nothing yet`);
    return said;
  }

  /** Waits until an appliance's own end shows it, at most `seconds` of real time. */
  until(what: string, kind: Kind, holds: (said: Said) => boolean, seconds = 60): Promise<true> {
    return this.client.until(what, async () => holds(this.last(kind)) && true, seconds) as Promise<true>;
  }

  /** Runs of a kind in a stretch: when it first drew power, what it took and what that cost by a price at each moment. */
  run(kind: Kind, from: number, price: (at: number) => number) {
    const said = this.said[kind].filter((s) => s.at >= from);
    let cost = 0;
    for (const [i, { at, kwh }] of said.entries()) {
      const before = said[i - 1];
      // What was counted since the last word was drawn up to now.
      if (before) cost += (kwh - before.kwh) * price((at + before.at) / 2);
    }
    const began = said.find((s) => s.stage === "running")?.at ?? Number.NaN;
    const kwh = (said.at(-1)?.kwh ?? Number.NaN) - (said[0]?.kwh ?? Number.NaN);
    return { began, kwh, cost, pauses: said.filter((s, i) => s.stage === "paused" && said[i - 1]?.stage !== "paused") };
  }

  async audit(kind: Kind): Promise<AuditEntry[]> {
    const id = (await this.client.nodes()).find((node) => node.name.endsWith(kind === "washer" ? "-1" : "dishwasher"));
    const query = new URLSearchParams({ limit: "500", subject: id?.id ?? "" });
    const { entries } = await this.client.call<{ entries: AuditEntry[] }>("GET", `/api/audit?${query}`);
    return entries.filter((e) => e.by !== "anna").reverse();
  }

  /** The hub's power is cut, and comes back on the same folder when asked. */
  async cut(): Promise<() => Promise<Client>> {
    await this.hub.end("SIGKILL");
    return async () => {
      this.hub = await startDemo({ demo: false, folder: this.folder.path, args: this.args });
      return Client.signedIn(this.hub);
    };
  }

  async close(): Promise<void> {
    await this.hub.end();
    this.folder.remove();
  }

  private async pair(code: string): Promise<void> {
    const { id } = await this.client.call<PairingJob>("POST", "/api/pairings", { code });
    await this.client.until(
      `pairing ${code}`,
      async () => {
        const { jobs } = await this.client.call<{ jobs: PairingJob[] }>("GET", "/api/pairings");
        const job = jobs.find((j) => j.id === id);
        if (job?.state === "failed") throw new Error(JSON.stringify(job));
        if (job?.state === "asking") await this.client.call("POST", `/api/pairings/${id}/answer`, { accept: true });
        return job?.state === "done";
      },
      90,
    );
  }
}
