import type { Measured } from "../../hub/http/schemas.ts";
import { money, number } from "../words/format.ts";
import { DailyBars } from "./daily-bars.tsx";

/** What came of a plan so far, with its doubt: a saving smaller than its band is said to be none that can be told. */
export function MeasuredSaving({
  measured: m,
  currency,
}: {
  readonly measured: Measured;
  readonly currency: string | undefined;
}) {
  if (m.refused)
    return (
      <section class="measured" aria-label="Measured so far">
        <p>Not measured yet: {m.refused}.</p>
      </section>
    );
  const clear = Math.abs(m.savedCost) > m.band;
  return (
    <section class="measured" aria-label="Measured so far">
      <p class="measured-sum">
        {money(m.savedCost, currency)} <span class="quiet">± {money(m.band, currency)}</span>
      </p>
      <p>
        measured over {number(m.days, 1)} {m.days === 1 ? "day" : "days"}, {number(m.savedKwh, 1)} kWh less;{" "}
        {number(m.coverage * 100, 0)} % of the days were recorded well enough
      </p>
      {clear ? null : <p class="quiet small-text">Too little to tell from chance yet.</p>}
      {m.daily && m.daily.length > 1 ? <DailyBars daily={m.daily} currency={currency} /> : null}
      {m.note ? <p class="quiet small-text">{m.note}</p> : null}
      <How measured={m} currency={currency} />
    </section>
  );
}

function How({ measured: m, currency }: { readonly measured: Measured; readonly currency: string | undefined }) {
  if (!m.method) return null;
  return (
    <details class="fold">
      <summary>
        <h4>What this figure rests on</h4>
      </summary>
      <div class="stack small-text">
        <p>{m.method}.</p>
        <p>
          The days above sum up to the figure. In nine cases of ten the true saving lies within the ±; what is in store
          at either end (battery, car, hot water, rooms) is settled at the price of energy.
        </p>
        {m.most === undefined ? null : (
          <p>
            It can't have been more than {money(m.most, currency)}: so much the steered devices' energy and the spread
            of prices allow.
          </p>
        )}
      </div>
    </details>
  );
}
