import { useMemo, useState } from "preact/hooks";
import type { Learned } from "../../hub/http/schemas.ts";
import { settings } from "../store.ts";
import { clockAt, dayWords } from "../words/format.ts";
import { fine, proofWords } from "../words/learned.ts";
import { type Line, Plot } from "./plot.tsx";

type Proof = NonNullable<Learned["proof"]>;

interface TestedProps {
  readonly proof: Proof;
  readonly picture: NonNullable<Proof["picture"]>;
  readonly timeZone: string | undefined;
}

/** The last step has a width as well: its value is drawn on to its end. */
const toTheEnd = <T,>(values: readonly T[]): T[] => [...values, ...values.slice(-1)];

const times = (from: number, stepMs: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + i * stepMs);

/** A day that the model had not seen: what it foretold and what was measured. */
export function TestedDay({ proof, picture: p, timeZone }: TestedProps) {
  const at = useMemo(() => times(p.from, p.stepMs, p.measured.length + 1), [p]);
  const lines = useMemo<Line[]>(
    () => [
      { label: "measured", colour: "--ink", data: toTheEnd(p.measured), stepped: true },
      { label: "foretold", colour: "--ember", data: toTheEnd(p.predicted), stepped: true },
    ],
    [p],
  );
  const say = (i: number | undefined): string => {
    const [time, made, was] = [i === undefined ? undefined : at[i], p.predicted[i ?? -1], p.measured[i ?? -1]];
    if (time === undefined)
      return `${dayWords(p.day)}, an ordinary one of the tested days. Dark: measured, ember: foretold.`;
    const value = (v: number | null | undefined) =>
      v === null || v === undefined ? "not known" : `${fine(v)} ${proof.unit}`;
    return `${clockAt(time, timeZone)}: measured ${value(was)}, foretold ${value(made)}`;
  };
  return (
    <Plot
      at={at}
      from={p.from}
      to={p.from + p.stepMs * p.measured.length}
      lines={lines}
      timeZone={timeZone}
      height={180}
      summary={`Foretold and measured on ${dayWords(p.day)}: ${proof.what} ${proofWords(proof)}`}
      axis={(v) => `${fine(v)} ${proof.unit}`}
      readout={say}
    />
  );
}

interface ForeseenProps {
  readonly ahead: NonNullable<Learned["ahead"]>;
  readonly timeZone: string | undefined;
}

const HOUR = 3_600_000;

/** The next hours: the likely value, and the band in which eight hours of ten lie. */
export function ForeseenDay({ ahead: a, timeZone }: ForeseenProps) {
  const at = useMemo(() => times(a.from, HOUR, a.likely.length + 1), [a]);
  const lines = useMemo<Line[]>(
    () => [
      { label: "high", colour: "--ember", data: toTheEnd(a.high), stepped: true, width: 0 },
      { label: "low", colour: "--ember", data: toTheEnd(a.low), stepped: true, width: 0 },
      { label: "likely", colour: "--ember", data: toTheEnd(a.likely), stepped: true },
    ],
    [a],
  );
  const say = (i: number | undefined): string => {
    const time = i === undefined ? undefined : at[i];
    if (time === undefined || i === undefined)
      return "The next 24 hours: the likely energy of each hour, and the band in which eight hours of ten lie.";
    return `${clockAt(time, timeZone)}: likely ${fine(a.likely[i] ?? 0)} kWh, between ${fine(a.low[i] ?? 0)} and ${fine(a.high[i] ?? 0)}`;
  };
  return (
    <Plot
      at={at}
      from={a.from}
      to={a.from + HOUR * a.likely.length}
      lines={lines}
      band={[0, 1]}
      timeZone={timeZone}
      height={180}
      summary="Energy foreseen for each of the next 24 hours"
      axis={(v) => `${fine(v)} kWh`}
      readout={say}
    />
  );
}

interface FoldProps {
  readonly proof: Proof;
  readonly picture: NonNullable<Proof["picture"]>;
}

/** The error in a line; behind it a tested day. */
export function ProofFold({ proof, picture }: FoldProps) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary class="quiet small-text">
        {proof.what}: {proofWords(proof)}
      </summary>
      {open ? <TestedDay proof={proof} picture={picture} timeZone={settings.value?.timeZone} /> : null}
    </details>
  );
}
