import { useState } from "preact/hooks";
import type { NumberView } from "../../../hub/http/schemas/house-state.ts";
import { del, post, put } from "../../api.ts";
import { NumberField, TextField } from "../../parts/entry-fields.tsx";
import { Choice } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { amount } from "../../words/format.ts";
import { KeptRow } from "./house-kept-row.tsx";
import { type Change, useKeptList } from "./kept-list.ts";

const MOST = 100;
const MOST_LETTERS = 60;
const PATH = "/house/numbers";

interface Answer {
  readonly numbers: readonly NumberView[];
  readonly units: readonly { readonly unit: NumberView["unit"]; readonly text: string }[];
}

/** Numbers that no device is behind: made, changed and removed. They are set where all devices are. */
export function HouseNumbers() {
  const { answer, problem, change } = useKeptList<Answer>(PATH);
  const all = answer?.numbers ?? [];
  return (
    <section class="card stack" aria-label="Numbers of the house">
      <h2>Numbers of the house</h2>
      <p class="quiet">
        A number that no device is behind, such as a target reserve, or how often the pump ran today. It does nothing by
        itself: your rules can ask for it, set it and count with it, and it stands among your devices.
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <ul class="stack">
        {all.map((one) => (
          <li key={one.id} class="stack person-row">
            <KeptRow
              one={one}
              said={`stands at ${amount(one.value, one.unit, one.unitText)}`}
              changeWord="Change"
              form={(close) => <NumberForm answer={answer} one={one} change={change} close={close} />}
              onRemove={() => void change(del<Answer>(`${PATH}/${encodeURIComponent(one.id)}`))}
            />
          </li>
        ))}
      </ul>
      {answer && all.length < MOST ? <NumberForm key={all.length} answer={answer} change={change} /> : null}
      {all.length >= MOST ? <p class="quiet">These are the {MOST} that fit.</p> : null}
    </section>
  );
}

interface FormProps {
  readonly answer: Answer | undefined;
  /** Left out: a new one. */
  readonly one?: NumberView;
  readonly change: Change<Answer>;
  readonly close?: () => void;
}

interface Wish {
  readonly name: string;
  readonly unit: NumberView["unit"];
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly step: number | undefined;
}

const fresh: Wish = { name: "", unit: "1", min: 0, max: 100, step: 1 };

function NumberForm({ answer, one, change, close }: FormProps) {
  const [wish, setWish] = useState<Wish>(
    one ? { name: one.name, unit: one.unit, min: one.min, max: one.max, step: one.step } : fresh,
  );
  const take = (part: Partial<Wish>) => setWish({ ...wish, ...part });
  return (
    <form
      class="stack"
      aria-label={one ? `Change ${one.name}` : "Add a number"}
      onSubmit={(e) => {
        e.preventDefault();
        const asking = one ? put<Answer>(`${PATH}/${encodeURIComponent(one.id)}`, wish) : post<Answer>(PATH, wish);
        void change(asking).then((done) => done && close?.());
      }}
    >
      <div class="kept-fields">
        <TextField
          label={one ? "Name" : "A new number"}
          required
          maxLength={MOST_LETTERS}
          value={wish.name}
          onChange={(name) => take({ name })}
        />
        <Choice
          label="Unit"
          value={wish.unit}
          options={(answer?.units ?? []).map(({ unit, text }) => ({ value: unit, label: text || "none" }))}
          onChange={(value) => take({ unit: answer?.units.find(({ unit }) => unit === value)?.unit ?? "1" })}
        />
      </div>
      <div class="kept-fields">
        <NumberField label="From" required value={wish.min} onChange={(min) => take({ min })} />
        <NumberField label="To" required value={wish.max} onChange={(max) => take({ max })} />
        <NumberField label="One press" required min={0} value={wish.step} onChange={(step) => take({ step })} />
      </div>
      <div class="row">
        <button type="submit">{one ? "Save" : "Add"}</button>
        {close ? (
          <button type="button" class="plain" onClick={close}>
            Leave it
          </button>
        ) : null}
      </div>
    </form>
  );
}
