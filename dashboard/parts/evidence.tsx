import type { Verdict } from "../../hub/http/schemas.ts";
import { dayWords, money, number } from "../words/format.ts";
import { Checks } from "./checks.tsx";
import { DailyBars } from "./daily-bars.tsx";

interface Props {
  readonly verdict: Verdict;
  readonly currency: string | undefined;
  readonly open: boolean;
}

/** What the replay of the home's own past said. */
export function Evidence({ verdict: v, currency, open }: Props) {
  // Nothing was replayed: the device's own forecast is the judge, each time anew.
  if (v.days === 0 && v.ok)
    return (
      <details class="fold evidence" open={open}>
        <summary>
          <h4>Judged by the device's own forecast</h4>
        </summary>
        <Checks checks={v.checks} />
      </details>
    );
  return (
    <details class="fold evidence" open={open}>
      <summary>
        <h4>
          Tried on {v.days} {v.days === 1 ? "day" : "days"} of this home's past
        </h4>
      </summary>
      <div class="stack">
        <DailyBars daily={v.daily} currency={currency} />
        {v.worstDay ? (
          <p class="small-text">
            Worst day: {dayWords(v.worstDay.day)},{" "}
            {v.worstDay.savedCost < 0
              ? `${money(-v.worstDay.savedCost, currency)} more spent than without it`
              : `${money(v.worstDay.savedCost, currency)} saved`}
          </p>
        ) : null}
        <TotalsTable verdict={v} currency={currency} />
        <Checks checks={v.checks} />
        <p class="small-text">
          <span class={`pill ${v.fit.ok ? "pill-good" : "pill-warn"}`}>
            {v.fit.ok ? "the twin fits" : "the twin fits badly"}
          </span>{" "}
          {v.fit.note}
        </p>
      </div>
    </details>
  );
}

function TotalsTable({ verdict, currency }: Pick<Props, "verdict" | "currency">) {
  const { baseline: b, withPlan: p } = verdict;
  const rows: readonly (readonly [string, string, string, string])[] = [
    ["Cost", money(b.cost, currency), money(p.cost, currency), money(p.cost - b.cost, currency)],
    ["From the grid", kwh(b.importedKwh), kwh(p.importedKwh), kwh(p.importedKwh - b.importedKwh)],
    ["To the grid", kwh(b.exportedKwh), kwh(p.exportedKwh), kwh(p.exportedKwh - b.exportedKwh)],
    ["CO₂", kg(b.co2Kg), kg(p.co2Kg), kg(p.co2Kg - b.co2Kg)],
    [
      "Comfort lost",
      min(b.comfortMinutesLost),
      min(p.comfortMinutesLost),
      min(p.comfortMinutesLost - b.comfortMinutesLost),
    ],
    ["Switchings", number(b.switchings, 0), number(p.switchings, 0), number(p.switchings - b.switchings, 0)],
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard (WCAG 2.1.1).
    <section class="scroll" aria-label="Figures" tabIndex={0}>
      <table class="totals">
        <caption class="heard">All replayed days together</caption>
        <thead>
          <tr>
            <th scope="col">All days together</th>
            <th scope="col">Without</th>
            <th scope="col">With it</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, before, after, change]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{before}</td>
              <td>{after}</td>
              <td>{change}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const kwh = (n: number) => `${number(n, 1)} kWh`;
const kg = (n: number) => `${number(n, 1)} kg`;
const min = (n: number) => `${number(n, 0)} min`;
