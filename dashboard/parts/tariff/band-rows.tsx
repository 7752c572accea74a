import type { TariffComponent } from "../../../hub/http/schemas.ts";
import { Choice, Field } from "../field.tsx";
import { NumberField } from "./number-field.tsx";

type Priced = Extract<TariffComponent, { kind: "perKwh" }>["bands"][number];
/** What all bands have; the amount is told apart by who asks. */
export type AnyBand = Omit<Priced, "perKwh" | "label">;

interface Props<B extends AnyBand> {
  readonly unit: string;
  readonly bands: readonly B[];
  /** Names of the book's lists of days, `holidays` among them. */
  readonly dayLists: readonly string[];
  readonly amount: (band: B) => number;
  readonly withAmount: (band: B, amount: number) => B;
  readonly fresh: B;
  readonly onChange: (bands: readonly B[]) => void;
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MOST = 96;
const SEASONS = [
  { value: "", label: "All year" },
  { value: "04-01/09-30", label: "April to September" },
  { value: "10-01/03-31", label: "October to March" },
  { value: "06-01/09-30", label: "June to September" },
  { value: "10-01/05-31", label: "October to May" },
  { value: "11-01/03-31", label: "November to March" },
  { value: "04-01/10-31", label: "April to October" },
];

/** Hours with an amount each, by season, weekday and list of days; the first that holds counts. */
export function BandRows<B extends AnyBand>(props: Props<B>) {
  const { bands, onChange, unit, fresh } = props;
  const change = (at: number, band: B) => onChange(bands.map((b, i) => (i === at ? band : b)));
  return (
    <div class="bands">
      {bands.map((band, i) => (
        <fieldset class="band" key={`${i}/${bands.length}`}>
          <legend class="heard">
            Hours {i + 1}, {unit}
          </legend>
          <Field
            label="From"
            type="time"
            required
            value={band.from}
            onInput={(e) => change(i, { ...band, from: e.currentTarget.value })}
          />
          <Field
            label="To"
            type="time"
            required
            value={band.to}
            onInput={(e) => change(i, { ...band, to: e.currentTarget.value })}
          />
          <NumberField
            label={unit}
            value={props.amount(band)}
            onChange={(n) => change(i, props.withAmount(band, n ?? 0))}
          />
          <button
            type="button"
            class="small"
            aria-label={`Remove hours ${i + 1}`}
            onClick={() => onChange(bands.filter((_, at) => at !== i))}
          >
            Remove
          </button>
          <When band={band} dayLists={props.dayLists} onChange={(b) => change(i, { ...band, ...b })} />
        </fieldset>
      ))}
      <div class="row">
        <button type="button" class="small" disabled={bands.length >= MOST} onClick={() => onChange([...bands, fresh])}>
          Add hours
        </button>
      </div>
    </div>
  );
}

interface WhenProps {
  readonly band: AnyBand;
  readonly dayLists: readonly string[];
  readonly onChange: (part: Pick<AnyBand, "weekdays" | "season" | "onDays" | "notOnDays">) => void;
}

function When({ band, dayLists, onChange }: WhenProps) {
  const season = band.season ? `${band.season.from}/${band.season.to}` : "";
  const known = SEASONS.some((s) => s.value === season);
  const seasons = known ? SEASONS : [...SEASONS, { value: season, label: season.replace("/", " to ") }];
  const days = band.onDays?.[0] ? `on ${band.onDays[0]}` : band.notOnDays?.[0] ? `not ${band.notOnDays[0]}` : "";
  const options = [
    { value: "", label: "Any day" },
    ...dayLists.flatMap((name) => [
      { value: `on ${name}`, label: `Only on: ${name}` },
      { value: `not ${name}`, label: `Not on: ${name}` },
    ]),
  ];
  return (
    <div class="when">
      <Weekdays
        days={band.weekdays ?? []}
        onChange={(weekdays) => onChange({ weekdays: weekdays.length > 0 ? weekdays : undefined })}
      />
      <Choice
        label="Season"
        value={season}
        options={seasons}
        onChange={(value) => {
          const [from = "", to = ""] = value.split("/");
          onChange({ season: value === "" ? undefined : { from, to } });
        }}
      />
      <Choice
        label="Days"
        value={days}
        options={options}
        onChange={(value) => {
          const name = value.slice(value.indexOf(" ") + 1);
          onChange({
            onDays: value.startsWith("on ") ? [name] : undefined,
            notOnDays: value.startsWith("not ") ? [name] : undefined,
          });
        }}
      />
    </div>
  );
}

// No day chosen and all days chosen mean the same; all boxes ticked says it better.
function Weekdays({
  days,
  onChange,
}: {
  readonly days: readonly number[];
  readonly onChange: (days: readonly number[]) => void;
}) {
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
