import { useState } from "preact/hooks";
import type { SwitchView } from "../../../hub/http/schemas/house-state.ts";
import { del, post, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { KeptRow } from "./house-kept-row.tsx";
import { type Change, useKeptList } from "./kept-list.ts";

const MOST = 100;
const MOST_LETTERS = 60;
const PATH = "/house/switches";

interface Answer {
  readonly switches: readonly SwitchView[];
}

/** Switches that no device is behind: made, renamed and removed. They are turned where all devices are. */
export function HouseSwitches() {
  const { answer, problem, change } = useKeptList<Answer>(PATH);
  const all = answer?.switches;
  const [name, setName] = useState("");
  return (
    <section class="card stack" aria-label="Switches of the house">
      <h2>Switches of the house</h2>
      <p class="quiet">
        A switch that no device is behind, such as Guest mode or Holiday lights allowed. It does nothing by itself: your
        rules can ask for it and turn it, and it stands among your devices.
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <ul class="stack">
        {(all ?? []).map((one) => (
          <li key={one.id} class="stack person-row">
            <KeptRow
              one={one}
              changeWord="Rename"
              form={(close) => <Rename one={one} change={change} close={close} />}
              onRemove={() => void change(del<Answer>(pathOf(one)))}
            />
          </li>
        ))}
      </ul>
      {all && all.length < MOST ? (
        <form
          class="row row-form"
          aria-label="Add a switch"
          onSubmit={(e) => {
            e.preventDefault();
            void change(post<Answer>(PATH, { name })).then((done) => done && setName(""));
          }}
        >
          <Field
            label="A new switch"
            required
            maxLength={MOST_LETTERS}
            value={name}
            onInput={(e) => setName(e.currentTarget.value)}
          />
          <button type="submit">Add</button>
        </form>
      ) : null}
      {all && all.length >= MOST ? <p class="quiet">These are the {MOST} that fit.</p> : null}
    </section>
  );
}

const pathOf = ({ id }: SwitchView): string => `${PATH}/${encodeURIComponent(id)}`;

interface RenameProps {
  readonly one: SwitchView;
  readonly change: Change<Answer>;
  readonly close: () => void;
}

function Rename({ one, change, close }: RenameProps) {
  const [name, setName] = useState(one.name);
  return (
    <form
      class="row row-form"
      aria-label={`Rename ${one.name}`}
      onSubmit={(e) => {
        e.preventDefault();
        void change(put<Answer>(pathOf(one), { name })).then((done) => done && close());
      }}
    >
      <Field
        label="Name"
        required
        maxLength={MOST_LETTERS}
        value={name}
        onInput={(e) => setName(e.currentTarget.value)}
      />
      <button type="submit">Save</button>
      <button type="button" class="plain" onClick={close}>
        Leave it
      </button>
    </form>
  );
}
