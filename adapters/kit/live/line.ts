/** One message as one line for a person. */
import { printable } from "./printable.ts";
import type { ReadMessage, ReadValue } from "./reading.ts";

/** Colours of a terminal (ECMA-48, SGR); without them the text is plain. */
export interface Paint {
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly bold: (text: string) => string;
}

const sgr = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const same = (text: string): string => text;

export const plain: Paint = { dim: same, good: same, bad: same, bold: same };
export const coloured: Paint = { dim: sgr(2), good: sgr(32), bad: sgr(31), bold: sgr(1) };

const MAX_VALUES = 12;
const MAX_PROBLEMS = 3;
const LONGEST = 80;

const shown = (text: string): string => printable(text, LONGEST);

const valueText = ({ path, value, unit }: ReadValue): string =>
  shown(`${path} ${String(value)}${unit ? ` ${unit}` : ""}`);

function valuesText(readings: readonly ReadValue[], paint: Paint): string {
  const byName = new Map<string, ReadValue[]>();
  for (const one of readings.slice(0, MAX_VALUES)) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const more = readings.length > MAX_VALUES ? ` and ${readings.length - MAX_VALUES} more` : "";
  return (
    [...byName].map(([name, all]) => `${paint.bold(shown(name))}: ${all.map(valueText).join(", ")}`).join("; ") + more
  );
}

/** Time (UTC), topic, dialect and what was read; no line ends within. */
export function lineOf(message: ReadMessage, paint: Paint): string {
  const { at, topic, dialect, retained, bytes, found, gone, reachable, readings, problems } = message;
  const parts = [
    ...found.map((n) => paint.good(`found ${shown(n.name)} (${n.types.join(", ") || "no type"})`)),
    ...gone.map((node) => paint.bad(`gone ${shown(node)}`)),
    ...reachable.map((r) =>
      (r.reachable ? paint.good : paint.bad)(`${shown(r.node)} ${r.reachable ? "reachable" : "unreachable"}`),
    ),
    ...(readings.length > 0 ? [valuesText(readings, paint)] : []),
    ...problems.slice(0, MAX_PROBLEMS).map((p) => paint.bad(`${p.code}: ${shown(p.message)}`)),
    ...(problems.length > MAX_PROBLEMS ? [paint.bad(`and ${problems.length - MAX_PROBLEMS} more problems`)] : []),
  ];
  const said =
    parts.length > 0
      ? parts.join("; ")
      : dialect === undefined
        ? paint.dim("nobody reads this")
        : paint.dim("nothing new");
  const sort = `${dialect ?? "-"}${retained ? " retained" : ""}`;
  return `${paint.dim(at.slice(11, 23))} ${shown(topic)} ${paint.dim(`${bytes} B`)} [${sort}] ${said}`;
}
