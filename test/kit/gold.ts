import { expect, test } from "vitest";
import { check } from "../../adapters/kit/check.ts";
import type { Firmware } from "../../adapters/kit/firmware.ts";
import { live } from "../../adapters/kit/rules/live.ts";
import { dialects } from "../../adapters/mqtt/dialects/index.ts";
import { openBenchBroker } from "../../hub/cli/kit/bench-broker.ts";

const sizes = { fuzz: 200, flood: 500, seconds: 1 };

/** Each of these dialects obeys all rules that apply to it, also through a real broker. */
export function reachGold(firmwares: readonly Firmware[]): void {
  // A good part of each is waiting for a real broker: several wait side by side.
  test.concurrent.each(firmwares.map((f) => [f.dialect, f] as const))(
    "%s reaches gold",
    async (name, firmware) => {
      const dialect = dialects.find((d) => d.name === name);
      if (!dialect) throw new Error(`no dialect ${name}`);
      const report = await check(dialect, firmware, { sizes, liveRules: live, openBroker: openBenchBroker });
      expect(report.results.flatMap((r) => (r.state === "failed" ? [r.id, ...r.evidence] : []))).toEqual([]);
      expect(report).toMatchObject({ grade: "gold", complete: true });
    },
    120_000,
  );
}
