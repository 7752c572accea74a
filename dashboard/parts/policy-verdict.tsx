import type { PolicyVerdict } from "../../hub/http/schemas/policies.ts";
import { money, number } from "../words/format.ts";
import { Checks } from "./checks.tsx";
import { DailyBars } from "./daily-bars.tsx";

interface Props {
  readonly verdict: PolicyVerdict;
  readonly currency: string | undefined;
  readonly open: boolean;
}

/** How the same past days would have gone four ways, and what the checks say. */
export function PolicyEvidence({ verdict: v, currency, open }: Props) {
  return (
    <details class="fold evidence" open={open}>
      <summary>
        <h4>
          Lived through {v.days} {v.days === 1 ? "day" : "days"} of this home's past, hour by hour
        </h4>
      </summary>
      <div class="stack">
        <Ways verdict={v} currency={currency} />
        {v.possible ? (
          <p class="small-text">
            {number(100 * v.possible.share, 0)} % of what was possible. The least possible is worked out with all of
            these days known beforehand and nothing in the way: no plan could have been cheaper, and none can know so
            much.
          </p>
        ) : null}
        <DailyBars daily={v.daily} currency={currency} />
        <p class="quiet small-text">
          Each hour was planned with what was known then: {v.solves.count} plans
          {v.solves.fallbacks > 0 ? `, ${v.solves.fallbacks} of them by simple rules` : ""}. Comfort lost:{" "}
          {number(v.policy.totals.comfortMinutesLost, 0)} min ({number(v.nothing.totals.comfortMinutesLost, 0)}{" "}
          without). What is left in battery, car, tank and rooms at the end is counted. Battery:{" "}
          {number(v.policy.cycles, 1)} full cycles ({number(v.plain.cycles, 1)} by itself).
        </p>
        <Checks checks={v.checks} />
      </div>
    </details>
  );
}

/** Cost a day of each way, as bars; what is left in store at the end is set against it. */
function Ways({ verdict: v, currency }: Pick<Props, "verdict" | "currency">) {
  // What is left in store at the end counts, so that the bars differ by the very savings that are told.
  const left = v.nothing.totals.cost / Math.max(1, v.days);
  const planned = left - v.perDay.mean;
  const ways = [
    { label: "Left to itself", cost: left, tone: "" },
    { label: "Battery and sun by themselves", cost: planned + v.perDay.overPlain, tone: "" },
    { label: "With this policy", cost: planned, tone: "way-this" },
    ...(v.possible
      ? [{ label: "The least possible", cost: v.possible.cost / Math.max(1, v.days), tone: "way-bound" }]
      : []),
  ];
  const most = Math.max(0.01, ...ways.map((w) => w.cost));
  return (
    <dl class="ways">
      {ways.map(({ label, cost, tone }) => (
        <div key={label} class={`way ${tone}`}>
          <dt>{label}</dt>
          <dd>
            <span
              class="way-bar"
              style={{ width: `calc((100% - 8.5rem) * ${Math.max(0.01, cost / most)})` }}
              aria-hidden="true"
            />
            <span class="way-cost">{money(cost, currency)} a day</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
