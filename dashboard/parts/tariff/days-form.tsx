import { useState } from "preact/hooks";
import type { TariffBook } from "../../../hub/http/schemas.ts";
import { Choice, Field } from "../field.tsx";
import { BandRows } from "./band-rows.tsx";
import { NumberField } from "./number-field.tsx";

interface Props {
  readonly book: TariffBook;
  readonly countries: readonly string[];
  readonly series: readonly string[];
  readonly onChange: (book: TariffBook) => void;
}

const names = new Intl.DisplayNames("en-GB", { type: "region" });

/** Whose holidays count, and days of the person's own. */
export function DaysForm({ book, countries, onChange }: Props) {
  const setCountry = (code: string) => {
    const { holidayCountry: _, ...rest } = book;
    onChange(code === "" ? rest : { ...rest, holidayCountry: code });
  };
  const setLists = (dayLists: TariffBook["dayLists"]) => onChange({ ...book, dayLists });
  return (
    <div class="stack">
      <Choice
        label="Public holidays of"
        value={book.holidayCountry ?? ""}
        options={[{ value: "", label: "No country" }, ...countries.map((c) => ({ value: c, label: names.of(c) ?? c }))]}
        onChange={setCountry}
      />
      {book.dayLists.map((list, i) => (
        <DayList
          key={`${list.name}/${book.dayLists.length}`}
          list={list}
          onChange={(days) => setLists(book.dayLists.map((l, at) => (at === i ? { ...l, days } : l)))}
          onRemove={() => setLists(book.dayLists.filter((_, at) => at !== i))}
        />
      ))}
      <NewList
        taken={book.dayLists.map((l) => l.name)}
        onAdd={(name) => setLists([...book.dayLists, { name, days: [] }])}
      />
    </div>
  );
}

interface ListProps {
  readonly list: TariffBook["dayLists"][number];
  readonly onChange: (days: readonly string[]) => void;
  readonly onRemove: () => void;
}

function DayList({ list, onChange, onRemove }: ListProps) {
  const [text, setText] = useState(list.days.join(" "));
  return (
    <div class="row day-list">
      <Field
        label={`Days of the list "${list.name}"`}
        hint="As 2026-12-24, with spaces between"
        value={text}
        onInput={(e) => {
          setText(e.currentTarget.value);
          onChange(e.currentTarget.value.match(/\d{4}-\d\d-\d\d/g) ?? []);
        }}
      />
      <button type="button" class="small" onClick={onRemove}>
        Remove the list
      </button>
    </div>
  );
}

function NewList({ taken, onAdd }: { readonly taken: readonly string[]; readonly onAdd: (name: string) => void }) {
  const [name, setName] = useState("");
  const fits = /^[\p{L}\p{N} _-]{1,40}$/u.test(name) && !taken.includes(name);
  return (
    <div class="row day-list">
      <Field
        label="A list of days of your own"
        hint="red, school holidays, holidays …"
        value={name}
        onInput={(e) => setName(e.currentTarget.value)}
      />
      <button
        type="button"
        class="small"
        disabled={!fits}
        onClick={() => {
          onAdd(name);
          setName("");
        }}
      >
        Add the list
      </button>
    </div>
  );
}

/** How dirty the grid is, where no series tells it. */
export function Co2Form({ book, series, onChange }: Props) {
  const { co2 } = book;
  const set = (part: Partial<TariffBook["co2"]>) => onChange({ ...book, co2: { ...co2, ...part } });
  return (
    <div class="stack">
      <div class="two">
        <NumberField label="Grid's CO₂ (g/kWh)" value={co2.gPerKwh} onChange={(n) => set({ gPerKwh: n ?? 0 })} />
        <Choice
          label="From kept values"
          value={co2.series ?? ""}
          options={[{ value: "", label: "None" }, ...series.map((s) => ({ value: s, label: s }))]}
          onChange={(value) => {
            const { series: _, ...rest } = co2;
            onChange({ ...book, co2: value === "" ? rest : { ...rest, series: value } });
          }}
        />
      </div>
      <BandRows
        unit="g CO₂/kWh"
        bands={co2.bands}
        dayLists={["holidays", ...book.dayLists.map((l) => l.name)]}
        amount={(b) => b.gPerKwh}
        withAmount={(b, gPerKwh) => ({ ...b, gPerKwh })}
        fresh={{ from: "10:00", to: "16:00", gPerKwh: co2.gPerKwh }}
        onChange={(bands) => set({ bands })}
      />
    </div>
  );
}
