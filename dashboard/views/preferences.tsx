import { useEffect, useState } from "preact/hooks";
import type { NewPreference, PreferenceList } from "../../hub/http/schemas/preferences.ts";
import { announcement } from "../acting.ts";
import { del, get, inWords, post } from "../api.ts";
import { Notice } from "../parts/notice.tsx";
import { nodes, policiesChanged, settings } from "../store.ts";
import { moment } from "../words/format.ts";

const SOURCES = {
  said: "said",
  refused: "when a plan or policy was refused",
  changed: "when a policy was changed",
  byHand: "shown by hand",
} as const;

/** What people have shown to want of plans, to be read and taken back; and a way to say one more. Without `always` nothing while there is none. */
export function PreferencesSection({ always }: { readonly always: boolean }) {
  const [list, setList] = useState<PreferenceList["preferences"] | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const changed = policiesChanged.value;
  useEffect(() => {
    get<PreferenceList>("/preferences").then(
      (found) => setList(found.preferences),
      (error: unknown) => setProblem(inWords(error)),
    );
  }, [changed]);
  const run = async (work: () => Promise<PreferenceList>, words: string) => {
    setProblem("");
    try {
      setList((await work()).preferences);
      announcement.value = words;
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  if (list?.length === 0 && !always) return null;
  if (!list) return problem ? <Notice tone="bad">{problem}</Notice> : null;
  return (
    <details class="fold" open={list.length > 0}>
      <summary>
        <h2>
          What plans heed of you <span class="quiet">({list.length})</span>
        </h2>
      </summary>
      <div class="stack">
        <p class="quiet small-text">
          What you refused, changed or did by hand. Later plans and policies leave a device out, keep a limit, or ask
          first.
        </p>
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        {list.length === 0 ? <p class="quiet">Nothing yet.</p> : null}
        <ul class="preferences">
          {list.map((p) => (
            <li key={p.id} class="row spread">
              <span>
                {p.words}.{" "}
                <span class="quiet small-text">
                  {p.by === "hub" ? "" : `${p.by}, `}
                  {SOURCES[p.source]}, {moment(p.at, settings.value?.timeZone)}
                </span>
              </span>
              <button
                type="button"
                class="small"
                aria-label={`Take back: ${p.words}`}
                onClick={() =>
                  void run(() => del<PreferenceList>(`/preferences/${encodeURIComponent(p.id)}`), "Taken back")
                }
              >
                Take back
              </button>
            </li>
          ))}
        </ul>
        <Say say={(what) => void run(() => post<PreferenceList>("/preferences", what), "Noted")} />
      </div>
    </details>
  );
}

const ALWAYS = "noGridCharging";

/** Says one outright. */
function Say({ say }: { readonly say: (what: NewPreference) => void }) {
  const [chosen, choose] = useState(ALWAYS);
  const steerable = (nodes.value ?? []).filter((n) =>
    n.endpoints.some((e) => e.deviceTypes.some((t) => KINDS.has(t.name))),
  );
  const what: NewPreference =
    chosen === ALWAYS ? { kind: "limit", limit: "noGridCharging" } : { kind: "leaveAlone", node: chosen };
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        say(what);
      }}
    >
      <label class="row">
        Plans shall
        <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          <option value={ALWAYS}>never charge the battery from the grid</option>
          {steerable.map((n) => (
            <option key={n.id} value={n.id}>
              leave {n.name} alone
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="small">
        Note it
      </button>
    </form>
  );
}

/** What policies steer. */
const KINDS: ReadonlySet<string> = new Set(["batteryStorage", "energyEvse", "waterHeater", "thermostat"]);
