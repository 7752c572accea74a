import { useEffect, useState } from "preact/hooks";
import type { Ledger, LedgerRow } from "../../hub/http/schemas.ts";
import { get, inWords } from "../api.ts";
import { LedgerBars } from "../parts/ledger-bars.tsx";
import { Notice } from "../parts/notice.tsx";
import { linkTo } from "../router.ts";
import { settings } from "../store.ts";
import { type Span, spans, spanWords } from "../words/books.ts";
import { money, number } from "../words/format.ts";

interface Shown {
  readonly span: Span;
  readonly whole: LedgerRow;
  readonly rows: readonly LedgerRow[];
}

const read = async (from: number, to: number, by: string): Promise<readonly LedgerRow[]> =>
  (await get<Ledger>(`/energy/ledger?${new URLSearchParams({ from: String(from), to: String(to), by })}`)).rows;

/** What the house used in a day, a week, a month or a year, where it came from, where it went, and what it cost. */
export function EnergyBooks() {
  const [span, setSpan] = useState<Span>(spans[0]);
  const [at, setAt] = useState(() => Date.now() - 1);
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const timeZone = settings.value?.timeZone;
  useEffect(() => {
    let current = true;
    setProblem("");
    readSpan(span, at).then(
      (found) => current && setShown(found),
      (error: unknown) => current && setProblem(inWords(error)),
    );
    return () => {
      current = false;
    };
  }, [span, at]);
  const isNow = shown === undefined || shown.whole.to > Date.now() - 30 * 60_000;
  return (
    <section class="card stack" aria-labelledby="books">
      <div class="row spread">
        <h2 id="books">What the house used</h2>
        <fieldset class="ranges">
          <legend class="heard">How long a time</legend>
          {spans.map((s) => (
            <button type="button" key={s.by} class="small" aria-pressed={s === span} onClick={() => setSpan(s)}>
              {s.label}
            </button>
          ))}
        </fieldset>
      </div>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {shown ? (
        <>
          <div class="row spread">
            <button type="button" class="small plain" onClick={() => setAt(shown.whole.from - 1)}>
              ← before
            </button>
            <p>{spanWords(shown.span.by, shown.whole.from, shown.whole.to, timeZone)}</p>
            <button type="button" class="small plain" disabled={isNow} onClick={() => setAt(shown.whole.to)}>
              after →
            </button>
          </div>
          <Told shown={shown} timeZone={timeZone} />
        </>
      ) : (
        <p class="quiet loading">Adding up …</p>
      )}
    </section>
  );
}

/** The stretch of the calendar around a moment, whole and in rows. */
async function readSpan(span: Span, at: number): Promise<Shown> {
  const [whole] = await read(at, at + 1, span.by);
  if (!whole) throw new Error("This time has only just begun: there is nothing to add up yet.");
  return { span, whole, rows: await read(whole.from, whole.to, span.rows) };
}

function Told({ shown, timeZone }: { readonly shown: Shown; readonly timeZone: string | undefined }) {
  const { whole, rows, span } = shown;
  if (whole.importedKwh === undefined && whole.loads.length === 0)
    return (
      <p class="quiet">
        Nothing of this time is known. Give a meter its role on its page (house meter, solar power, home battery) to see
        the house's books here.
      </p>
    );
  return (
    <>
      <LedgerBars rows={rows} by={span.rows} timeZone={timeZone} />
      <p class="keys">
        <span class="key key-solar">sun</span>
        <span class="key key-battery">battery</span>
        <span class="key key-grid">grid</span>
        <span class="quiet">below the line: stored, or given to the grid</span>
      </p>
      <Figures row={whole} />
      {whole.coverage < 0.99 && whole.importedKwh !== undefined ? (
        <p class="quiet small-text">
          The house's own meters are known for {number(100 * whole.coverage, 0)} % of this time; what is missing is not
          guessed.
        </p>
      ) : null}
      <Where row={whole} />
    </>
  );
}

function Figures({ row }: { readonly row: LedgerRow }) {
  const currency = settings.value?.currency;
  const kwh = (n: number | undefined) => (n === undefined ? undefined : `${number(n, 1)} kWh`);
  const paid = (n: number | undefined) => (n === undefined ? undefined : money(n, currency));
  const figures = [
    ["Used", kwh(row.usedKwh)],
    ["From the grid", kwh(row.importedKwh)],
    ["From the sun", kwh(row.solarKwh)],
    ["To the grid", kwh(row.exportedKwh)],
    ["Cost of energy", paid(row.cost)],
    ["Earned", row.exportedKwh ? paid(row.earned) : undefined],
    ["CO₂", row.co2Kg === undefined ? undefined : `${number(row.co2Kg, 1)} kg`],
  ] as const;
  return (
    <dl class="figures">
      {figures.map(([what, said]) =>
        said === undefined ? null : (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{said}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

const SHOWN = 15;

/** Where it went: the devices that have a meter or an estimate, and the rest. */
function Where({ row }: { readonly row: LedgerRow }) {
  const loads = row.loads.filter((l) => l.kwh >= 0.005).sort((a, b) => b.kwh - a.kwh);
  const rest = row.unmeteredKwh;
  const most = Math.max(0.001, ...loads.map((l) => l.kwh), rest ?? 0);
  if (loads.length === 0 && rest === undefined) return null;
  return (
    <>
      <h3>Where it went</h3>
      {rest !== undefined && rest < -0.02 * (row.usedKwh ?? 0) - 0.05 ? (
        <Notice tone="bad">
          The devices tell {number(-rest, 1)} kWh more than the whole house used: a meter may count twice, or the wrong
          way round. Settings, Findings says more once it is sure.
        </Notice>
      ) : null}
      <ol class="loads">
        {loads.slice(0, SHOWN).map((load) => (
          <li key={load.key}>
            <a href={linkTo("node", load.key.slice(0, load.key.lastIndexOf("/")))}>{load.name}</a>
            <span>
              {load.basis === "estimate" ? <span class="pill">estimated</span> : null} {number(load.kwh, 2)} kWh
            </span>
            <meter min={0} max={most} value={Math.max(0, load.kwh)} aria-label={load.name} />
          </li>
        ))}
        {rest === undefined || rest <= 0 ? null : (
          <li class="quiet">
            <span>Everything without a meter</span>
            <span>{number(rest, 2)} kWh</span>
            <meter min={0} max={most} value={rest} aria-label="Everything without a meter" />
          </li>
        )}
      </ol>
    </>
  );
}
