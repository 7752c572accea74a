import { useState } from "preact/hooks";
import type { ImportSource } from "../../../hub/http/schemas.ts";
import { Choice, Field } from "../../parts/field.tsx";

type Csv = NonNullable<ImportSource["csv"]>;

const FIELDS: readonly {
  readonly key: "time" | "value" | "unit" | "timeZone";
  readonly label: string;
  readonly hint: string;
}[] = [
  { key: "time", label: "Column of the time", hint: "its name in the first line" },
  { key: "value", label: "Column of the number", hint: "its name in the first line" },
  { key: "unit", label: "Unit", hint: "such as kWh, Wh, W, kW, °C or °F" },
  { key: "timeZone", label: "Time zone", hint: "of times that name none" },
];

/** How a table is to be read. */
export function Columns({ onRead }: { readonly onRead: (csv: Csv) => void }) {
  const [csv, setCsv] = useState<Csv>({
    time: "time",
    value: "value",
    unit: "kWh",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    kind: "counter",
  });
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        onRead(csv);
      }}
    >
      <div class="two">
        {FIELDS.map(({ key, label, hint }) => (
          <Field
            key={key}
            label={label}
            hint={hint}
            required
            value={csv[key]}
            onInput={(e: { currentTarget: HTMLInputElement }) => {
              const text = e.currentTarget.value;
              setCsv((before) => ({ ...before, [key]: text }));
            }}
          />
        ))}
      </div>
      <Choice
        label="The numbers are"
        value={csv.kind}
        onChange={(kind) => setCsv((before) => ({ ...before, kind: kind === "counter" ? "counter" : "measurement" }))}
        options={[
          { value: "counter", label: "a counter's stand, which only rises" },
          { value: "measurement", label: "measured values" },
        ]}
      />
      <div class="row">
        <button type="submit">Look at it</button>
      </div>
    </form>
  );
}
