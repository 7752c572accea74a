import { useEffect, useState } from "preact/hooks";
import type { Learned, LearnedHome } from "../../hub/http/schemas.ts";
import { get, inWords } from "../api.ts";
import { KnownFacts } from "../parts/known-facts.tsx";
import { ForeseenDay, ProofFold, TestedDay } from "../parts/learned-chart.tsx";
import { Notice } from "../parts/notice.tsx";
import { linkTo } from "../router.ts";
import { settings } from "../store.ts";
import "../styles/learned.css";
import { moment } from "../words/format.ts";
import { proofWords } from "../words/learned.ts";
import { ForeseenFold } from "./foreseen.tsx";
import { LearnedLoadsFold } from "./learned-loads.tsx";

/** What the hub has learned of this home from its own past: each model with its error on days it has not seen, or why it is not used. */
export function LearnedHomeView() {
  const [home, setHome] = useState<LearnedHome | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    get<LearnedHome>("/twin").then(
      (found) => current && setHome(found),
      (error: unknown) => current && setProblem(inWords(error)),
    );
    return () => {
      current = false;
    };
  }, [round]);
  if (problem) return <Notice tone="bad">{problem}</Notice>;
  if (!home) return <p class="quiet loading">Going through your home's past; this can take half a minute …</p>;
  const used = home.models.filter((m) => m.ok);
  const unused = home.models.filter((m) => !m.ok);
  return (
    <div class="stack">
      <p class="quiet">
        {home.days === 0
          ? "No whole day is recorded yet."
          : `From ${home.days} recorded days until ${moment(home.to, settings.value?.timeZone)}. The last ${home.testedDays} were kept back: every error below is of days that the model has not seen.`}
      </p>
      <ForeseenFold predictions={home.predictions} />
      {used.map((model) => (
        <Model key={`${model.name} ${model.node ?? ""}`} model={model} again={() => setRound(round + 1)} />
      ))}
      <LearnedLoadsFold />
      {unused.length === 0 ? null : (
        <section class="card stack" aria-labelledby="unjudged">
          <h3 id="unjudged">Can't judge yet</h3>
          <p class="quiet small-text">Nothing is planned or measured with these until their past says enough.</p>
          <ul class="unjudged">
            {unused.map((model) => (
              <li key={`${model.name} ${model.node ?? ""}`}>
                {model.node ? <a href={linkTo("node", model.node)}>{model.name}</a> : <strong>{model.name}</strong>}
                <span class="quiet">
                  {model.note}.{model.help ? ` What would help: ${model.help}.` : ""}
                </span>
                <KnownFacts model={model} again={() => setRound(round + 1)} />
                {model.proof?.picture ? <ProofFold proof={model.proof} picture={model.proof.picture} /> : null}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Model({ model, again }: { readonly model: Learned; readonly again: () => void }) {
  const { proof, ahead } = model;
  const timeZone = settings.value?.timeZone;
  return (
    <details class="card learned">
      <summary>
        <h3>{model.name}</h3>
        <span class="quiet small-text">{proof ? proofWords(proof) : model.note}</span>
      </summary>
      <div class="stack">
        {model.facts.map((fact) => (
          <p key={fact}>{fact}</p>
        ))}
        <KnownFacts model={model} again={again} />
        {proof?.picture ? <TestedDay proof={proof} picture={proof.picture} timeZone={timeZone} /> : null}
        {ahead ? <ForeseenDay ahead={ahead} timeZone={timeZone} /> : null}
        <p class="quiet small-text">
          Rests on {model.rests}. {model.node ? <a href={linkTo("node", model.node)}>What it reports</a> : null}
        </p>
      </div>
    </details>
  );
}
