import { useMemo } from "preact/hooks";
import type { RuleTrial } from "../../../hub/http/schemas.ts";
import { type Line, Plot } from "../../parts/plot.tsx";
import { clockAt, moment, number } from "../../words/format.ts";
import { dayInWords } from "./dry-run-calendar.tsx";
import { lengthInWords } from "./dry-run-length.ts";

type Room = Extract<RuleTrial["comfort"], { known: true }>["value"]["rooms"][number];
type Picture = NonNullable<Room["picture"]>;

interface Props {
  readonly rooms: readonly Room[];
  readonly timeZone: string | undefined;
}

const degrees = (c: number): string => `${number(c, 1)} °C`;

/** How warm it would have been in what the rule heats, against how warm it is wanted; the worst day as a picture. */
export function DryRunRooms({ rooms, timeZone }: Props) {
  return (
    <section class="stack" aria-label="How warm it would have been">
      <h3>How warm it would have been</h3>
      {rooms.map((room) => (
        <article key={room.name} class="stack dry-run-room">
          <h4>{room.name}</h4>
          <ul class="dry-run-notes">
            <li>
              Too cold: <strong>{span(room.below.would)}</strong>, was {span(room.below.was)}. Too warm:{" "}
              <strong>{span(room.above.would)}</strong>, was {span(room.above.was)}.
            </li>
            {room.coldest ? (
              <li>
                Coldest: <strong>{degrees(room.coldest.c)}</strong> on {moment(room.coldest.at, timeZone)}, was{" "}
                {degrees(room.coldest.was)}.
              </li>
            ) : null}
            <li class="quiet">Wanted: {room.band}.</li>
            <li class="quiet">How sure this is: {room.error}.</li>
          </ul>
          {room.picture ? (
            <WarmDay name={room.name} picture={room.picture} timeZone={timeZone} />
          ) : (
            <p class="quiet small-text">It would have been as warm as it was, each day.</p>
          )}
        </article>
      ))}
    </section>
  );
}

const span = (minutes: number): string => (minutes === 0 ? "never" : lengthInWords(minutes));

interface DayProps {
  readonly name: string;
  readonly picture: Picture;
  readonly timeZone: string | undefined;
}

/** The day on which most was lost: as it was, as it would have been, and the band in which it is wanted. */
function WarmDay({ name, picture: p, timeZone }: DayProps) {
  const end = p.from + p.stepMs * p.was.length;
  // Each value is that at the end of its step.
  const at = useMemo(() => p.was.map((_, i) => p.from + (i + 1) * p.stepMs), [p]);
  const lines = useMemo<Line[]>(
    () => [
      { label: "wanted at most", colour: "--sun", data: p.high, stepped: true, width: 1, dashed: true },
      { label: "wanted at least", colour: "--sun", data: p.low, stepped: true, width: 1, dashed: true },
      { label: "was", colour: "--ink", data: p.was },
      { label: "would have been", colour: "--ember", data: p.would },
    ],
    [p],
  );
  const isBand = p.high.some((c) => c !== null) && p.low.some((c) => c !== null);
  const band = useMemo(() => (isBand ? ([0, 1] as const) : undefined), [isBand]);
  const least = Math.min(...p.would.flatMap((c) => c ?? []));
  const say = (i: number | undefined): string => {
    const time = i === undefined ? undefined : at[i];
    if (i === undefined || time === undefined)
      return `${dayInWords(p.day)}, the day on which it differs most. Dark: as it was, ember: as it would have been${isBand || p.low.some((c) => c !== null) ? ", dashed: as it is wanted" : ""}.`;
    const value = (c: number | null | undefined) => (c === null || c === undefined ? "not known" : degrees(c));
    return `${clockAt(time, timeZone)}: was ${value(p.was[i])}, would have been ${value(p.would[i])}`;
  };
  return (
    <Plot
      at={at}
      from={p.from}
      to={end}
      lines={lines}
      {...(band ? { band } : {})}
      timeZone={timeZone}
      height={200}
      summary={`${name} on ${dayInWords(p.day)}: as warm as it was and as it would have been, down to ${degrees(least)}`}
      axis={degrees}
      readout={say}
    />
  );
}
