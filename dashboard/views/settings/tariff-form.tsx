import { useEffect, useState } from "preact/hooks";
import type { Tariff } from "../../../hub/http/schemas.ts";
import { get, inWords, put } from "../../api.ts";
import { type BandDraft, Bands } from "../../parts/bands.tsx";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { settings } from "../../store.ts";

/** Numbers stay text while they are typed: half a number is no number yet. */
interface Draft {
  readonly name: string;
  readonly importPerKwh: string;
  readonly exportPerKwh: string;
  readonly standingPerDay: string;
  readonly co2GPerKwh: string;
  readonly prices: readonly BandDraft[];
  readonly co2: readonly BandDraft[];
}

const draftOf = (t: Tariff): Draft => ({
  name: t.name,
  importPerKwh: String(t.importPerKwh),
  exportPerKwh: String(t.exportPerKwh),
  standingPerDay: String(t.standingPerDay),
  co2GPerKwh: String(t.co2GPerKwh),
  prices: t.importBands.map(({ from, to, weekdays, perKwh }) => ({
    from,
    to,
    weekdays: weekdays ?? [],
    amount: String(perKwh),
  })),
  co2: t.co2Bands.map(({ from, to, weekdays, gPerKwh }) => ({
    from,
    to,
    weekdays: weekdays ?? [],
    amount: String(gPerKwh),
  })),
});

const bandOf = ({ from, to, weekdays }: BandDraft) => ({
  from,
  to,
  ...(weekdays.length > 0 ? { weekdays: [...weekdays] } : {}),
});

const tariffOf = (d: Draft): Tariff => ({
  name: d.name.trim(),
  importPerKwh: Number(d.importPerKwh),
  exportPerKwh: Number(d.exportPerKwh),
  standingPerDay: Number(d.standingPerDay),
  co2GPerKwh: Number(d.co2GPerKwh),
  importBands: d.prices.map((b) => ({ ...bandOf(b), perKwh: Number(b.amount) })),
  co2Bands: d.co2.map((b) => ({ ...bandOf(b), gPerKwh: Number(b.amount) })),
});

/** What energy costs, hour by hour. */
export function TariffForm() {
  const [draft, setDraft] = useState<Draft | undefined>(undefined);
  const [note, setNote] = useState<{ readonly tone: "good" | "bad"; readonly text: string } | undefined>(undefined);
  const currency = settings.value?.currency ?? "";
  useEffect(() => {
    get<Tariff>("/tariff").then(
      (t) => setDraft(draftOf(t)),
      (error: unknown) => setNote({ tone: "bad", text: inWords(error) }),
    );
  }, []);
  const save = async (d: Draft) => {
    try {
      await put("/tariff", tariffOf(d));
      setNote({ tone: "good", text: "Saved. Plans count with these prices from now on." });
    } catch (error) {
      setNote({ tone: "bad", text: inWords(error) });
    }
  };
  if (!draft) return note ? <Notice tone={note.tone}>{note.text}</Notice> : <p class="quiet loading">Reading …</p>;
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  return (
    <form
      class="card stack"
      onSubmit={(e) => {
        e.preventDefault();
        void save(draft);
      }}
    >
      <h2>Tariff</h2>
      <Prices draft={draft} currency={currency} change={change} />
      <h3>Cheaper and dearer hours</h3>
      <Bands unit={`${currency}/kWh`} bands={draft.prices} onChange={(prices) => change({ prices })} />
      <h3>Cleaner and dirtier hours</h3>
      <Bands unit="g CO₂/kWh" bands={draft.co2} onChange={(co2) => change({ co2 })} />
      {note ? <Notice tone={note.tone}>{note.text}</Notice> : null}
      <div class="row">
        <button type="submit" class="primary">
          Save
        </button>
      </div>
    </form>
  );
}

interface PricesProps {
  readonly draft: Draft;
  readonly currency: string;
  readonly change: (part: Partial<Draft>) => void;
}

function Prices({ draft, currency, change }: PricesProps) {
  const field = (key: "importPerKwh" | "exportPerKwh" | "standingPerDay" | "co2GPerKwh") => ({
    type: "number",
    step: "any",
    required: true,
    value: draft[key],
    onInput: (e: { currentTarget: HTMLInputElement }) => change({ [key]: e.currentTarget.value }),
  });
  return (
    <div class="two">
      <Field
        label="Name"
        maxLength={80}
        required
        value={draft.name}
        onInput={(e) => change({ name: e.currentTarget.value })}
      />
      <Field label={`Price outside all hours below (${currency}/kWh)`} {...field("importPerKwh")} />
      <Field label={`Paid for what you give (${currency}/kWh)`} {...field("exportPerKwh")} />
      <Field label={`Standing charge (${currency}/day)`} {...field("standingPerDay")} />
      <Field label="Grid's CO₂ outside all hours below (g/kWh)" {...field("co2GPerKwh")} />
    </div>
  );
}
