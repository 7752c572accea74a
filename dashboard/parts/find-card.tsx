import { useState } from "preact/hooks";
import type { FoundThing } from "../../hub/http/schemas/finds.ts";
import { linkTo } from "../router.ts";
import { money, number } from "../words/format.ts";
import { FindPicture } from "./find-picture.tsx";

interface Props {
  readonly find: FoundThing;
  /** What a model says of it; its numbers were checked. */
  readonly words: string | undefined;
  readonly currency: string | undefined;
  readonly timeZone: string | undefined;
  readonly onPlan: () => Promise<void>;
  readonly onDismiss: () => Promise<void>;
}

const SURE = { high: "quite sure", medium: "fairly sure", low: "a guess" } as const;
const TONE = { high: "pill-good", medium: "pill-ember", low: "" } as const;

/** Something that could be saved: how much, how sure, its picture, and what to do about it. */
export function FindCard({ find, words, currency, timeZone, onPlan, onDismiss }: Props) {
  const { money: m, kwh } = find;
  const sum = (value: number) => money(value, currency, m.likely < 10 ? 2 : 0);
  const digits = kwh.likely < 10 ? 1 : 0;
  return (
    <article class="card stack find" data-find={find.id}>
      <header class="stack find-head">
        <div class="row spread">
          <h3 class="plan-title">{find.title}</h3>
          <span class={`pill ${TONE[find.confidence]}`}>{SURE[find.confidence]}</span>
        </div>
        <p>
          <strong class="find-sum">{sum(m.likely)}</strong> a year{" "}
          <span class="quiet">
            (between {sum(m.low)} and {sum(m.high)})
          </span>
        </p>
        <p class="quiet small-text">
          {find.effect === "saves"
            ? `${number(kwh.likely, digits)} kWh less a year, between ${number(kwh.low, digits)} and ${number(kwh.high, digits)}`
            : `${number(kwh.likely, digits)} kWh a year at a better time`}
        </p>
      </header>
      {words ? (
        <p class="find-words">
          {words} <span class="quiet small-text">(worded by the model)</span>
        </p>
      ) : null}
      <div class="find-evidence">
        <FindPicture picture={find.picture} timeZone={timeZone} />
        <ul class="find-facts">
          {find.facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
          <li class="quiet">
            Why {SURE[find.confidence]}: {find.because}.
          </li>
        </ul>
      </div>
      {find.aside ? <p class="quiet small-text">{find.aside}</p> : null}
      {find.offer.kind === "goals" ? null : <p class="find-offer">{find.offer.words}</p>}
      <Deeds find={find} onPlan={onPlan} onDismiss={onDismiss} />
    </article>
  );
}

function Deeds({ find, onPlan, onDismiss }: Pick<Props, "find" | "onPlan" | "onDismiss">) {
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  const of = <span class="heard">: {find.title}</span>;
  const { offer } = find;
  return (
    <div class="row">
      {offer.kind === "goals" ? (
        <button type="button" class="primary" disabled={busy} onClick={() => void run(onPlan)}>
          Make a plan of it{of}
        </button>
      ) : null}
      {offer.kind === "blueprint" ? (
        <a class="deed deed-main" href={`#/blueprints/use?id=${encodeURIComponent(offer.blueprint)}`}>
          Use the ready-made rule{of}
        </a>
      ) : null}
      <button type="button" class="small" disabled={busy} onClick={() => void run(onDismiss)}>
        Not interesting{of}
      </button>
      {find.node ? (
        <a class="deed" href={linkTo("node", find.node)}>
          The device{of}
        </a>
      ) : null}
    </div>
  );
}
