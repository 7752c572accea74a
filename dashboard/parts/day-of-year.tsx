import { Choice } from "./field.tsx";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const two = (n: number): string => String(n).padStart(2, "0");

interface Props {
  readonly label: string;
  /** `MM-DD`; undefined: nothing is chosen. */
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
  /** What nothing means; absent where a day must be chosen. */
  readonly none?: string;
}

/** A day of the year: a month, and one of its days. */
export function DayOfYear({ label, value, onChange, none }: Props) {
  const [month = 0, day = 0] = (value ?? "").split("-").map(Number);
  const days = month > 0 ? lengthOf(month) : 0;
  return (
    <fieldset class="rule-line day-of-year">
      <legend>{label}</legend>
      <Choice
        label="Month"
        value={month > 0 ? two(month) : ""}
        options={[
          { value: "", label: none ?? "choose …" },
          ...MONTHS.map((name, i) => ({ value: two(i + 1), label: name })),
        ]}
        onChange={(m) =>
          onChange(m === "" ? undefined : `${m}-${two(Math.min(Math.max(1, day), lengthOf(Number(m))))}`)
        }
      />
      {days > 0 ? (
        <Choice
          label="Day"
          value={two(day)}
          options={Array.from({ length: Math.max(days, day) }, (_, i) => ({ value: two(i + 1), label: String(i + 1) }))}
          onChange={(d) => onChange(`${two(month)}-${d}`)}
        />
      ) : null}
    </fieldset>
  );
}

/** In a leap year: the 29th of February may be meant. */
const lengthOf = (month: number): number => new Date(Date.UTC(2024, month, 0)).getUTCDate();
