import { useState } from "preact/hooks";
import type { PriceFile, PriceFilePreview, PriceSeries } from "../../../hub/http/schemas.ts";
import { del, inWords, post } from "../../api.ts";
import { moment, money, number } from "../../words/format.ts";
import { Choice, Field } from "../field.tsx";
import { Notice } from "../notice.tsx";

interface Props {
  readonly series: readonly PriceSeries[];
  readonly currency: string;
  readonly timeZone: string | undefined;
  readonly onChange: () => void;
}

/** Prices and CO2 that the hub keeps, and files that a person brings. */
export function PriceFiles({ series, currency, timeZone, onChange }: Props) {
  const [problem, setProblem] = useState("");
  const forget = (id: string) =>
    del(`/price-series/${encodeURIComponent(id)}`).then(onChange, (error: unknown) => setProblem(inWords(error)));
  return (
    <section class="card stack" aria-labelledby="kept-prices">
      <h2 id="kept-prices">Kept prices</h2>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {series.length === 0 ? (
        <p class="quiet">No published prices are kept yet. Bring a file, or let a service be asked.</p>
      ) : null}
      <ul class="tariff-parts">
        {series.map((s) => (
          <li key={s.id} class="tariff-part row spread">
            <span>
              <b>{s.name}</b> <span class="quiet">({s.id})</span>
              <br />
              <span class="quiet small-text">
                {s.days === 0 ? "nothing known" : `${moment(s.from ?? 0, timeZone)} to ${moment(s.to ?? 0, timeZone)}`}
                {s.source ? `; from ${s.source}` : ""}
                {s.licence ? ` (${s.licence})` : ""}
              </span>
            </span>
            <button type="button" class="small" aria-label={`Forget ${s.name}`} onClick={() => void forget(s.id)}>
              Forget
            </button>
          </li>
        ))}
      </ul>
      <Upload currency={currency} timeZone={timeZone} onKept={onChange} />
    </section>
  );
}

const UNITS: readonly { readonly value: PriceFilePreview["unit"]; readonly label: string }[] = [
  { value: "perKwh", label: "money per kWh" },
  { value: "perMwh", label: "money per MWh" },
  { value: "centPerKwh", label: "cents per kWh" },
  { value: "gPerKwh", label: "g CO₂ per kWh" },
];
const MAX_CHARACTERS = 3_500_000;

interface UploadProps {
  readonly currency: string;
  readonly timeZone: string | undefined;
  readonly onKept: () => void;
}

function Upload({ currency, timeZone, onKept }: UploadProps) {
  const [file, setFile] = useState<PriceFile | undefined>(undefined);
  const [preview, setPreview] = useState<PriceFilePreview | undefined>(undefined);
  const [note, setNote] = useState<{ readonly tone: "good" | "bad"; readonly text: string } | undefined>(undefined);
  const failed = (error: unknown) => setNote({ tone: "bad", text: inWords(error) });
  const look = (given: PriceFile) => {
    setFile(given);
    setNote(undefined);
    post<PriceFilePreview>("/price-files/preview", given).then(setPreview, (error: unknown) => {
      setPreview(undefined);
      failed(error);
    });
  };
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    const text = await chosen.text();
    if (text.length > MAX_CHARACTERS)
      return setNote({ tone: "bad", text: "The file is larger than 3.5 MB; bring it in parts." });
    look({ series: "day-ahead", name: "Day-ahead prices", text, currency, source: chosen.name.slice(0, 200) });
  };
  const keep = (given: PriceFile) =>
    post<PriceFilePreview>("/price-files", given).then((kept) => {
      setFile(undefined);
      setPreview(undefined);
      setNote({ tone: "good", text: `${number(kept.rows, 0)} prices are kept.` });
      onKept();
    }, failed);
  return (
    <div class="stack">
      <Field
        label="A file of prices or CO₂ (CSV or JSON)"
        hint="A time and a value in each row. Nothing is kept before you have seen how it is read."
        type="file"
        accept=".csv,.json,.txt,text/csv,application/json"
        onChange={(e) => void choose(e.currentTarget.files?.[0])}
      />
      {note ? <Notice tone={note.tone}>{note.text}</Notice> : null}
      {file && preview ? (
        <form
          class="stack"
          onSubmit={(e) => {
            e.preventDefault();
            void keep(file);
          }}
        >
          <Read file={file} preview={preview} onChange={look} />
          <Seen preview={preview} currency={currency} timeZone={timeZone} />
          <div class="row">
            <button type="submit" class="primary">
              Keep these prices
            </button>
          </div>
        </form>
      ) : null}
    </div>
  );
}

function Read({
  file,
  preview,
  onChange,
}: {
  readonly file: PriceFile;
  readonly preview: PriceFilePreview;
  readonly onChange: (file: PriceFile) => void;
}) {
  const columns = preview.columns.map((c) => ({ value: c, label: c }));
  return (
    <div class="two">
      <Field
        label="Name"
        required
        maxLength={80}
        value={file.name}
        onInput={(e) => onChange({ ...file, name: e.currentTarget.value })}
      />
      <Field
        label="Id, as contracts call it"
        required
        pattern="[a-z0-9][a-z0-9\-]{0,39}"
        value={file.series}
        onInput={(e) => onChange({ ...file, series: e.currentTarget.value })}
      />
      <Choice
        label="Time"
        value={preview.timeColumn}
        options={columns}
        onChange={(timeColumn) => onChange({ ...file, timeColumn })}
      />
      <Choice
        label="Value"
        value={preview.valueColumn}
        options={columns}
        onChange={(valueColumn) => onChange({ ...file, valueColumn })}
      />
      <Choice
        label="Unit"
        value={preview.unit}
        options={UNITS}
        onChange={(value) => onChange({ ...file, unit: UNITS.find((u) => u.value === value)?.value })}
      />
    </div>
  );
}

function Seen({
  preview,
  currency,
  timeZone,
}: {
  readonly preview: PriceFilePreview;
  readonly currency: string;
  readonly timeZone: string | undefined;
}) {
  const show = (n: number) => (preview.unit === "gPerKwh" ? `${number(n, 0)} g` : money(n, currency, 4));
  return (
    <div class="stack">
      <p>
        {number(preview.rows, 0)} values of {number(preview.stepMinutes, 0)} minutes from{" "}
        {moment(preview.from, timeZone)} to {moment(preview.to, timeZone)}: {show(preview.least)} to{" "}
        {show(preview.most)} per kWh, {show(preview.mean)} in the mean.
      </p>
      {preview.skipped > 0 ? (
        <Notice tone="warn">
          {preview.skipped} rows can't be read: {preview.problems.join("; ")}
        </Notice>
      ) : null}
      <ol class="small-text quiet price-sample">
        {preview.sample.map((point) => (
          <li key={point.from}>
            {moment(point.from, timeZone)}: {show(point.value)}
          </li>
        ))}
      </ol>
    </div>
  );
}
