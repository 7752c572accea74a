import type { TariffComponent } from "../../../hub/http/schemas.ts";
import { Choice } from "../field.tsx";
import { BandRows } from "./band-rows.tsx";
import { NumberField } from "./number-field.tsx";
import { PeakForm } from "./peak-form.tsx";
import { type FormProps, Name, Period, RoleChoice, Roles, Starts } from "./shared-fields.tsx";

type Of<K extends TariffComponent["kind"]> = FormProps<Extract<TariffComponent, { kind: K }>>;

const DIRECTIONS = [
  { value: "import", label: "What you take costs this" },
  { value: "export", label: "What you give earns this" },
];

/** The form of one part of a contract, by its kind. */
export function ComponentForm({ value, around, onChange }: FormProps) {
  switch (value.kind) {
    case "perKwh":
      return <PerKwhForm value={value} around={around} onChange={onChange} />;
    case "dynamic":
      return <DynamicForm value={value} around={around} onChange={onChange} />;
    case "standing":
      return <StandingForm value={value} around={around} onChange={onChange} />;
    case "tiers":
      return <TiersForm value={value} around={around} onChange={onChange} />;
    case "peak":
      return <PeakForm value={value} around={around} onChange={onChange} />;
    case "netMetering":
      return (
        <div class="two">
          <Name value={value} onChange={onChange} />
          <Period
            value={value.per}
            least="month"
            onChange={(per) => onChange({ ...value, per: per === "year" ? "year" : "month" })}
          />
          <Starts per={value.per} value={value.starts} onChange={(starts) => onChange({ ...value, starts })} />
          <NumberField
            label={`Paid for the rest (${around.currency}/kWh)`}
            value={value.surplusPerKwh}
            onChange={(n) => onChange({ ...value, surplusPerKwh: n ?? 0 })}
          />
          <Roles of={value.of} label="Saved by it" onChange={(of) => onChange({ ...value, of })} />
        </div>
      );
    case "percent":
      return (
        <div class="two">
          <Name value={value} onChange={onChange} />
          <NumberField
            label="Percent"
            value={value.percent}
            onChange={(n) => onChange({ ...value, percent: n ?? 0 })}
          />
          <Roles of={value.of} label="Of all above that is" onChange={(of) => onChange({ ...value, of })} />
        </div>
      );
    default:
      return (
        <div class="two">
          <Name value={value} onChange={onChange} />
          <NumberField
            label={`At least (${around.currency} a month)`}
            required={false}
            value={value.atLeast}
            onChange={(atLeast) => onChange({ ...value, atLeast })}
          />
          <NumberField
            label={`At most (${around.currency} a month)`}
            required={false}
            value={value.atMost}
            onChange={(atMost) => onChange({ ...value, atMost })}
          />
          <Roles of={value.of} label="Of all above that is" onChange={(of) => onChange({ ...value, of })} />
        </div>
      );
  }
}

function PerKwhForm({ value, around, onChange }: Of<"perKwh">) {
  const unit = `${around.currency}/kWh`;
  return (
    <div class="stack">
      <div class="two">
        <Name value={value} onChange={onChange} />
        <NumberField
          label={value.bands.length > 0 ? `Outside the hours below (${unit})` : `Price (${unit})`}
          value={value.perKwh}
          onChange={(n) => onChange({ ...value, perKwh: n ?? 0 })}
        />
        <RoleChoice role={value.role} onChange={(role) => onChange({ ...value, role })} />
        <Choice
          label="Which energy"
          value={value.direction}
          options={DIRECTIONS}
          onChange={(d) => onChange({ ...value, direction: d === "export" ? "export" : "import" })}
        />
      </div>
      <BandRows
        unit={unit}
        bands={value.bands}
        dayLists={around.dayLists}
        amount={(b) => b.perKwh}
        withAmount={(b, perKwh) => ({ ...b, perKwh })}
        fresh={{ from: "22:00", to: "06:00", perKwh: value.perKwh }}
        onChange={(bands) => onChange({ ...value, bands })}
      />
    </div>
  );
}

