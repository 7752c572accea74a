import { describe, expect, test } from "vitest";
import { checkDraft, checking } from "../../../hub/rules/check/index.ts";
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

/** Rules of which each is started by one lamp, looks at a second and switches a third: nearly all lead to one another. */
function interlinked(count: number, lamps: number): object[] {
  const dice = diceOf(3);
  const lamp = () => `lamp-${dice.below(lamps)}`;
  return Array.from({ length: count }, () =>
    s.when(
      s.becomes(s.dev(lamp()), "onOff.onOff", dice.chance(0.5)),
      dice.chance(0.5) ? s.on(s.dev(lamp())) : s.off(s.dev(lamp())),
      { if: s.isOn(lamp(), dice.chance(0.5)) },
    ),
  );
}

describe("a rule held against hundreds that lead to one another", () => {
  const LAMPS = 80;
  const among = (count: number) => {
    const rules = interlinked(count, LAMPS).map((r, i) => kept({ title: `Rule ${i}`, ...r }, `r${i}`));
    const lamps = Array.from({ length: LAMPS }, (_, i) => ["lamp", `lamp-${i}`, `Lamp ${i}`] as const);
    return contextOf(homeOf(lamps), { rules });
  };
  const own = interlinked(408, LAMPS)
    .slice(400)
    .map((r) => draft(r));
  /** Processor time of all the checks, ms, and the fewest rests that one of them took. */
  const looked = (rules: number) => {
    const context = among(rules);
    const before = process.cpuUsage();
    const rests = own.map((one) => {
      const work = checking(one, context);
      let count = 0;
      while (!work.next().done) count++;
      return count;
    });
    const { user, system } = process.cpuUsage(before);
    return { ms: (user + system) / 1000, rests: Math.min(...rests) };
  };

  test("rests at least once a rule, so that the house goes on, and twice the rules take a few times as long", () => {
    looked(200);
    const [half, whole] = [looked(200), looked(400)];
    expect(whole.rests).toBeGreaterThanOrEqual(400);
    // With a search that tried all ways it was fifty times as long.
    expect(whole.ms).toBeLessThan(10 * half.ms);
  });

  test("is told of the one circle among them that goes on for ever", () => {
    const { home, rules } = among(400);
    const chain = [0, 1, 2].map((n) =>
      kept(
        {
          title: `Chain ${n}`,
          ...s.when(s.becomes(s.dev(`lamp-${n}`), "onOff.onOff"), s.cmd(s.dev(`lamp-${n + 1}`), "onOff.toggle")),
        },
        `c${n}`,
      ),
    );
    const last = draft(s.when(s.becomes(s.dev("lamp-3"), "onOff.onOff"), s.cmd(s.dev("lamp-0"), "onOff.toggle")));
    const loops = (more: typeof chain) =>
      checkDraft(last, contextOf(home, { rules: [...rules, ...more] })).filter((p) => p.code === "loop");
    expect(loops(chain)).toHaveLength(1);
  });
});
