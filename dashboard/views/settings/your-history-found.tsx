import type { ImportDryRun, ImportPreview } from "../../../hub/http/schemas.ts";
import { Choice } from "../../parts/field.tsx";
import { number } from "../../words/format.ts";

interface Props {
  readonly preview: ImportPreview;
  /** Attribute by found series. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly tried: ImportDryRun | undefined;
  readonly onMap: (mapping: Readonly<Record<string, string>>) => void;
}

const MOST_SHOWN = 200;
const PARTS = { hours: "hours", fiveMinutes: "times five minutes", states: "single values", rows: "rows" } as const;

/** What a series is made of: 17,520 hours, 2,880 times five minutes. */
const partsOf = ({ parts, rows }: ImportPreview["series"][number]): string =>
  parts?.map((part) => `${number(part.rows, 0)} ${PARTS[part.of]}`).join(", ") ?? `${number(rows, 0)} rows`;

/** As its rows say: a stand at midnight is of the hour before it, which is no day of its own. */
const spanOf = ({ parts = [], from, to }: ImportPreview["series"][number]): string =>
  `${day(Math.min(...parts.map((part) => part.from), parts.length > 0 ? to : from))} to ${day(to - 1)}`;

const day = (at: number): string => new Date(at).toLocaleDateString();

/** What a file holds; of each series, where in the house it goes. Those that fit nothing are only counted. */
export function Found({ preview, mapping, tried, onMap }: Props) {
  const fitting = preview.series.filter((one) => one.choices.length > 0);
  const others = preview.series.filter((one) => one.choices.length === 0);
  const set = (id: string, key: string) => {
    const { [id]: _, ...rest } = mapping;
    onMap(key === "" ? rest : { ...rest, [id]: key });
  };
  return (
    <>
      <ul class="stack" aria-label="In this file">
        {fitting.map((one) => {
          const run = tried?.runs.find(({ id }) => id === one.id);
          return (
            <li key={one.id} class="stack">
              <div>
                <strong>{one.name || one.id}</strong>{" "}
                <span class="quiet small-text">
                  {one.name && one.name !== one.id ? `${one.id}, ` : ""}
                  {one.kind === "counter" ? "counter" : "measured"} in {one.unit}, {spanOf(one)}: {partsOf(one)}
                </span>
              </div>
              {one.notes?.map((note) => (
                <p key={note} class="quiet small-text">
                  {note}.
                </p>
              ))}
              <Choice
                label={`Goes to (${one.name || one.id})`}
                hideLabel
                value={mapping[one.id] ?? ""}
                onChange={(key) => set(one.id, key)}
                options={[
                  { value: "", label: preview.series.length === 1 ? "choose where it goes" : "leave it out" },
                  ...one.choices.map(({ key, name, unit }) => ({ value: key, label: `${name} (${unit})` })),
                ]}
              />
              {run ? <p class="small-text">{wordsOf(run)}</p> : null}
            </li>
          );
        })}
      </ul>
      {others.length > 0 ? (
        <details>
          <summary>
            {number(others.length, 0)} more in this file {others.length === 1 ? "fits" : "fit"} nothing that the house
            has
          </summary>
          <ul class="small-text">
            {others.slice(0, MOST_SHOWN).map((one) => (
              <li key={one.id}>
                {one.name || one.id}: {one.misfit}
              </li>
            ))}
          </ul>
          {others.length > MOST_SHOWN ? <p class="quiet">and {number(others.length - MOST_SHOWN, 0)} more.</p> : null}
        </details>
      ) : null}
    </>
  );
}

function wordsOf({ write, fine, own, recent, refused }: ImportDryRun["runs"][number]): string {
  const finely =
    fine === 0
      ? ""
      : fine === write
        ? ", five minutes by five minutes"
        : `, ${number(fine, 0)} of them in pieces of five minutes`;
  const parts = [`${number(write, 0)} hours would be written${finely}`];
  if (own > 0) parts.push(`${number(own, 0)} are there already and stay as they are`);
  if (recent > 0) parts.push(`${number(recent, 0)} are too new`);
  for (const { reason, rows } of refused) parts.push(`${number(rows, 0)} left out: each ${reason}`);
  return `${parts.join("; ")}.`;
}
