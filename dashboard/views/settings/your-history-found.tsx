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

const day = (at: number): string => new Date(at).toLocaleDateString();

/** What a file holds; of each series, where in the house it goes. Those that fit nothing are only counted. */
export function Found({ preview, mapping, tried, onMap }: Props) {
  const fitting = preview.series.filter((one) => one.choices.length > 0);
  const others = preview.series.length - fitting.length;
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
                  {one.name ? `${one.id}, ` : ""}
                  {one.kind === "counter" ? "counter" : "measured"} in {one.unit}, {day(one.from)} to {day(one.to)},{" "}
                  {number(one.rows, 0)} rows
                </span>
              </div>
              <Choice
                label={`Goes to (${one.name || one.id})`}
                hideLabel
                value={mapping[one.id] ?? ""}
                onChange={(key) => set(one.id, key)}
                options={[
                  { value: "", label: "leave it out" },
                  ...one.choices.map(({ key, name, unit }) => ({ value: key, label: `${name} (${unit})` })),
                ]}
              />
              {run ? <p class="small-text">{wordsOf(run)}</p> : null}
            </li>
          );
        })}
      </ul>
      {others > 0 ? (
        <p class="quiet">
          {number(others, 0)} more in this file {others === 1 ? "fits" : "fit"} nothing that the house has.
        </p>
      ) : null}
    </>
  );
}

function wordsOf({ write, own, recent, refused }: ImportDryRun["runs"][number]): string {
  const parts = [`${number(write, 0)} hours would be written`];
  if (own > 0) parts.push(`${number(own, 0)} the house has itself`);
  if (recent > 0) parts.push(`${number(recent, 0)} are too new`);
  for (const { reason, rows } of refused) parts.push(`${number(rows, 0)} refused: ${reason}`);
  return `${parts.join("; ")}.`;
}
