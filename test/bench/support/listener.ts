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

/** A browser's end of the hub's stream: every value of a power is noted. Resolves when the stream is open. */
export function stream(url: string, cookie: string, watch: Watch): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(`${url}/api/stream`, { headers: { cookie } }, (response) => {
      let rest = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        const frames = (rest + text).split("\n\n");
        rest = frames.pop() ?? "";
        for (const frame of frames) {
          if (frame.includes("event: hello")) resolve();
          if (frame.includes("event: bye")) console.log(`the stream ended: ${frame}`);
          if (!frame.includes("electricalPowerMeasurement.activePower")) continue;
          const data = /^data: (.*)$/m.exec(frame)?.[1];
          const event = data === undefined ? undefined : (JSON.parse(data) as { known?: { value?: unknown } });
          if (typeof event?.known?.value === "number") watch.heard(event.known.value);
        }
      });
    });
    call.on("error", reject).end();
  });
}
