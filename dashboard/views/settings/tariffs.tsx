import { useCallback, useEffect, useState } from "preact/hooks";
import type { Contract, PriceSeries, PriceServices, TariffBook, TariffForms } from "../../../hub/http/schemas.ts";
import { get, inWords, put } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { ContractForm } from "../../parts/tariff/contract-form.tsx";
import { Co2Form, DaysForm } from "../../parts/tariff/days-form.tsx";
import { FormPicker } from "../../parts/tariff/form-picker.tsx";
import { PriceFiles } from "../../parts/tariff/price-files.tsx";
import { PriceService } from "../../parts/tariff/price-service.tsx";
import { linkTo } from "../../router.ts";
import { settings } from "../../store.ts";
import "../../styles/tariff.css";
import { dayWords } from "../../words/format.ts";
import { adopt, todayIn } from "../../words/tariff.ts";

interface Known {
  readonly forms: TariffForms;
  readonly series: readonly PriceSeries[];
  readonly service: PriceServices;
}

/** What energy costs: contracts by validity, offers to compare with, prices from outside. */
export function Tariffs() {
  const [book, setBook] = useState<TariffBook | undefined>(undefined);
  const [known, setKnown] = useState<Known | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const readAround = useCallback(
    () =>
      Promise.all([
        get<TariffForms>("/tariffs/forms"),
        get<{ series: readonly PriceSeries[] }>("/price-series"),
        get<PriceServices>("/price-service"),
      ]).then(
        ([forms, { series }, service]) => setKnown({ forms, series, service }),
        (error: unknown) => setProblem(inWords(error)),
      ),
    [],
  );
  useEffect(() => {
    get<TariffBook>("/tariffs").then(setBook, (error: unknown) => setProblem(inWords(error)));
    void readAround();
  }, [readAround]);
  if (problem) return <Notice tone="bad">{problem}</Notice>;
  if (!book || !known) return <p class="quiet loading">Reading …</p>;
  const { timeZone } = settings.value ?? {};
  return (
    <>
      <p>
        <a href={linkTo("bill")}>What the last month cost, and what it would have cost under another tariff</a>
      </p>
      <BookForm book={book} known={known} onChange={setBook} />
      <PriceFiles
        series={known.series}
        currency={book.currency}
        timeZone={timeZone}
        onChange={() => void readAround()}
      />
      <PriceService
        key={JSON.stringify(known.service.status)}
        given={known.service}
        timeZone={timeZone}
        onChange={() => void readAround()}
      />
    </>
  );
}

interface BookProps {
  readonly book: TariffBook;
  readonly known: Known;
  readonly onChange: (book: TariffBook) => void;
}

function BookForm({ book, known, onChange }: BookProps) {
  const [note, setNote] = useState<{ readonly tone: "good" | "bad"; readonly text: string } | undefined>(undefined);
  const { timeZone } = settings.value ?? {};
  const today = todayIn(timeZone);
  const series = known.series.filter((s) => s.unit === "perKwh").map((s) => s.id);
  const dayLists = ["holidays", ...book.dayLists.map((l) => l.name)];
  const around = { currency: book.currency, dayLists, series };
  const change = (next: TariffBook) => {
    setNote(undefined);
    onChange(next);
  };
  const save = () =>
    put<TariffBook>("/tariffs", book).then(
      (kept) => {
        onChange(kept);
        setNote({ tone: "good", text: "Saved. Bills, rules and plans count with these prices from now on." });
      },
      (error: unknown) => setNote({ tone: "bad", text: inWords(error) }),
    );
  const pick = (form: TariffForms["forms"][number] | undefined, as: "contracts" | "offers") =>
    change(adopt(book, form, as, today));
  const shared = { around, today, timeZone };
  const days = { book, countries: known.forms.holidayCountries, onChange: change };
  const co2Series = known.series.filter((s) => s.unit === "gPerKwh").map((s) => s.id);
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <Contracts title="Your tariff" of="contracts" book={book} shared={shared} onChange={change} />
      <Contracts title="Tariffs to compare with" of="offers" book={book} shared={shared} onChange={change} />
      <section class="card stack" aria-labelledby="new-tariff">
        <h2 id="new-tariff">Another tariff</h2>
        <FormPicker forms={known.forms.forms} currency={book.currency} onPick={pick} />
      </section>
      <details class="card">
        <summary>Holidays and other days</summary>
        <DaysForm {...days} series={co2Series} />
      </details>
      <details class="card">
        <summary>CO₂ of the grid</summary>
        <Co2Form {...days} series={co2Series} />
      </details>
      {note ? <Notice tone={note.tone}>{note.text}</Notice> : null}
      <div class="row">
        <button type="submit" class="primary">
          Save the tariff
        </button>
      </div>
    </form>
  );
}

interface ContractsProps {
  readonly title: string;
  readonly of: "contracts" | "offers";
  readonly book: TariffBook;
  readonly shared: Omit<Parameters<typeof ContractForm>[0], "contract" | "offer" | "onChange">;
  readonly onChange: (book: TariffBook) => void;
}

function Contracts({ title, of, book, shared, onChange }: ContractsProps) {
  const list = book[of];
  if (list.length === 0) return null;
  const sorted = of === "contracts" ? [...list].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1)) : list;
  const now = of === "contracts" ? sorted.find((c) => c.validFrom <= shared.today)?.id : undefined;
  const set = (contracts: readonly Contract[]) => onChange({ ...book, [of]: contracts });
  return (
    <section class="card stack" aria-label={title}>
      <h2>{title}</h2>
      {sorted.map((contract) => (
        <details key={contract.id} open={contract.id === now} class="contract">
          <summary>
            {contract.name}
            {of === "contracts" ? <span class="quiet contract-when"> {validWords(contract, now)}</span> : null}
          </summary>
          <ContractForm
            {...shared}
            contract={contract}
            offer={of === "offers"}
            onChange={(c) => set(list.map((old) => (old.id === c.id ? c : old)))}
          />
          {list.length > 1 || of === "offers" ? (
            <div class="row">
              <button type="button" class="small" onClick={() => set(list.filter((c) => c.id !== contract.id))}>
                Remove this tariff
              </button>
            </div>
          ) : null}
        </details>
      ))}
    </section>
  );
}

const validWords = ({ id, validFrom }: Contract, now: string | undefined): string =>
  validFrom === "1970-01-01"
    ? "always"
    : `from ${dayWords(validFrom)} ${validFrom.slice(0, 4)}${id === now ? ", in force" : ""}`;
