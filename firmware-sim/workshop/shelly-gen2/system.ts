import type { Moment } from "../firmware.ts";
import { rssi } from "../things/air.ts";

/** Status of the device itself (Shelly API docs, Sys). `time` is hours and minutes. */
export function systemStatus(mac: string, revision: number, time: string, now: Moment): Record<string, unknown> {
  const unix = Math.floor(now.wall / 1000);
  return {
    mac,
    restart_required: false,
    time,
    unixtime: unix,
    last_sync_ts: unix,
    uptime: Math.floor(now.elapsed),
    ram_size: 260_000,
    ram_free: 131_000,
    fs_size: 1_048_576,
    fs_free: 540_000,
    cfg_rev: revision,
    kvs_rev: 0,
    schedule_rev: 0,
    webhook_rev: 0,
    available_updates: {},
    reset_reason: 3,
  };
}

export const wifiStatus = (seed: number, now: Moment): Record<string, unknown> => ({
  sta_ip: `192.168.1.${20 + (seed % 200)}`,
  status: "got ip",
  ssid: "workshop",
  rssi: rssi(seed, now),
});

/** A component's thermometer. */
export const chip = (celsius: number): object => ({ tC: celsius, tF: Math.round((celsius * 1.8 + 32) * 10) / 10 });
