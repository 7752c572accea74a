import { useEffect, useState } from "preact/hooks";
import type { LearnedLoad, LearnedLoads } from "../../hub/http/schemas.ts";
import { get, inWords } from "../api.ts";
import { ProofFold } from "../parts/learned-chart.tsx";
import { CycleShape, StartHours } from "../parts/load-pictures.tsx";
import { Notice } from "../parts/notice.tsx";
import { linkTo } from "../router.ts";
import { number } from "../words/format.ts";

/** What hangs on each plug and meter, found in its power alone; worked out only when somebody looks. */
export function LearnedLoadsFold() {
  const [open, setOpen] = useState(false);
  return (
    <details class="card learned" onToggle={(e) => e.currentTarget.open && setOpen(true)}>
      <summary>
        <h3>Each plug and meter</h3>
        <span class="quiet small-text">what it draws at rest, its cycles and when they begin</span>
      </summary>
      {open ? <Loads /> : null}
    </details>
  );
}

function Loads() {
  const [found, setFound] = useState<LearnedLoads | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    get<LearnedLoads>("/twin/loads").then(
      (loads) => current && setFound(loads),
      (error: unknown) => current && setProblem(inWords(error)),
    );
    return () => {
      current = false;
    };
  }, []);
  if (problem) return <Notice tone="bad">{problem}</Notice>;
  if (!found) return <p class="quiet loading">Looking for cycles in weeks of power; this can take a minute …</p>;
  if (found.loads.length === 0) return <p class="quiet">Nothing in your home has a power meter of its own yet.</p>;
  const idle = found.loads.reduce((sum, load) => sum + (load.restKwhPerYear ?? 0), 0);
  const most = [...found.loads].sort((a, b) => (b.kwhPerDay ?? -1) - (a.kwhPerDay ?? -1));
  return (
    <div class="stack">
      <p class="quiet">
        Standing idle or always on, these come to {number(idle, 0)} kWh a year as they were used so far.
        {found.leftOut > 0 ? ` ${found.leftOut} more were not looked at.` : ""}
      </p>
      <ul class="loads">
        {most.map((load) => (
          <Load key={`${load.node} ${load.endpoint}`} load={load} />
        ))}
      </ul>
    </div>
  );
}

function Load({ load }: { readonly load: LearnedLoad }) {
  const { proof } = load;
  return (
    <li class="stack load">
      <div class="row spread">
        <a href={linkTo("node", load.node)}>{load.name}</a>
        <span class="quiet small-text">
          {load.kwhPerDay === undefined ? "not known" : `${number(load.kwhPerDay, 2)} kWh a day`}
        </span>
      </div>
      {load.facts.map((fact) => (
        <p key={fact}>{fact}</p>
      ))}
      {load.ok ? null : (
        <p class="quiet">
          Can't judge: {load.note}.{load.help ? ` What would help: ${load.help}.` : ""}
        </p>
      )}
      {load.programmes.length === 0 && load.byHour.length === 0 ? null : (
        <div class="load-pictures">
          {load.programmes.map((programme, k) => (
            <CycleShape key={`p${String(k)}`} programme={programme} />
          ))}
          {load.byHour.length > 0 ? <StartHours byHour={load.byHour} /> : null}
        </div>
      )}
      {proof?.picture ? <ProofFold proof={proof} picture={proof.picture} /> : null}
    </li>
  );
}
