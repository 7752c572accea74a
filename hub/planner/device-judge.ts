/** The judgement on rules that act only where a device's own forecast or offer shows that it pays: what it says now. */
import { co2At, exportPriceAt, priceAt } from "../energy/tariff.ts";
import { knownOf } from "../model/home.ts";
import type { Proposal, Verdict } from "../model/plan.ts";
import type { Tariff } from "../model/tariff.ts";
import { decide } from "../rules/arbitrate.ts";
import type { Picture } from "../rules/picture.ts";
import type { StaticContext } from "./static-checks.ts";
import { dayPrices } from "./strategies/prices.ts";

type Check = Verdict["checks"][number];

function pictureOf({ home, now = 0 }: StaticContext, tariff: Tariff): Picture {
  const { timeZone } = home.settings;
  return {
    now,
    timeZone,
    memory: new Map(),
    price: (at) => priceAt(tariff, at, timeZone),
    exportPrice: exportPriceAt(tariff, now, timeZone),
    co2: (at) => co2At(tariff, at, timeZone),
    surplusW: () => undefined,
    known: (key) => {
      const node = home.nodes.get(key.slice(0, Math.max(0, key.indexOf("/"))));
      return node ? knownOf(node, key, now) : { status: "unknown", reason: "there is no such device" };
    },
  };
}

/** What the rules would do at this moment and why, and what there is to gain; passed unless the device tells nothing of itself. */
export function judgedByDevice(proposal: Proposal, context: StaticContext, tariff: Tariff): Check[] {
  const { wants, verdicts } = decide(proposal.rules, pictureOf(context, tariff));
  const said = new Set(wants.map((want) => want.rule.id));
  const now = proposal.rules.map((rule) => {
    const reason = verdicts.get(rule.id)?.reason ?? "";
    return said.has(rule.id) ? `now: ${reason}` : `nothing now: ${reason}`;
  });
  const mute = [...verdicts.values()].every((v) => v.holds === "unknown");
  const { low, high } = dayPrices(tariff, context.now ?? 0, context.home.settings.timeZone);
  return [
    {
      name: "judged by the device's own forecast",
      ok: !mute,
      detail: mute ? "can't judge: the device tells nothing of itself" : now.join("; "),
    },
    {
      name: "saves",
      ok: true,
      detail: `it acts only where that forecast costs less for it; a kWh costs ${low.toFixed(2)} to ${high.toFixed(2)} over the day`,
    },
  ];
}
