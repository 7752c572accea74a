import { clockText, type Moment } from "../firmware.ts";
import { rssi } from "../things/air.ts";

/** The body of STATE: how the device fares, with `outputs` in its midst (tasmota documentation, Commands: State). */
export function runtime(seed: number, connections: number, now: Moment, outputs: object): object {
  const uptime = Math.floor(now.elapsed);
  const signal = rssi(seed, now);
  return {
    Time: clockText(now.wall),
    Uptime: `${Math.floor(uptime / 86_400)}T${new Date((uptime % 86_400) * 1000).toISOString().slice(11, 19)}`,
    UptimeSec: uptime,
    Heap: 25,
    SleepMode: "Dynamic",
    Sleep: 50,
    LoadAvg: 19,
    MqttCount: connections,
    ...outputs,
    Wifi: {
      AP: 1,
      SSId: "workshop",
      BSSId: "02:00:00:00:00:02",
      Channel: 11,
      Mode: "HT20",
      RSSI: Math.min(100, 2 * (signal + 100)),
      Signal: signal,
      LinkCount: 1,
      Downtime: "0T00:00:03",
    },
  };
}
