import { useEffect, useState } from "preact/hooks";
import type { ImportSource, TableLook } from "../../../hub/http/schemas.ts";
import { inWords, post } from "../../api.ts";
import { Choice, Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { settings } from "../../store.ts";

type Csv = NonNullable<ImportSource["csv"]>;

const KINDS = [
  { value: "interval", label: "energy per interval" },
  { value: "counter", label: "a meter's stand" },
  { value: "measurement", label: "measured values" },
] as const;

const STAMPS = [
  { value: "start", label: "its interval's start" },
  { value: "end", label: "its interval's end" },
] as const;

const oneOf = <T extends string>(options: readonly { readonly value: T }[], value: string, before: T): T =>
  options.find((option) => option.value === value)?.value ?? before;

interface Props {
  readonly file: string;
  readonly busy: boolean;
  readonly onRead: (csv: Csv) => void;
}

/** How a table is to be read: its first rows, and what they are taken for. */
export function Columns({ file, busy, onRead }: Props) {
  const [look, setLook] = useState<TableLook | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    post<TableLook>("/imports/look", { file }).then(setLook, (error: unknown) => setProblem(inWords(error)));
  }, [file]);
  if (problem) return <Notice tone="bad">{problem}</Notice>;
  if (!look) return <p class="quiet loading">Reading …</p>;
  return (
    <>
      <Sample look={look} />
      <Form look={look} busy={busy} onRead={onRead} />
    </>
  );
}

function Sample({ look }: { readonly look: TableLook }) {
  return (
    <section class="sample" aria-label="The table's first rows">
      <table>
        <thead>
          <tr>
            {look.columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {look.rows.map((row, i) => (
            <tr key={i}>
              {look.columns.map((name, j) => (
                <td key={name}>{row[j] ?? ""}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface FormProps {
  readonly look: TableLook;
  readonly busy: boolean;
  readonly onRead: (csv: Csv) => void;
}

function Form({ look, busy, onRead }: FormProps) {
  const { guess, columns } = look;
  const [csv, setCsv] = useState<Csv>({
    time: guess.time ?? "",
    ...(guess.clock === undefined ? {} : { clock: guess.clock }),
    value: guess.value ?? "",
    unit: guess.unit ?? "",
    // Of the home, not of the machine that one looks at it with.
    timeZone: settings.value?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    kind: guess.kind ?? "interval",
    stamp: guess.stamp ?? "start",
  });
  const set = (part: Partial<Csv>) => setCsv((before) => ({ ...before, ...part }));
  const named = [{ value: "", label: "choose one" }, ...columns.map((name) => ({ value: name, label: name }))];
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        const { clock, stamp, ...rest } = csv;
        onRead({ ...rest, ...(clock ? { clock } : {}), ...(csv.kind === "counter" ? {} : { stamp }) });
      }}
    >
      <div class="two">
        <Choice label="Day or time" required value={csv.time} options={named} onChange={(time) => set({ time })} />
        <Choice
          label="Time of day"
          value={csv.clock ?? ""}
          options={[{ value: "", label: "in the same column" }, ...named.slice(1)]}
          onChange={(clock) => set({ clock })}
        />
        <Choice label="Number" required value={csv.value} options={named} onChange={(value) => set({ value })} />
        <Meaning csv={csv} set={set} />
        <Field
          label="Time zone"
          hint="of times that name none; summer time is reckoned"
          required
          value={csv.timeZone}
          onInput={(e: { currentTarget: HTMLInputElement }) => set({ timeZone: e.currentTarget.value })}
        />
      </div>
      <div class="row">
        <button type="submit" disabled={busy}>
          Look at it
        </button>
      </div>
    </form>
  );
}

interface MeaningProps {
  readonly csv: Csv;
  readonly set: (part: Partial<Csv>) => void;
}

/** What the numbers are, and of which time. */
function Meaning({ csv, set }: MeaningProps) {
  return (
    <>
      <Field
        label="Unit"
        hint="such as kWh, Wh, m³, W, kW or °C"
        required
        maxLength={20}
        value={csv.unit}
        onInput={(e: { currentTarget: HTMLInputElement }) => set({ unit: e.currentTarget.value })}
      />
      <Choice
        label="The numbers are"
        value={csv.kind}
        onChange={(kind) => set({ kind: oneOf(KINDS, kind, csv.kind) })}
        options={KINDS}
      />
      {csv.kind === "counter" ? null : (
        <Choice
          label="A row's time is"
          value={csv.stamp ?? "start"}
          onChange={(stamp) => set({ stamp: oneOf(STAMPS, stamp, "start") })}
          options={STAMPS}
        />
      )}
    </>
  );
}