function DynamicForm({ value, around, onChange }: Of<"dynamic">) {
  const { currency } = around;
  const names = [...new Set([...around.series, value.series])];
  const missing = !around.series.includes(value.series);
  return (
    <div class="two">
      <Name value={value} onChange={onChange} />
      <Choice
        label="Prices"
        value={value.series}
        options={names.map((name) => ({
          value: name,
          label: missing && name === value.series ? `${name} (none kept yet)` : name,
        }))}
        onChange={(series) => onChange({ ...value, series })}
      />
      <NumberField label="Times" value={value.factor} onChange={(n) => onChange({ ...value, factor: n ?? 1 })} />
      <NumberField
        label={`Plus (${currency}/kWh)`}
        value={value.perKwh}
        onChange={(n) => onChange({ ...value, perKwh: n ?? 0 })}
      />
      <NumberField
        label={`Never under (${currency}/kWh)`}
        required={false}
        value={value.floor}
        onChange={(floor) => onChange({ ...value, floor })}
      />
      <NumberField
        label={`Never over (${currency}/kWh)`}
        required={false}
        value={value.ceiling}
        onChange={(ceiling) => onChange({ ...value, ceiling })}
      />
      <NumberField
        label={`Only what is over (${currency}/kWh)`}
        required={false}
        value={value.above}
        onChange={(above) => onChange({ ...value, above })}
      />
      <RoleChoice role={value.role} onChange={(role) => onChange({ ...value, role })} />
      <Choice
        label="Which energy"
        value={value.direction}
        options={DIRECTIONS}
        onChange={(d) => onChange({ ...value, direction: d === "export" ? "export" : "import" })}
      />
    </div>
  );
}

function StandingForm({ value, around, onChange }: Of<"standing">) {
  return (
    <div class="two">
      <Name value={value} onChange={onChange} />
      <NumberField
        label={`Amount (${around.currency})`}
        value={value.amount}
        onChange={(n) => onChange({ ...value, amount: n ?? 0 })}
      />
      <Period value={value.per} onChange={(per) => onChange({ ...value, per })} />
    </div>
  );
}

function TiersForm({ value, around, onChange }: Of<"tiers">) {
  const { steps } = value;
  const change = (at: number, part: Partial<(typeof steps)[number]>) =>
    onChange({ ...value, steps: steps.map((s, i) => (i === at ? { ...s, ...part } : s)) });
  const add = () => {
    const last = steps.at(-2)?.upTo ?? 0;
    onChange({ ...value, steps: [...steps.slice(0, -1), { upTo: last + 100, perKwh: 0.3 }, ...steps.slice(-1)] });
  };
  return (
    <div class="stack">
      <div class="two">
        <Name value={value} onChange={onChange} />
        <Period value={value.per} onChange={(per) => onChange({ ...value, per })} />
        <Starts per={value.per} value={value.starts} onChange={(starts) => onChange({ ...value, starts })} />
        <RoleChoice role={value.role} onChange={(role) => onChange({ ...value, role })} />
        <Choice
          label="The steps are kWh"
          value={value.perDay ? "day" : "period"}
          options={[
            { value: "period", label: "in the whole period" },
            { value: "day", label: "for each day of it" },
          ]}
          onChange={(v) => onChange({ ...value, perDay: v === "day" })}
        />
      </div>
      {steps.map((step, i) => (
        <div class="two" key={`${i}/${steps.length}`}>
          {i < steps.length - 1 ? (
            <NumberField label="Up to (kWh)" value={step.upTo} onChange={(upTo) => change(i, { upTo: upTo ?? 0 })} />
          ) : (
            <p class="quiet">Beyond</p>
          )}
          <NumberField
            label={`Price (${around.currency}/kWh)`}
            value={step.perKwh}
            onChange={(n) => change(i, { perKwh: n ?? 0 })}
          />
        </div>
      ))}
      <div class="row">
        <button type="button" class="small" disabled={steps.length >= 20} onClick={add}>
          Add a step
        </button>
        <button
          type="button"
          class="small"
          disabled={steps.length < 3}
          onClick={() => onChange({ ...value, steps: [...steps.slice(0, -2), ...steps.slice(-1)] })}
        >
          Remove the last step
        </button>
      </div>
    </div>
  );
}
