import { useEffect, useState } from "preact/hooks";
import type { Keeping, KeepingView } from "../../../hub/http/schemas.ts";
import { ApiError, get, inWords, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { bytes, number, span } from "../../words/format.ts";

type Draft = Readonly<Record<keyof Keeping, string>>;

const draftOf = (kept: Keeping): Draft => ({
  rawDays: String(kept.rawDays),
  fineDays: String(kept.fineDays),
  hourlyYears: String(kept.hourlyYears),
  budgetMb: String(kept.budgetMb),
  enduranceTb: String(kept.enduranceTb),
});

/** How long history is kept, what that writes, and how long the card bears it. */
export function KeepingForm() {
  const [view, setView] = useState<KeepingView | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    get<KeepingView>("/keeping").then(setView, (error: unknown) => setProblem(inWords(error)));
  }, []);
  if (problem) return <Notice tone="bad">{problem}</Notice>;
  if (!view) return <p class="quiet loading">Reading …</p>;
  return (
    <>
      <CardHealth view={view} />
      <Form view={view} onSaved={setView} />
    </>
  );
}

function CardHealth({ view }: { readonly view: KeepingView }) {
  const { load, keeping, databaseBytes } = view;
  const facts: [string, string][] = [
    ["The hub writes", aDay(load.hubBytes, load.hubBytesADay, load.measuredMs)],
    ["The whole disk takes", aDay(load.diskBytes, load.diskBytesADay, load.measuredMs)],
    ["The card lasts", yearsWords(load.yearsLeft)],
    ["History takes", bytes(databaseBytes)],
    ["Readings are written every", briefly(load.batchMs)],
  ];
  return (
    <section class="card stack" aria-label="The card">
      <h2>The card</h2>
      {load.thinMs > 0 || load.batchMs > 30_000 ? (
        <Notice tone="warn">
          More would be written than {number(keeping.budgetMb, 0)} MB a day, so readings are written together every{" "}
          {briefly(load.batchMs)}
          {load.thinMs > 0 ? `, and of each number one in ${briefly(load.thinMs)} is kept` : ""}. A power cut can take
          the last {briefly(load.batchMs)} of readings.
        </Notice>
      ) : null}
      <dl class="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt class="quiet small-text">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">
        Counted by the kernel: the hub with everything it started and its logs, and the whole disk with all programs. A
        card rewrites more than it is given, so each byte counts {load.wearFactor} times in how long it lasts.
      </p>
    </section>
  );
}

const briefly = (ms: number): string => (ms < 120_000 ? `${number(ms / 1000, 0)} s` : span(ms / 1000));

/** Known days say more than a short while; both are said while there is only the while. */
function aDay(measured: number | undefined, ordinary: number | undefined, ms: number): string {
  if (measured === undefined) return "unknown on this machine";
  if (ordinary !== undefined) return `${bytes(ordinary)} a day`;
  return `${bytes(measured)} in ${briefly(ms)}; a day's figure comes after six hours`;
}

function yearsWords(years: number | undefined): string {
  if (years === undefined) return "known after six hours";
  return years > 50
    ? "more than 50 years"
    : years < 2
      ? `${number(years * 12, 0)} months`
      : `${number(years, 0)} years`;
}

const FIELDS: readonly { readonly key: keyof Keeping; readonly label: string; readonly hint: string }[] = [
  { key: "rawDays", label: "Every reading, days", hint: "each single value as it came" },
  { key: "fineDays", label: "Five-minute values, days", hint: "lowest, mean, highest" },
  { key: "hourlyYears", label: "Hourly values, years", hint: "lowest, mean, highest" },
  { key: "budgetMb", label: "The hub may write, MB a day", hint: "before it is more, readings are written less often" },
  { key: "enduranceTb", label: "The card bears, TB", hint: "its maker's TBW; unknown: 300 times its size" },
];

interface FormProps {
  readonly view: KeepingView;
  readonly onSaved: (view: KeepingView) => void;
}

function Form({ view, onSaved }: FormProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(view.keeping));
  const [error, setError] = useState<unknown>(undefined);
  const [saved, setSaved] = useState(false);
  const shorter = (["rawDays", "fineDays", "hourlyYears"] as const).some(
    (key) => Number(draft[key]) < view.keeping[key],
  );
  const save = async () => {
    setSaved(false);
    setError(undefined);
    try {
      const numbers = Object.fromEntries(Object.entries(draft).map(([key, text]) => [key, Number(text)]));
      onSaved(await put<KeepingView>("/keeping", numbers));
      setSaved(true);
    } catch (e) {
      setError(e);
    }
  };
  return (
    <form
      class="card stack"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <h2>What is kept</h2>
      <div class="two">
        {FIELDS.map(({ key, label, hint }) => (
          <Field
            key={key}
            label={label}
            hint={hint}
            type="number"
            step="any"
            required
            value={draft[key]}
            problem={error instanceof ApiError ? error.fields.find((f) => f.field === key)?.message : undefined}
            onInput={(e: { currentTarget: HTMLInputElement }) => {
              const text = e.currentTarget.value;
              setDraft((before) => ({ ...before, [key]: text }));
            }}
          />
        ))}
      </div>
      {shorter ? <Notice tone="warn">What is older is deleted within minutes, for good.</Notice> : null}
      {error === undefined ? null : <Notice tone="bad">{inWords(error)}</Notice>}
      {saved ? <Notice tone="good">Saved.</Notice> : null}
      <div class="row">
        <button type="submit" class="primary">
          Save
        </button>
      </div>
    </form>
  );
}
