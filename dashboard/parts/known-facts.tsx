import { useState } from "preact/hooks";
import type { Learned } from "../../hub/http/schemas.ts";
import { announcement } from "../acting.ts";
import { inWords, patch } from "../api.ts";
import { number } from "../words/format.ts";
import { Notice } from "./notice.tsx";

interface Props {
  readonly model: Learned;
  /** Told after a figure was set or taken back. */
  readonly again: () => void;
}

type Fact = NonNullable<Learned["known"]>[number];

/** What was learned of a device, with its source, and what a person may say instead; plans use what is said. */
export function KnownFacts({ model: { node, known }, again }: Props) {
  const [problem, setProblem] = useState("");
  if (node === undefined || !known || known.length === 0) return null;
  const set = async (fact: Fact, value: number | null) => {
    setProblem("");
    try {
      await patch(`/nodes/${encodeURIComponent(node)}`, { told: { [fact.fact]: value } });
      announcement.value = value === null ? "Taken back: what was learned counts again" : "Noted: plans use it";
      again();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return (
    <div class="stack known-facts">
      {known.map((fact) => (
        <OneFact key={fact.fact} fact={fact} set={(value) => void set(fact, value)} />
      ))}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </div>
  );
}

function OneFact({ fact, set }: { readonly fact: Fact; readonly set: (value: number | null) => void }) {
  const { label, unit, learned, source, told, least, most } = fact;
  const [text, setText] = useState(String(told ?? learned ?? ""));
  const amount = (value: number) => `${number(value)} ${unit}`;
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        set(Number(text));
      }}
    >
      <span>
        {label} <strong>{amount(told ?? learned ?? 0)}</strong>{" "}
        <span class="quiet small-text">
          {told === undefined
            ? source
            : learned === undefined
              ? "as you said"
              : `as you said; ${amount(learned)} ${source}`}
        </span>
      </span>
      <label class="row small-text">
        By hand
        <input
          type="number"
          step="any"
          min={least}
          max={most}
          required
          value={text}
          aria-label={`${label}, in ${unit}`}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="small">
        Set
      </button>
      {told === undefined ? null : (
        <button type="button" class="small" onClick={() => set(null)}>
          Take back
        </button>
      )}
    </form>
  );
}
