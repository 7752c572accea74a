/** Listeners of a bench: how old each message is when it arrives. */
import { request } from "node:http";
import mqtt from "mqtt";
import { monotonic } from "./publisher.ts";

export interface Ages {
  readonly n: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

export function agesOf(times: Float64Array): Ages {
  const sorted = times.sort();
  const at = (p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
  return { n: sorted.length, p50: at(0.5), p99: at(0.99), longest: sorted.at(-1) ?? Number.NaN };
}

/** Notes ages between `begin` and `ages`. */
export class Watch {
  #zero = 0;
  #times: number[] = [];

  begin(zero: number): void {
    this.#zero = zero;
    this.#times = [];
  }

  heard(power: number): void {
    if (this.#zero > 0 && power > 0) this.#times.push(monotonic() - this.#zero - power);
  }

  ages(): Ages {
    return agesOf(Float64Array.from(this.#times));
  }
}

/** A bare subscriber that parses each message, as the least that any system does. */
export async function subscribe(port: number, topic: string, watch: Watch): Promise<void> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
  client.on("message", (_, payload) => {
    const body = JSON.parse(payload.toString()) as { power?: number };
    if (body.power !== undefined) watch.heard(body.power);
  });
  await client.subscribeAsync(topic);
}

const POWER = "electricalPowerMeasurement.activePower";
const VALUE = '"value":';

/** The values of power in whole frames; found by their words, because a listener that parses all would be what is measured. */
function powersIn(frames: string, watch: Watch): void {
  for (let at = frames.indexOf(POWER); at >= 0; at = frames.indexOf(POWER, at + POWER.length)) {
    const from = frames.indexOf(VALUE, at) + VALUE.length;
    watch.heard(Number.parseFloat(frames.slice(from, from + 16)));
  }
}

/** A browser's end of the hub's stream: every value of a power is noted. Resolves when the stream is open. */
export function stream(url: string, cookie: string, watch: Watch): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(`${url}/api/stream`, { headers: { cookie } }, (response) => {
      let rest = "";
      response.setEncoding("latin1").on("data", (text: string) => {
        const all = rest + text;
        const end = all.lastIndexOf("\n\n") + 2;
        rest = all.slice(end);
        if (all.includes("event: hello")) resolve();
        if (all.includes("event: bye")) console.log("!!! the stream ended: its listener was too slow");
        powersIn(all.slice(0, end), watch);
      });
    });
    call.on("error", reject).end();
  });
}
