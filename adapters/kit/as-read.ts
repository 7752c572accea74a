import type { Bench } from "./bench.ts";
import { readingsOf } from "./bench.ts";
import type { Device, Report, Truth } from "./firmware.ts";

/**
 * The device with what this adapter makes of its messages, each on its own in a quiet home, in place of the truth. Only the
 * rule for the truth itself holds the adapter to the maker's word; all others look whether anything changes what is read,
 * so that one wrong unit is one failed rule and not twenty.
 */
export function asRead(bench: Bench, device: Device): Device {
  bench.plug(device);
  bench.hear(device.reports);
  const node = bench.nodeOf(device);
  if (node === undefined) return device;
  const read = (report: Report): Report => {
    const readings = readingsOf(bench.hear([report], { retained: false }), node);
    const told = (truth: Truth): Truth =>
      Object.fromEntries(
        Object.keys(truth).flatMap((path) => {
          const value = readings.get(path)?.value;
          return value === undefined ? [] : [[path, value]];
        }),
      );
    return { ...report, says: Object.fromEntries(Object.entries(report.says).map(([f, truth]) => [f, told(truth)])) };
  };
  return {
    ...device,
    reports: device.reports.map(read),
    ...(device.events ? { events: device.events.map(read) } : {}),
    ...(device.orders ? { orders: device.orders.map((o) => ({ ...o, echo: o.echo.map(read) })) } : {}),
  };
}
