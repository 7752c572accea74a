import { useState } from "preact/hooks";
import type { HouseView } from "../../../hub/http/schemas/house-state.ts";
import { Field } from "../../parts/field.tsx";

const MOST = 12;

interface Props {
  readonly now: HouseView;
  readonly save: (path: string, body: object) => Promise<boolean>;
}

/** Names of the house's own modes. */
export function OwnModes({ now, save }: Props) {
  const [name, setName] = useState("");
  const all = now.ownModes;
  const put = (modes: readonly string[]) => save("/house/modes", { modes });
  const add = async () => {
    if (await put([...all, name.trim()])) setName("");
  };
  return (
    <section class="card stack" aria-label="Modes of the house">
      <h2>Modes of the house</h2>
      <p class="quiet">
        Home, away, night and holiday are always there. A mode does nothing by itself: your rules can ask for it, and
        set it. Add names of your own, such as Guests.
      </p>
      <ul class="row">
        {all.map((mode) => (
          <li key={mode} class="pill">
            {mode}
            <button type="button" class="plain" onClick={() => void put(all.filter((m) => m !== mode))}>
              Remove<span class="heard"> {mode}</span>
            </button>
          </li>
        ))}
      </ul>
      {all.length < MOST ? (
        <form
          class="row row-form"
          aria-label="Add a mode"
          onSubmit={(e) => {
            e.preventDefault();
            void add();
          }}
        >
          <Field
            label="A mode of your own"
            required
            maxLength={30}
            value={name}
            onInput={(e) => setName(e.currentTarget.value)}
          />
          <button type="submit">Add</button>
        </form>
      ) : (
        <p class="quiet">These are the {MOST} that fit.</p>
      )}
    </section>
  );
}
