import { useEffect, useState } from "preact/hooks";
import type { SwitchView } from "../../../hub/http/schemas/house-state.ts";
import { del, get, inWords, post, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { readNodes } from "../../store.ts";

const MOST = 100;
const MOST_LETTERS = 60;
const PATH = "/house/switches";

interface Answer {
  readonly switches: readonly SwitchView[];
}

/** Switches that no device is behind: made, renamed and removed. They are turned where all devices are. */
export function HouseSwitches() {
  const [all, setAll] = useState<readonly SwitchView[] | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const [name, setName] = useState("");
  /** True when it was done. */
  const ask = async (asking: Promise<Answer>): Promise<boolean> => {
    try {
      setAll((await asking).switches);
      setProblem("");
      return true;
    } catch (error) {
      setProblem(inWords(error));
      return false;
    }
  };
  useEffect(() => void ask(get<Answer>(PATH)), []);
  const change = async (asking: Promise<Answer>) => {
    const done = await ask(asking);
    if (done) void readNodes();
    return done;
  };
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
            <Row one={one} change={change} />
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

interface RowProps {
  readonly one: SwitchView;
  readonly change: (asking: Promise<Answer>) => Promise<boolean>;
}

function Row({ one, change }: RowProps) {
  const [doing, setDoing] = useState<"nothing" | "naming" | "removing">("nothing");
  const [name, setName] = useState(one.name);
  const path = `${PATH}/${encodeURIComponent(one.id)}`;
  if (doing === "naming")
    return (
      <form
        class="row row-form"
        aria-label={`Rename ${one.name}`}
        onSubmit={(e) => {
          e.preventDefault();
          void change(put<Answer>(path, { name })).then((done) => done && setDoing("nothing"));
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
        <button type="button" class="plain" onClick={() => setDoing("nothing")}>
          Leave it
        </button>
      </form>
    );
  return (
    <>
      <div class="row spread">
        <a href={`#/node/${encodeURIComponent(one.id)}`}>{one.name}</a>
        <span class="row">
          <button
            type="button"
            class="plain"
            onClick={() => {
              setName(one.name);
              setDoing("naming");
            }}
          >
            Rename<span class="heard"> {one.name}</span>
          </button>
          <button type="button" class="plain" onClick={() => setDoing("removing")}>
            Remove …<span class="heard"> {one.name}</span>
          </button>
        </span>
      </div>
      {doing === "removing" ? (
        <div class="stack">
          <p>{missing(one)}</p>
          <div class="row">
            <button type="button" onClick={() => void change(del<Answer>(path))}>
              Yes, remove {one.name}
            </button>
            <button type="button" class="plain" onClick={() => setDoing("nothing")}>
              Keep it
            </button>
          </div>
        </div>
      ) : null}
    </>
  );
}

/** What a removal would leave behind. */
function missing({ usedBy }: SwitchView): string {
  if (usedBy.length === 0) return "No rule and no scene names it. Its history stays.";
  const named = usedBy.map(({ kind, title }) => `the ${kind} "${title}"`).join(", ");
  return `It is named by ${named}: ${usedBy.length === 1 ? "it" : "they"} would miss it. Change ${usedBy.length === 1 ? "that" : "those"} first, or remove it all the same.`;
}
