import { Field } from "./field.tsx";

export interface BandDraft {
  readonly from: string;
  readonly to: string;
  /** 1 = Monday .. 7 = Sunday; none means every day. */
  readonly weekdays: readonly number[];
  readonly amount: string;
}

interface Props {
  readonly unit: string;
  readonly bands: readonly BandDraft[];
  readonly onChange: (bands: readonly BandDraft[]) => void;
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/** As many as the hub takes. */
const MOST = 96;

/** Parts of the day with an amount each; the first that holds counts. */
export function Bands({ unit, bands, onChange }: Props) {
  const change = (at: number, part: Partial<BandDraft>) =>
    onChange(bands.map((b, i) => (i === at ? { ...b, ...part } : b)));
  return (
    <div class="bands">
      {bands.map((band, i) => (
        <fieldset class="band" key={i}>
          <legend class="heard">
            Hours {i + 1}, {unit}
          </legend>
          <Field
            label="From"
            type="time"
            required
            value={band.from}
            onInput={(e) => change(i, { from: e.currentTarget.value })}
          />
          <Field
            label="To"
            type="time"
            required
            value={band.to}
            onInput={(e) => change(i, { to: e.currentTarget.value })}
          />
          <Field
            label={unit}
            type="number"
            step="any"
            required
            value={band.amount}
            onInput={(e) => change(i, { amount: e.currentTarget.value })}
          />
          <button
            type="button"
            class="small"
            aria-label={`Remove hours ${i + 1}`}
            onClick={() => onChange(bands.filter((_, at) => at !== i))}
          >
            Remove
          </button>
          <Days days={band.weekdays} onChange={(weekdays) => change(i, { weekdays })} />
        </fieldset>
      ))}
      <div class="row">
        <button
          type="button"
          class="small"
          disabled={bands.length >= MOST}
          onClick={() => onChange([...bands, { from: "22:00", to: "06:00", weekdays: [], amount: "" }])}
        >
          Add hours
        </button>
      </div>
    </div>
  );
}

interface DaysProps {
  readonly days: readonly number[];
  readonly onChange: (days: readonly number[]) => void;
}

// No day chosen and all days chosen mean the same; all boxes ticked says it better.
function Days({ days, onChange }: DaysProps) {
  const all = days.length === 0;
  const flip = (day: number, on: boolean) => {
    const before = all ? DAYS.map((_, i) => i + 1) : days;
    const after = on ? [...before, day].sort() : before.filter((d) => d !== day);
    onChange(after.length === DAYS.length ? [] : after);
  };
  return (
    <div class="days">
      {DAYS.map((label, i) => (
        <label key={label}>
          <input
            type="checkbox"
            checked={all || days.includes(i + 1)}
            onChange={(e) => flip(i + 1, e.currentTarget.checked)}
          />
          {label}
        </label>
      ))}
    </div>
  );
}
