import type { Measured } from "../../hub/http/schemas.ts";
import { money, number } from "../words/format.ts";

/** What came of a plan so far, with its doubt: a saving smaller than its band is said to be none that can be told. */
export function MeasuredSaving({
  measured: m,
  currency,
}: {
  readonly measured: Measured;
  readonly currency: string | undefined;
}) {
  const clear = Math.abs(m.savedCost) > m.band;
  return (
    <section class="measured" aria-label="Measured so far">
      <p class="measured-sum">
        {money(m.savedCost, currency)} <span class="quiet">± {money(m.band, currency)}</span>
      </p>
      <p>
        measured over {number(m.days, 1)} {m.days === 1 ? "day" : "days"}, {number(m.savedKwh, 1)} kWh less;{" "}
        {number(m.coverage * 100, 0)} % of the time was recorded
      </p>
      {clear ? null : <p class="quiet small-text">Too little to tell from chance yet.</p>}
      {m.note ? <p class="quiet small-text">{m.note}</p> : null}
    </section>
  );
}
