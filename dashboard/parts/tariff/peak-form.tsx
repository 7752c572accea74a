import type { TariffComponent } from "../../../hub/http/schemas.ts";
import { Choice } from "../field.tsx";
import { BandRows } from "./band-rows.tsx";
import { NumberField } from "./number-field.tsx";
import { type FormProps, Name, Period } from "./shared-fields.tsx";

type Peak = Extract<TariffComponent, { kind: "peak" }>;
const WINDOWS = [15, 30, 60] as const;

/** A charge on the highest power: over which time, of how many peaks, at which price or by which steps. */
export function PeakForm({ value, around, onChange }: FormProps<Peak>) {
  const { currency } = around;
  const whole = (n: number | undefined, most: number) => Math.min(most, Math.max(1, Math.round(n ?? 1)));
  return (
    <div class="stack">
      <div class="two">
        <Name value={value} onChange={onChange} />
        <Choice
          label="Mean power over"
          value={String(value.windowMinutes)}
          options={WINDOWS.map((w) => ({ value: String(w), label: `${w} minutes` }))}
          onChange={(v) => onChange({ ...value, windowMinutes: WINDOWS.find((w) => String(w) === v) ?? 15 })}
        />
        <NumberField
          label="Mean of so many highest"
          value={value.highest}
          onChange={(n) => onChange({ ...value, highest: whole(n, 20) })}
        />
        <Choice
          label="Of these"
          value={value.onDifferentDays ? "days" : "any"}
          options={[
            { value: "any", label: "any may be on the same day" },
            { value: "days", label: "each must be of another day" },
          ]}
          onChange={(v) => onChange({ ...value, onDifferentDays: v === "days" })}
        />
        <NumberField
          label="Mean of so many months"
          value={value.months}
          onChange={(n) => onChange({ ...value, months: whole(n, 12) })}
        />
        <NumberField
          label="At least (kW)"
          value={value.atLeastKw}
          onChange={(n) => onChange({ ...value, atLeastKw: n ?? 0 })}
        />
        {value.steps ? null : <Price value={value} currency={currency} onChange={onChange} />}
        <NumberField
          label="Share that counts outside the hours below"
          hint="1 is all of it, 0 none"
          value={value.outside}
          onChange={(n) => onChange({ ...value, outside: Math.min(1, Math.max(0, n ?? 1)) })}
        />
      </div>
      <Steps value={value} currency={currency} onChange={onChange} />
      <BandRows
        unit="Share that counts"
        bands={value.bands}
        dayLists={around.dayLists}
        amount={(b) => b.share}
        withAmount={(b, share) => ({ ...b, share: Math.min(1, Math.max(0, share)) })}
        fresh={{ from: "22:00", to: "06:00", share: 0.5 }}
        onChange={(bands) => onChange({ ...value, bands })}
      />
    </div>
  );
}

function Price({ value, currency, onChange }: StepsProps) {
  return (
    <>
      <NumberField
        label={`Price (${currency}/kW)`}
        value={value.perKw}
        onChange={(n) => onChange({ ...value, perKw: n ?? 0 })}
      />
      <Period
        value={value.per}
        least="month"
        onChange={(per) => onChange({ ...value, per: per === "year" ? "year" : "month" })}
      />
    </>
  );
}

interface StepsProps {
  readonly value: Peak;
  readonly currency: string;
  readonly onChange: (value: Peak) => void;
}

type Step = NonNullable<Peak["steps"]>[number];
const FIRST: readonly Step[] = [{ upToKw: 5, perMonth: 10 }, { perMonth: 20 }];

function Steps({ value, currency, onChange }: StepsProps) {
  const { steps } = value;
  if (!steps)
    return (
      <div class="row">
        <button type="button" class="small" onClick={() => onChange({ ...value, perKw: 0, steps: FIRST })}>
          Charge by steps instead
        </button>
      </div>
    );
  const change = (at: number, part: Partial<Step>) =>
    onChange({ ...value, steps: steps.map((s, i) => (i === at ? { ...s, ...part } : s)) });
  const add = () => {
    const next: Step = { upToKw: (steps.at(-2)?.upToKw ?? 0) + 5, perMonth: 10 };
    onChange({ ...value, steps: [...steps.slice(0, -1), next, ...steps.slice(-1)] });
  };
  const perKw = () => {
    const { steps: _, ...rest } = value;
    onChange({ ...rest, perKw: 5 });
  };
  return (
    <>
      {steps.map((step, i) => (
        <div class="two" key={`${i}/${steps.length}`}>
          {i < steps.length - 1 ? (
            <NumberField
              label="Up to (kW)"
              value={step.upToKw}
              onChange={(upToKw) => change(i, { upToKw: upToKw ?? 0 })}
            />
          ) : (
            <p class="quiet">Beyond</p>
          )}
          <NumberField
            label={`A month (${currency})`}
            value={step.perMonth}
            onChange={(n) => change(i, { perMonth: n ?? 0 })}
          />
        </div>
      ))}
      <div class="row">
        <button type="button" class="small" disabled={steps.length >= 30} onClick={add}>
          Add a step
        </button>
        <button type="button" class="small" onClick={perKw}>
          Charge per kW instead
        </button>
      </div>
    </>
  );
}
