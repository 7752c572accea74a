import { useState } from "preact/hooks";
import type { Value } from "../../hub/http/schemas.ts";
import type { Wanted } from "../acting.ts";
import type { Flexible } from "../words/flexible.ts";
import { number, span } from "../words/format.ts";
import { Field } from "./field.tsx";
import { WantedNote } from "./wanted-note.tsx";

interface Props {
  readonly flexible: Flexible;
  readonly now: number;
  readonly wanted: Wanted | undefined;
  readonly ask: (command: string, args: Readonly<Record<string, Value>>, says: string) => void;
}

const HOUR = 3_600_000;
/** A start "now" must still lie ahead when the appliance hears of it. */
const NOTICE_MS = 30_000;

const whole = (text: string): number => Math.round(Number(text));

interface PartProps extends Pick<Props, "flexible" | "ask"> {
  readonly busy: boolean;
}

/** What a person may ask of an appliance's run at this moment; what it would refuse is not offered. */
export function FlexibleRequests({ flexible, now, wanted, ask }: Props) {
  const part = { flexible, ask, busy: wanted?.state === "waiting" };
  const waits = flexible.run !== undefined && flexible.run.startAt > now;
  return (
    <div class="stack flexible-requests">
      {flexible.refuses ? null : (
        <>
          {waits ? <Start {...part} now={now} /> : <Pause {...part} />}
          <Limit {...part} />
        </>
      )}
      <Back {...part} waits={waits} />
      <WantedNote wanted={wanted} />
    </div>
  );
}

/** Now, or so many hours later than planned, as far as the appliance allows. */
function Start({ flexible, now, busy, ask }: PartProps & { readonly now: number }) {
  const { run, commands } = flexible;
  const [later, setLater] = useState("2");
  const last = run?.latestEndAt === undefined ? 0 : run.latestEndAt - (run.endAt - run.startAt);
  if (!run || last <= now || !commands.has("startTimeAdjustRequest")) return null;
  const most = (last - run.startAt) / HOUR;
  const start = (at: number, says: string) =>
    ask("startTimeAdjustRequest", { requestedStartTime: Math.ceil(Math.min(at, last) / 1000) }, says);
  return (
    <div class="row">
      <button type="button" class="small" disabled={busy} onClick={() => start(now + NOTICE_MS, "start now")}>
        Start now
      </button>
      {most < 0.1 ? null : (
        <form
          class="command"
          onSubmit={(e) => {
            e.preventDefault();
            start(run.startAt + Number(later) * HOUR, "start later");
          }}
        >
          <Field
            label={`Hours later, up to ${number(most, 1)}`}
            type="number"
            required
            min={0.1}
            max={most}
            step="any"
            value={later}
            onInput={(e) => setLater(e.currentTarget.value)}
          />
          <button type="submit" class="small" disabled={busy}>
            Start later
          </button>
        </form>
      )}
    </div>
  );
}

/** For some minutes, within what the part that runs allows. */
function Pause({ flexible, busy, ask }: PartProps) {
  const { commands, pausableNow, pause } = flexible;
  const [minutes, setMinutes] = useState("30");
  if (!pausableNow || !commands.has("pauseRequest")) return null;
  const seconds = Math.min(pause.most, Math.max(pause.least, whole(minutes) * 60));
  return (
    <form
      class="command"
      onSubmit={(e) => {
        e.preventDefault();
        ask("pauseRequest", { duration: seconds }, "pause");
      }}
    >
      <Field
        label={`Minutes, ${span(pause.least)} to ${span(pause.most)}`}
        type="number"
        required
        min={Math.ceil(pause.least / 60)}
        max={Math.floor(pause.most / 60)}
        value={minutes}
        onInput={(e) => setMinutes(e.currentTarget.value)}
      />
      <button type="submit" class="small" disabled={busy}>
        Pause
      </button>
    </form>
  );
}

/** What takes back a request that stands. */
function Back({ flexible, busy, ask, waits }: PartProps & { readonly waits: boolean }) {
  const { commands, paused, adjusted, moved } = flexible;
  const ways = [
    { command: "resumeRequest", label: "Resume", stands: paused },
    { command: "cancelPowerAdjustRequest", label: "End the limit", stands: adjusted },
    { command: "cancelRequest", label: "Back to its own plan", stands: waits && moved },
  ].filter(({ command, stands }) => stands && commands.has(command));
  if (ways.length === 0) return null;
  return (
    <div class="row">
      {ways.map(({ command, label }) => (
        <button
          key={command}
          type="button"
          class="small"
          disabled={busy}
          onClick={() => ask(command, {}, label.toLowerCase())}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** A power for a time, within what the appliance offers now. */
function Limit({ flexible, busy, ask }: PartProps) {
  const { offer, commands } = flexible;
  const [watts, setWatts] = useState("");
  const [minutes, setMinutes] = useState("30");
  if (!offer || !commands.has("powerAdjustRequest")) return null;
  const { leastW, mostW, leastS, mostS } = offer;
  return (
    <form
      class="command"
      onSubmit={(e) => {
        e.preventDefault();
        const duration = Math.min(mostS, Math.max(leastS, whole(minutes) * 60));
        ask("powerAdjustRequest", { power: whole(watts), duration }, "limit its power");
      }}
    >
      <Field
        label={`Power (W), ${Math.ceil(leastW)} to ${Math.floor(mostW)}`}
        type="number"
        required
        min={Math.ceil(leastW)}
        max={Math.floor(mostW)}
        value={watts}
        onInput={(e) => setWatts(e.currentTarget.value)}
      />
      <Field
        label={`Minutes, ${span(leastS)} to ${span(mostS)}`}
        type="number"
        required
        min={Math.max(1, Math.ceil(leastS / 60))}
        max={Math.max(1, Math.floor(mostS / 60))}
        value={minutes}
        onInput={(e) => setMinutes(e.currentTarget.value)}
      />
      <button type="submit" class="small" disabled={busy}>
        Limit
      </button>
    </form>
  );
}
