import { useState } from "preact/hooks";
import type { Repair, RepairChange } from "../../hub/http/schemas.ts";
import { amount, kindWords, period } from "../words/repairs.ts";
import { Field } from "./field.tsx";
import "../styles/repairs.css";

interface RepairCardProps {
  readonly repair: Repair;
  readonly timeZone: string | undefined;
  /** Named where repairs of several devices stand together. */
  readonly named: boolean;
  readonly onChange: (change: RepairChange) => Promise<void>;
}

/** One thing that was wrong with a meter's numbers: what, when, what it is taken for, and how to undo that. */
export function RepairCard({ repair, timeZone, named, onChange }: RepairCardProps) {
  const { state, kind } = repair;
  const isPower = kind === "power" || kind === "power-unit";
  const counted = state === "adjusted" ? (repair.adjustedKwh ?? 0) : repair.kwh;
  return (
    <li class="repair stack" data-repair={repair.id} data-state={state}>
      <div class="finding-head">
        <strong>
          {named ? `${repair.name}: ` : ""}
          {kindWords(kind)}
          {repair.times > 1 ? `, ${repair.times} times` : ""}
        </strong>
        <span class={`pill ${state === "active" && kind !== "watching" ? "pill-good" : ""}`}>
          {kind === "watching" ? "watched" : { active: "repaired", undone: "undone", adjusted: "adjusted" }[state]}
        </span>
      </div>
      <p class="quiet small-text">{`${repair.label}, ${period(repair.from, repair.to, timeZone)}`}</p>
      <div class="repair-body">
        {isPower ? null : (
          <BeforeAfter repair={repair} counted={state === "undone" || kind === "watching" ? undefined : counted} />
        )}
        <p class="small-text">{repair.reason}</p>
      </div>
      {isPower || kind === "watching" || kind === "clock" ? null : (
        <p class="small-text">
          {state === "undone"
            ? `Every rise that was told counts: ${amount(repair.kwh - repair.effectKwh)}.`
            : `Counted for it: ${amount(counted)}. Without the repair it would be ${amount(repair.kwh - repair.effectKwh)}.`}
          {repair.by && state !== "active" ? ` By ${repair.by}.` : ""}
        </p>
      )}
      {kind === "watching" ? null : (
        <Actions repair={repair} canAdjust={!isPower && kind !== "clock"} onChange={onChange} />
      )}
    </li>
  );
}

interface ActionsProps {
  readonly repair: Repair;
  readonly canAdjust: boolean;
  readonly onChange: (change: RepairChange) => Promise<void>;
}

function Actions({ repair, canAdjust, onChange }: ActionsProps) {
  const [asked, setAsked] = useState(false);
  const [text, setText] = useState(String(Math.round((repair.adjustedKwh ?? repair.kwh) * 1000) / 1000));
  const kwh = text.trim() === "" ? Number.NaN : Number(text);
  if (asked)
    return (
      <div class="row">
        <Field
          label="kWh that count for this time"
          type="number"
          min={0}
          step="any"
          value={text}
          onInput={(e) => setText(e.currentTarget.value)}
        />
        <button
          type="button"
          class="small primary"
          disabled={!(kwh >= 0)}
          onClick={() => void onChange({ kind: "adjust", kwh }).then(() => setAsked(false))}
        >
          Count this
        </button>
        <button type="button" class="small" onClick={() => setAsked(false)}>
          Not now
        </button>
      </div>
    );
  return (
    <div class="row">
      {repair.state === "active" ? (
        <button type="button" class="small" onClick={() => void onChange({ kind: "undo" })}>
          Undo the repair
        </button>
      ) : (
        <button type="button" class="small" onClick={() => void onChange({ kind: "redo" })}>
          Repair it again
        </button>
      )}
      {canAdjust ? (
        <button type="button" class="small" onClick={() => setAsked(true)}>
          Say how much it was …
        </button>
      ) : null}
    </div>
  );
}

const WIDE = 120;
const HIGH = 48;

/** The stands as told, and the course that counts instead. */
function BeforeAfter({ repair, counted }: { readonly repair: Repair; readonly counted: number | undefined }) {
  const told = repair.evidence.slice(-3);
  const first = told[0];
  const last = told.at(-1);
  if (!first || !last || told.length < 2) return null;
  const end = first.kwh + (counted ?? 0);
  const stands = [...told.map((s) => s.kwh), end];
  const low = Math.min(...stands);
  const span = Math.max(...stands) - low || 1;
  const y = (kwh: number) => HIGH - 5 - ((kwh - low) / span) * (HIGH - 10);
  const x = (i: number) => 4 + (i / (told.length - 1)) * (WIDE - 8);
  const line = told.map((s, i) => `${x(i)},${y(s.kwh)}`).join(" ");
  return (
    <figure class="repair-picture">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label="What was told, and what counts">
        <polyline class="told" points={line} />
        {told.map((s, i) => (
          <circle key={s.at} class="told-dot" cx={x(i)} cy={y(s.kwh)} r="2.2" />
        ))}
        {counted === undefined ? null : <line class="counted" x1={x(0)} y1={y(first.kwh)} x2={WIDE - 4} y2={y(end)} />}
      </svg>
      <figcaption class="quiet small-text">
        <span class="key-told">told</span>
        {counted === undefined ? null : <span class="key-counted">counts</span>}
      </figcaption>
    </figure>
  );
}
