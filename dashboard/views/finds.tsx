import { useEffect, useState } from "preact/hooks";
import type { FindsView, FoundThing } from "../../hub/http/schemas/finds.ts";
import { announcement } from "../acting.ts";
import { get, inWords, patch, post } from "../api.ts";
import { FindCard } from "../parts/find-card.tsx";
import { Notice } from "../parts/notice.tsx";
import { jobs, now, readPlans, settings } from "../store.ts";
import { age, money } from "../words/format.ts";
import "../styles/rules.css";
import "../styles/finds.css";

/** Shown at once; the others wait behind a button. */
const FIRST = 3;

/** What could be saved, found in the home's own past. */
export function FindsSection() {
  const [view, setView] = useState<FindsView>();
  const [problem, setProblem] = useState("");
  const [all, setAll] = useState(false);
  const searches = jobs.value.filter((j) => j.id.startsWith("finds-"));
  const running = searches.find((j) => j.state === "running");
  const settle = `${searches.length} ${running?.id ?? ""}`;
  const guarded = async (work: () => Promise<FindsView>) => {
    setProblem("");
    try {
      setView(await work());
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  useEffect(() => {
    void guarded(() => get<FindsView>("/finds"));
  }, [settle]);
  const search = () => guarded(() => post<FindsView>("/finds/search"));
  const change = (find: FoundThing, dismissed: boolean) =>
    guarded(async () => {
      const next = await patch<FindsView>(`/finds/${encodeURIComponent(find.id)}`, { dismissed });
      announcement.value = `${find.title}: ${dismissed ? "put aside" : "back on the list"}`;
      return next;
    });
  const plan = async (find: FoundThing) => {
    setProblem("");
    try {
      await post(`/finds/${encodeURIComponent(find.id)}/wish`);
      await readPlans();
      announcement.value = `${find.title}: a wish waits for you`;
      document.querySelector<HTMLElement>("[aria-label='Your wishes']")?.scrollIntoView({ behavior: "smooth" });
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  if (!view) return problem ? <Notice tone="bad">{problem}</Notice> : <p class="quiet loading">Reading …</p>;
  const off = new Set(view.dismissed);
  const finds = view.found?.finds ?? [];
  const live = finds.filter((f) => !off.has(f.id));
  const shown = all ? live : live.slice(0, FIRST);
  return (
    <section class="stack" aria-label="What could be saved">
      <div class="row spread">
        <h2>What could be saved</h2>
        <button
          type="button"
          class="small"
          disabled={running !== undefined || view.searching}
          onClick={() => void search()}
        >
          {running ? "Looking …" : view.found ? "Look again" : "Look now"}
        </button>
      </div>
      <Lead view={view} live={live} />
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {view.failed ? <Notice tone="warn">The last search came to nothing: {view.failed}.</Notice> : null}
      <Cards view={view} finds={shown} onPlan={plan} onDismiss={(find) => change(find, true)} />
      {live.length > shown.length ? (
        <div class="row">
          <button type="button" onClick={() => setAll(true)}>
            Show {live.length - shown.length} more
          </button>
        </div>
      ) : null}
      <Aside finds={finds.filter((f) => off.has(f.id))} onBack={(find) => change(find, false)} />
      {view.found ? <Silent found={view.found} /> : null}
    </section>
  );
}

const sum = (finds: readonly FoundThing[]): number => finds.reduce((all, f) => all + f.money.likely, 0);

function Lead({ view: { found }, live }: { readonly view: FindsView; readonly live: readonly FoundThing[] }) {
  if (!found)
    return (
      <p class="quiet">
        The hub looks through your home's past once a day: standby, lights left on, heating for nobody, dear hours.
      </p>
    );
  const days = Math.round((found.to - found.from) / 86_400_000);
  if (live.length === 0)
    return (
      <p class="quiet">
        Nothing stands out in the last {days} days. Looked {age(found.at, now.value)}.
      </p>
    );
  const ranked = found.rankedBy === "goals" ? "; what serves your wishes stands first" : "; ordered by saving";
  return (
    <p class="quiet">
      Together about {money(sum(live), settings.value?.currency, 0)} a year, each kWh counted once; found in {days} days
      of your home's past{ranked}. Looked {age(found.at, now.value)}.
    </p>
  );
}

interface CardsProps {
  readonly view: FindsView;
  readonly finds: readonly FoundThing[];
  readonly onPlan: (find: FoundThing) => Promise<void>;
  readonly onDismiss: (find: FoundThing) => Promise<void>;
}

function Cards({ view: { found }, finds, onPlan, onDismiss }: CardsProps) {
  return (
    <>
      {finds.map((find) => (
        <FindCard
          key={find.id}
          find={find}
          words={found?.words.find((w) => w.find === find.id)?.words}
          currency={settings.value?.currency}
          timeZone={settings.value?.timeZone}
          onPlan={() => onPlan(find)}
          onDismiss={() => onDismiss(find)}
        />
      ))}
    </>
  );
}

interface AsideProps {
  readonly finds: readonly FoundThing[];
  readonly onBack: (find: FoundThing) => Promise<void>;
}

function Aside({ finds, onBack }: AsideProps) {
  if (finds.length === 0) return null;
  return (
    <details class="fold">
      <summary>
        Not interesting to you <span class="quiet">({finds.length})</span>
      </summary>
      <ul class="plain-list stack">
        {finds.map((find) => (
          <li key={find.id} class="row spread">
            <span>{find.title}</span>
            <button type="button" class="small" onClick={() => void onBack(find)}>
              Put it back<span class="heard">: {find.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

const ABOUT: Readonly<Record<FoundThing["kind"], string>> = {
  standby: "Standby",
  leftOn: "Left on in an empty room",
  needlessHeating: "Heated for nobody",
  openWindow: "Heated with a window open",
  warmRoom: "Warm rooms",
  hotTank: "Hot water",
  coldBox: "Cold boxes",
  peakUse: "Dear hours",
  unusedSun: "Sun given away",
  nightBase: "The nights",
};

/** What nothing is said of, and why: silence is no praise. */
function Silent({ found: { silent } }: { readonly found: NonNullable<FindsView["found"]> }) {
  if (silent.length === 0) return null;
  return (
    <details class="fold">
      <summary>
        What nothing can be said of <span class="quiet">({silent.length})</span>
      </summary>
      <ul class="find-facts small-text">
        {silent.map(({ kind, about, why }) => (
          <li key={`${kind} ${about} ${why}`}>
            {ABOUT[kind]}
            {about ? `, ${about}` : ""}: <span class="quiet">{why}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
