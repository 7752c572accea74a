import { useEffect, useState } from "preact/hooks";
import type { Bill, Comparison, TariffBook } from "../../hub/http/schemas.ts";
import { get, inWords, post } from "../api.ts";
import { Notice } from "../parts/notice.tsx";
import { BillDays } from "../parts/tariff/bill-days.tsx";
import { BillLines } from "../parts/tariff/bill-lines.tsx";
import { Compared } from "../parts/tariff/compared.tsx";
import { go, linkTo } from "../router.ts";
import { settings } from "../store.ts";
import "../styles/tariff.css";
import { money, number } from "../words/format.ts";
import { monthAfter, monthWords, todayIn } from "../words/tariff.ts";

/** What a month cost, line by line, and what it would have cost under other tariffs. `month` as 2026-11. */
export function BillView({ month: given }: { readonly month: string | undefined }) {
  const present = todayIn(settings.value?.timeZone).slice(0, 7);
  const month = given && /^\d{4}-\d\d$/.test(given) ? given : monthAfter(present, -1);
  const next = monthAfter(month, 1);
  return (
    <>
      <header class="view-head">
        <h1 tabIndex={-1}>Bill of {monthWords(month)}</h1>
        <p class="row">
          <button type="button" class="small" onClick={() => go(linkTo("bill", monthAfter(month, -1)))}>
            ← {monthWords(monthAfter(month, -1))}
          </button>
          <button type="button" class="small" disabled={next > present} onClick={() => go(linkTo("bill", next))}>
            {monthWords(next)} →
          </button>
          <a href="#/energy">Energy</a>
          <a href="#/settings/tariff">Tariff</a>
        </p>
      </header>
      <Month key={month} from={`${month}-01`} to={`${next}-01`} />
    </>
  );
}

interface Range {
  readonly from: string;
  readonly to: string;
}

function Month({ from, to }: Range) {
  const [bill, setBill] = useState<Bill | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    get<Bill>(`/bills?${new URLSearchParams({ from, to })}`).then(
      (b) => current && setBill(b),
      (error: unknown) => current && setProblem(inWords(error)),
    );
    return () => {
      current = false;
    };
  }, [from, to]);
  if (problem) return <Notice tone="warn">There is no bill: {problem}</Notice>;
  if (!bill) return <p class="quiet loading">Adding up the month …</p>;
  return (
    <>
      <section class="card stack" aria-label="The bill">
        <p class="bill-total">
          {money(bill.total, bill.currency)}
          <span class="quiet">
            {" "}
            for {number(bill.importedKwh, 1)} kWh
            {bill.exportedKwh > 0 ? `, ${number(bill.exportedKwh, 1)} kWh given` : ""}; {number(bill.co2Kg, 1)} kg CO₂
          </span>
        </p>
        <Coverage bill={bill} />
        <BillLines lines={bill.lines} total={bill.total} currency={bill.currency} />
      </section>
      <section class="card stack" aria-labelledby="bill-days">
        <h2 id="bill-days">Day by day</h2>
        <BillDays days={bill.days} currency={bill.currency} />
      </section>
      <Compare from={from} to={to} />
    </>
  );
}

/** What is missing is said, never made up. */
function Coverage({ bill }: { readonly bill: Bill }) {
  const { share, hours, knownHours, unpricedKwh, daysWithoutContract } = bill.coverage;
  const said = [
    share < 0.9995
      ? `The energy of ${number(hours - knownHours, 1)} of ${number(hours, 0)} hours is not known and not in it.`
      : "",
    unpricedKwh > 0 ? `The price of ${number(unpricedKwh, 1)} kWh is not known; they are not in it.` : "",
    daysWithoutContract > 0 ? `${daysWithoutContract} days are before the first contract and not in it.` : "",
    bill.basis === "power" ? "The energy is reckoned from power: the meter has no counter." : "",
    bill.basis === "estimate" ? "The energy is an estimate." : "",
  ].filter(Boolean);
  return said.length > 0 ? <Notice tone="warn">{said.join(" ")}</Notice> : null;
}

function Compare({ from, to }: Range) {
  const [book, setBook] = useState<TariffBook | undefined>(undefined);
  const [result, setResult] = useState<Comparison | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    get<TariffBook>("/tariffs").then(setBook, (error: unknown) => setProblem(inWords(error)));
  }, []);
  const contracts = [...(book?.offers ?? []), ...(book && book.contracts.length > 1 ? book.contracts : [])].slice(0, 8);
  const ask = () =>
    post<Comparison>("/bills/compare", { from, to, contracts }).then(setResult, (error: unknown) =>
      setProblem(inWords(error)),
    );
  return (
    <section class="card stack" aria-labelledby="compare">
      <h2 id="compare">Under another tariff</h2>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {book && contracts.length === 0 ? (
        <p class="quiet">
          Put a tariff to compare with into <a href="#/settings/tariff">your tariffs</a>, and see here what this month
          would have cost under it.
        </p>
      ) : null}
      {contracts.length > 0 ? (
        <>
          <p class="quiet">The same energy at the same hours, billed again: nothing is moved to cheaper hours.</p>
          <div class="row">
            <button type="button" onClick={() => void ask()}>
              Compare with {contracts.map((c) => c.name).join(", ")}
            </button>
          </div>
        </>
      ) : null}
      {result ? <Compared result={result} /> : null}
    </section>
  );
}
