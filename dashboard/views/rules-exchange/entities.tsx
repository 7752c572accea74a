import type { IncomingRules } from "../../../hub/http/schemas.ts";
import { Choice, Field } from "../../parts/field.tsx";

/** A switch or number that no device is behind has no like here before it is made. */
const guessWords = ({ guessed, meant }: IncomingRules["entities"][number]): string => {
  if (!guessed) return "";
  if (meant === "switch:new") return ", nothing here is like it: it can become a switch";
  if (meant === "number:new") return ", nothing here is like it: it can become a number";
  return ", guessed by its name: look whether it is right";
};

interface Props {
  readonly found: IncomingRules;
  readonly busy: boolean;
  readonly onMean: (entity: string, value: string) => void;
}

const ASKS = { number: "its value", time: "its time of day", minutes: "how many minutes it runs" } as const;

/** What the file's entities are in this home. What was guessed says so, and counts once the rules are kept. */
export function IncomingEntities({ found, busy, onMean }: Props) {
  const labels = new Map(found.offers.map(({ value, label }) => [value, label]));
  const open = found.entities.filter((one) => one.meant === "" && (one.offers.length > 0 || one.asks)).length;
  return (
    <section class="card stack" aria-label="What is what" aria-busy={busy}>
      <h2>What is what</h2>
      <p class="quiet">
        The file names devices, people and rooms in its own words.{" "}
        {open === 0 ? "All that can be are told." : `${open} ${open === 1 ? "is" : "are"} not told yet.`}
      </p>
      <ul class="stack plain-list">
        {found.entities.map((one) => (
          <li key={one.entity} class="stack">
            {one.asks && one.offers.length === 0 ? (
              <Fixed one={one} asks={one.asks} busy={busy} onMean={onMean} />
            ) : one.offers.length === 0 ? (
              <p class="quiet">
                {one.entity} (line {one.line}): there is nothing of the kind in this home
              </p>
            ) : (
              <>
                <Choice
                  label={`${one.entity} (line ${one.line}${guessWords(one)})`}
                  value={one.meant.startsWith("value:") ? "value:" : one.meant}
                  onChange={(value) => onMean(one.entity, value === "value:" ? "value:0" : value)}
                  options={[
                    { value: "", label: "nothing here" },
                    ...one.offers.map((value) => ({ value, label: labels.get(value) ?? value })),
                    ...(one.asks ? [{ value: "value:", label: "a fixed value" }] : []),
                  ]}
                />
                {one.asks && one.meant.startsWith("value:") ? (
                  <Fixed one={one} asks={one.asks} busy={busy} onMean={onMean} />
                ) : null}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FixedProps extends Pick<Props, "busy" | "onMean"> {
  readonly one: IncomingRules["entities"][number];
  readonly asks: keyof typeof ASKS;
}

const Fixed = ({ one, asks, busy, onMean }: FixedProps) => (
  <Field
    label={`${one.entity} (line ${one.line}): ${ASKS[asks]}`}
    hint="It is a fixed value here."
    type={asks === "time" ? "time" : "number"}
    step="any"
    value={one.meant.replace("value:", "")}
    disabled={busy}
    onChange={(event) => {
      const { value } = event.currentTarget;
      onMean(one.entity, value === "" ? "" : `value:${value}`);
    }}
  />
);
