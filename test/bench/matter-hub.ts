/** The hub's side of the Matter bench: its processes and what they cost, its pairings, and its stream's own time of a value. */
import { readdirSync, readFileSync } from "node:fs";
import type { NodeView } from "../../hub/http/schemas.ts";
import type { BridgeStatus, CommandResult, PairingJob } from "../../hub/ports.ts";
import { Client, type DemoHub, startDemo } from "../journeys/support/demo-hub.ts";
import { connected, monotonic, publishPacket } from "./support/publisher.ts";

/** Resident memory in MB; `/proc/PID/status`. */
export const residentOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/** The hub's own children by the names of their bundles. */
export function childrenOf(pid: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const task of readdirSync(`/proc/${pid}/task`))
    for (const child of readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean)) {
      const name = /([\w-]+)\.mjs/.exec(readFileSync(`/proc/${child}/cmdline`, "utf8"))?.[1];
      if (name) found.set(name, Number(child));
    }
  return found;
}

/** A network of one's own knows no names. */
async function begin(folder?: string): Promise<DemoHub> {
  const hub = await startDemo({ demo: false, args: ["--no-fetch-model"], ...(folder ? { folder } : {}) });
  return { ...hub, url: hub.url.replace("localhost", "127.0.0.1") };
}

export class BenchHub {
  hub: DemoHub;
  client: Client;
  readonly #waiting = new Map<string, { readonly value: unknown; readonly heard: (at: number) => void }>();
  #close: () => void = () => undefined;

  private constructor(hub: DemoHub, client: Client) {
    this.hub = hub;
    this.client = client;
  }

  static async start(): Promise<BenchHub> {
    const hub = await begin();
    const made = new BenchHub(hub, await Client.first(hub));
    await made.#listen();
    return made;
  }

  get pid(): number {
    return this.hub.process.pid ?? 0;
  }

  async #listen(): Promise<void> {
    this.#close = await this.client.stream((event) => {
      if (event.type !== "value" || event.known.status !== "known") return;
      const waiting = this.#waiting.get(event.key);
      if (!waiting || waiting.value !== event.known.value) return;
      this.#waiting.delete(event.key);
      waiting.heard(monotonic());
    });
  }

  /** Pairs a device by its code, a person's yes included. */
  async pair(code: string): Promise<string> {
    const { id } = await this.client.call<PairingJob>("POST", "/api/pairings", { code });
    const node = await this.client.until("the pairing ends", async () => {
      const { jobs } = await this.client.call<{ jobs: PairingJob[] }>("GET", "/api/pairings");
      const job = jobs.find((candidate) => candidate.id === id);
      if (job?.state === "asking") await this.client.call("POST", `/api/pairings/${id}/answer`, { accept: true });
      if (job?.state === "failed") throw new Error(job.problem);
      return job?.state === "done" && job.node;
    });
    return node;
  }

  /** The commissioned nodes that are reachable, or all. */
  async matterNodes(reachable: boolean): Promise<NodeView[]> {
    return (await this.client.nodes()).filter(
      (node) => node.id.startsWith("matter-") && (!reachable || node.reachable === true),
    );
  }

  /** Resolves with the times at which the nodes became reachable, in the machine's own time, looked at every 100 ms. */
  async subscribed(count: number): Promise<number[]> {
    const at: number[] = [];
    while (at.length < count) {
      const there = (await this.matterNodes(true)).length;
      while (at.length < there) at.push(monotonic());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return at;
  }

  heard(key: string, value: unknown): Promise<number> {
    return new Promise((resolve) => this.#waiting.set(key, { value, heard: resolve }));
  }

  /** Switches a plug by the API; ms until the answer that it is confirmed. */
  async switch(node: string, on: boolean): Promise<number> {
    const from = monotonic();
    const command = { node, endpoint: 1, capability: "onOff", command: on ? "on" : "off" };
    const { outcome } = await this.client.call<CommandResult>("POST", "/api/commands", command);
    if (outcome.state !== "confirmed") throw new Error(`the command is ${outcome.state}`);
    return monotonic() - from;
  }

  /** The hub ends in order and starts again; the moment of its start. */
  async restart(): Promise<number> {
    this.#close();
    await this.hub.end();
    const from = monotonic();
    this.hub = await begin(this.hub.folder);
    this.client = await Client.signedIn(this.hub);
    return from;
  }

  async listenAgain(): Promise<void> {
    await this.#listen();
  }

  /** Tells of so many dimmable Zigbee lamps, and that each is on. */
  async lamps(count: number): Promise<void> {
    const state = { name: "state", property: "state", type: "binary", access: 7, value_on: "ON", value_off: "OFF" };
    const level = {
      name: "brightness",
      property: "brightness",
      type: "numeric",
      access: 7,
      value_min: 0,
      value_max: 254,
    };
    const devices = Array.from({ length: count }, (_, n) => ({
      ...{ ieee_address: `0x00158d00cd${String(n).padStart(6, "0")}`, friendly_name: `lamp ${n}`, type: "Router" },
      ...{ supported: true, interview_completed: true, interview_state: "SUCCESSFUL" },
      definition: {
        ...{ vendor: "Bench", model: "L-1", description: "lamp" },
        exposes: [{ type: "light", features: [state, level] }],
      },
    }));
    const socket = await connected(Number(new URL(this.hub.mqttUrl).port));
    socket.write(publishPacket("bench/bridge/devices", JSON.stringify(devices), true));
    const known = async () =>
      (await this.client.nodes()).filter((node) => node.name.startsWith("lamp ")).length >= count;
    await this.client.until("the lamps are known", known);
    for (let n = 0; n < count; n += 1)
      socket.write(publishPacket(`bench/lamp ${n}`, '{"state":"ON","brightness":128}'));
    socket.end();
  }

  /** A bridge for any ecosystem with all that may go out; resolves when so many devices are shown. */
  async bridge(count: number): Promise<BridgeStatus> {
    const made = await this.client.call<BridgeStatus>("POST", "/api/bridges", {
      name: "Bench",
      ecosystem: "any",
      filter: { show: "all", rooms: [], kinds: [], include: [], exclude: [] },
    });
    await this.bridged(count);
    return made;
  }

  async bridged(count: number): Promise<void> {
    await this.client.until("all lamps are shown", async () => {
      const { bridges } = await this.client.call<{ bridges: BridgeStatus[] }>("GET", "/api/bridges");
      return bridges.some(({ shown }) => shown >= count);
    });
  }

  /** Opens the bridge for one more app. */
  async open(): Promise<void> {
    await this.client.call("POST", "/api/bridges/1/window", { open: true });
  }

  async end(): Promise<void> {
    this.#close();
    await this.hub.end();
  }
}
