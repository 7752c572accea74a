import { useMemo } from "preact/hooks";
import type { Prediction } from "../../hub/http/schemas.ts";
import { type Line, Plot } from "../parts/plot.tsx";
import { settings } from "../store.ts";
import { clockAt, dayWords, money } from "../words/format.ts";
import { fine } from "../words/learned.ts";

const NAMES: Readonly<Record<Prediction["kind"], string>> = {
  load: "What the house uses",
  sun: "The sun",
  prices: "Prices not published yet",
  presence: "Somebody is home",
  hotWater: "Warm water",
  car: "The car is gone",
};

/** How well this home can be foreseen: foretold the midnight before on the last days, beside what came. */
export function ForeseenFold({ predictions }: { readonly predictions: readonly Prediction[] }) {
  if (predictions.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="foreseen">
      <h3 id="foreseen">How well this home can be foreseen</h3>
      <p class="quiet small-text">
        Each of the last days was foretold once more from what was known the midnight before, and is held against what
        came.
      </p>
      {predictions.map((p) => (
        <details key={p.kind} class="fold foreseen">
          <summary>
            <h4>{NAMES[p.kind]}</h4>
            <span class="quiet small-text">{inShort(p)}</span>
          </summary>
          <div class="stack">
            <p>{p.note}</p>
            {p.picture ? <LastDays prediction={p} picture={p.picture} /> : null}
          </div>
        </details>
      ))}
    </section>
  );
}

/** A value with its unit. */
function inUnit(p: Prediction, value: number): string {
  if (p.unit === "money") return money(value, settings.value?.currency, 3);
  return p.unit === "%" ? `${Math.round(value)} %` : `${fine(value)} kWh`;
}

/** The error in a line, and whether it is used. */
function inShort(p: Prediction): string {
  if (p.days === 0) return "too little is known yet";
  if (p.kind === "prices" && !p.used) return "fixed by the contract";
  const off = p.unit === "%" ? `off by ${Math.round(p.error)} points` : `off by ${inUnit(p, p.error)} an hour`;
  return `${off} · ${p.days} days tested · ${p.used ? "used" : "not used"}`;
}

interface LastDaysProps {
  readonly prediction: Prediction;
  readonly picture: NonNullable<Prediction["picture"]>;
}

function LastDays({ prediction: p, picture }: LastDaysProps) {
  const timeZone = settings.value?.timeZone;
  const count = picture.measured.length;
  const at = useMemo(
    () => Array.from({ length: count + 1 }, (_, i) => picture.from + i * picture.stepMs),
    [picture, count],
  );
  const lines = useMemo<Line[]>(() => {
    const toTheEnd = (values: readonly (number | null)[]) => [...values, ...values.slice(-1)];
    return [
      { label: "measured", colour: "--ink", data: toTheEnd(picture.measured), stepped: true },
      { label: "foretold", colour: "--ember", data: toTheEnd(picture.predicted), stepped: true },
    ];
  }, [picture]);
  const say = (i: number | undefined): string => {
    const time = i === undefined ? undefined : at[i];
    if (time === undefined || i === undefined || i >= count)
      return `From ${dayWords(picture.day)} on. Dark: measured, ember: foretold the midnight before.`;
    const value = (v: number | null | undefined) => (v === null || v === undefined ? "not known" : inUnit(p, v));
    return `${clockAt(time, timeZone)}: measured ${value(picture.measured[i])}, foretold ${value(picture.predicted[i])}`;
  };
  return (
    <Plot
      at={at}
      from={picture.from}
      to={picture.from + picture.stepMs * count}
      lines={lines}
      timeZone={timeZone}
      height={160}
      summary={`${NAMES[p.kind]}, foretold and measured in the last days: ${inShort(p)}`}
      axis={(v) => inUnit(p, v)}
      readout={say}
    />
  );
}
