import { expect, test } from "vitest";
import { checkDraft } from "../../../hub/rules/check/index.ts";
import { diceOf, generate, make, type Site } from "./generate.ts";
import { contextOf, draft, homeOf, kept } from "./home.ts";
import * as s from "./say.ts";

const RULES = 200;
const DEVICES = 300;

/** Many homes under one roof. */
function large(): Site {
  const site: Site = { dice: diceOf(7), devices: [], rules: [], plans: [], scenes: [] };
  for (let seed = 1; site.rules.length < RULES; seed++) {
    const { site: one } = generate(seed);
    const own = (text: string) => text.replaceAll(/"([a-z]+-\d+)"/g, `"$1-${seed}"`);
    site.rules.push(...(JSON.parse(own(JSON.stringify(one.rules))) as object[]).slice(2));
    site.devices.push(...one.devices.map(([kind, id, ...rest]) => [kind, `${id}-${seed}`, ...rest] as const));
    site.plans.push(...(JSON.parse(own(JSON.stringify(one.plans))) as typeof one.plans));
    site.scenes.push(...(JSON.parse(own(JSON.stringify(one.scenes))) as typeof one.scenes));
  }
  while (site.devices.length < DEVICES) make(site, "light");
  return site;
}

test("a rule is held against 200 rules and 300 devices in less than 50 ms", () => {
  const site = large();
  const rules = site.rules.slice(0, RULES).map((r, i) => kept({ title: `Rule ${i}`, ...r }, `r${i}`));
  const context = contextOf(homeOf(site.devices), { rules, planRules: site.plans, scenes: site.scenes });
  const given = [
    s.when({ kind: "mode", to: ["night"] }, s.off({ kinds: ["light", "plug"] }), { if: s.home() }),
    s.during(
      s.all(s.state({ rooms: ["Kitchen"] }, "occupancySensing.occupancy", "=", true), s.between("18:00", "23:00")),
      s.on({ rooms: ["Kitchen"], kinds: ["light"] }),
    ),
    s.when(s.becomes({ kinds: ["light"] }, "onOff.onOff", true), [
      s.cmd({ kinds: ["light"] }, "levelControl.moveToLevel", { level: 60 }),
    ]),
  ].map((g) => draft(g));
  const times: number[] = [];
  for (let round = 0; round < 12; round++)
    for (const one of given) {
      // Time of the processor: what else runs on the machine does not count.
      const before = process.cpuUsage();
      checkDraft(one, context);
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1000);
    }
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1] ?? Number.NaN;
  console.info(
    `checked against ${rules.length} rules and ${site.devices.length} devices: median ${median.toFixed(1)} ms, slowest ${times.at(-1)?.toFixed(1)} ms`,
  );
  expect(median).toBeLessThan(50);
});
