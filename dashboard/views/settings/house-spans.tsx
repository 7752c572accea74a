import { useState } from "preact/hooks";
import type { HouseView, Span } from "../../../hub/http/schemas/house-state.ts";
import { Choice, Field } from "../../parts/field.tsx";
import { now as clock, settings } from "../../store.ts";
import { dayOf, nextDay, startOf } from "../../words/days.ts";

interface Props {
  readonly now: HouseView;
  readonly save: (path: string, body: object) => Promise<boolean>;
}

const KINDS = [
  { value: "holiday", label: "Holiday" },
  { value: "absence", label: "Nobody is here" },
  { value: "", label: "A name of your own" },
] as const;

/** Holidays, absences and other days that rules know by name. */
export function SpecialDays({ now, save }: Props) {
  const zone = settings.value?.timeZone;
  const coming = now.spans.filter((s) => s.to > clock.value);
  const past = now.spans.length - coming.length;
  const put = (spans: readonly Span[]) => save("/house/spans", { spans });
  return (
    <section class="card stack" aria-label="Special days">
      <h2>Special days</h2>
      <p class="quiet">
        Holidays and absences, whole days. Rules ask for them; goals for the time when somebody is home do not count
        then.
      </p>
      <ul class="stack">
        {coming.map((span) => (
          <li key={`${span.entry}/${span.from}/${span.to}`} class="row spread">
            <span>
              <strong>{span.title || entryLabel(span.entry)}</strong>{" "}
              <span class="quiet">{`${entryLabel(span.entry)}, ${daysWords(span, zone)}`}</span>
            </span>
            <button type="button" class="plain" onClick={() => void put(now.spans.filter((s) => s !== span))}>
              Remove<span class="heard"> {span.title || span.entry}</span>
            </button>
          </li>
        ))}
      </ul>
      {past > 0 ? (
        <p class="quiet small-text">
          {past} in the past.{" "}
          <button type="button" class="plain" onClick={() => void put(coming)}>
            Clear them
          </button>
        </p>
      ) : null}
      <SpanForm zone={zone} onAdd={(span) => put([...now.spans, span])} />
    </section>
  );
}

const entryLabel = (entry: string): string => KINDS.find((k) => k.value === entry)?.label ?? entry;

function daysWords({ from, to }: Span, zone: string | undefined): string {
  const [first, last] = [dayOf(from, zone), dayOf(to - 1, zone)];
  return first === last ? first : `${first} to ${last}`;
}

function SpanForm({
  zone,
  onAdd,
}: {
  readonly zone: string | undefined;
  readonly onAdd: (span: Span) => Promise<boolean>;
}) {
  const [kind, setKind] = useState<string>("holiday");
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const add = async () => {
    const [from, to] = [startOf(first, zone), startOf(nextDay(last || first), zone)];
    if (from === undefined || to === undefined) return;
    if (await onAdd({ entry: kind || name.trim(), from, to, title: title.trim() })) {
      setTitle("");
      setFirst("");
      setLast("");
    }
  };
  return (
    <form
      class="stack sunken"
      aria-label="Add special days"
      onSubmit={(e) => {
        e.preventDefault();
        void add();
      }}
    >
      <div class="two">
        <Choice label="What" value={kind} options={KINDS} onChange={setKind} />
        {kind === "" ? (
          <Field
            label="Its name"
            required
            maxLength={40}
            value={name}
            onInput={(e) => setName(e.currentTarget.value)}
          />
        ) : null}
        <Field
          label="Title"
          maxLength={80}
          hint="yours, such as At the sea"
          value={title}
          onInput={(e) => setTitle(e.currentTarget.value)}
        />
        <Field label="First day" type="date" required value={first} onInput={(e) => setFirst(e.currentTarget.value)} />
        <Field
          label="Last day"
          type="date"
          min={first}
          hint="the same day if left empty"
          value={last}
          onInput={(e) => setLast(e.currentTarget.value)}
        />
      </div>
      <div class="row">
        <button type="submit">Add these days</button>
      </div>
    </form>
  );
}
