import { useState } from "preact/hooks";
import type { PolicyView, WatchedDay, WatchedDays } from "../../hub/http/schemas/policies.ts";
import { get, inWords } from "../api.ts";
import { dayWords, money, number } from "../words/format.ts";
import { Notice } from "./notice.tsx";
import { MODES, tone } from "./schedule-modes.ts";

interface Props {
  readonly policy: PolicyView;
  readonly currency: string | undefined;
}

/** The last two weeks hour by hour: what was asked, or would have been, above what really happened. Read when it is opened. */
export function PolicyWatched({ policy, currency }: Props) {
  const [days, setDays] = useState<readonly WatchedDay[] | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const would = policy.state === "shadow";
  const read = () => {
    get<WatchedDays>(`/policies/${encodeURIComponent(policy.id)}/watched`).then(
      (found) => setDays(found.days),
      (error: unknown) => setProblem(inWords(error)),
    );
  };
  return (
    <details class="fold" onToggle={(event) => event.currentTarget.open && read()}>
      <summary>
        <h4>{would ? "What it would have done" : "What it asked, and what happened"} in the last 14 days</h4>
      </summary>
      <div class="stack">
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        {days === undefined ? null : days.length === 0 ? (
          <p class="quiet">Nothing is noted yet: it begins with the first plan.</p>
        ) : (
          <Days days={days} policy={policy} currency={currency} />
        )}
      </div>
    </details>
  );
}

function Days({ days, policy, currency }: Props & { readonly days: readonly WatchedDay[] }) {
  const [chosen, choose] = useState("");
  const day = days.find((d) => d.day === chosen) ?? days.at(-1);
  return (
    <>
      <Sum days={days} currency={currency} />
      <label class="row">
        Day
        <select value={day?.day} onChange={(event) => choose(event.currentTarget.value)}>
          {[...days].reverse().map((d) => (
            <option key={d.day} value={d.day}>
              {dayWords(d.day)}
              {d.paid === undefined || d.would === undefined
                ? ""
                : `: ${money(d.paid, currency)} paid, ${money(d.would, currency)} with it`}
            </option>
          ))}
        </select>
      </label>
      {day ? <Day day={day} policy={policy} /> : null}
    </>
  );
}

/** What was paid beside what would have been, of the days that can be reckoned. */
function Sum({ days, currency }: { readonly days: readonly WatchedDay[]; readonly currency: string | undefined }) {
  const told = days.flatMap(({ paid, would }) => (paid === undefined || would === undefined ? [] : [{ paid, would }]));
  if (days.every((d) => d.ran)) return null;
  if (told.length === 0)
    return <p class="quiet small-text">What it would have cost is reckoned for days that are over.</p>;
  const paid = told.reduce((sum, d) => sum + d.paid, 0);
  const would = told.reduce((sum, d) => sum + d.would, 0);
  const most = Math.max(0.01, paid, would);
  const way = (label: string, cost: number, mark: string) => (
    <div class={`way ${mark}`}>
      <dt>{label}</dt>
      <dd>
        <span
          class="way-bar"
          style={{ width: `calc((100% - 8.5rem) * ${Math.max(0.01, cost / most)})` }}
          aria-hidden="true"
        />
        <span class="way-cost">{money(cost, currency)}</span>
      </dd>
    </div>
  );
  return (
    <dl class="ways">
      {way(`Paid in ${told.length} ${told.length === 1 ? "day" : "days"}`, paid, "")}
      {way("Had it been let", would, "way-this")}
    </dl>
  );
}

const HOUR_MS = 3_600_000;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly mode: string;
}

/** What was asked of a device through a day: of each plan the part until the next one; neighbours that are alike are one. */
function askedThrough({ plans }: WatchedDay, device: string, to: number): Stretch[] {
  const found: { from: number; to: number; mode: string }[] = [];
  for (const [k, plan] of plans.entries()) {
    const end = Math.min(to, plans[k + 1]?.at ?? plan.at + HOUR_MS);
    for (const block of plan.blocks.filter((b) => b.device === device)) {
      const [from, until] = [Math.max(block.from, plan.at), Math.min(block.to, end)];
      const last = found.at(-1);
      if (until <= from) continue;
      if (last?.mode === block.mode && from - last.to < 60_000) last.to = until;
      else found.push({ from, to: until, mode: block.mode });
    }
  }
  return found;
}

function Day({ day, policy }: { readonly day: WatchedDay; readonly policy: PolicyView }) {
  const hours = Math.max(24, ...day.really.map((r) => r.kwh.length));
  const to = day.from + hours * HOUR_MS;
  const share = (at: number) => ((Math.min(to, Math.max(day.from, at)) - day.from) / (to - day.from)) * 100;
  return (
    <figure class="schedule" aria-label={`Asked and done on ${dayWords(day.day)}`}>
      <div class="schedule-rows">
        {policy.devices.map(({ node, name }) => {
          const kwh = day.really.find((r) => r.device === node)?.kwh ?? [];
          const most = Math.max(0.1, ...kwh.map((k) => Math.abs(k ?? 0)));
          return (
            <div key={node} class="schedule-row">
              <p class="schedule-name">
                {name}
                <span class="quiet"> asked above, metered below; at most {number(most, 1)} kWh in an hour</span>
              </p>
              <div class="schedule-track watched-asked">
                {askedThrough(day, node, to).map((s) => (
                  <span
                    key={s.from}
                    class={`schedule-block ${tone(s.mode)}`}
                    style={{ left: `${share(s.from)}%`, width: `${share(s.to) - share(s.from)}%` }}
                    title={MODES[s.mode] ?? s.mode}
                  >
                    {MODES[s.mode] ?? s.mode}
                  </span>
                ))}
              </div>
              <div class="watched-done">
                {kwh.map((k, hour) => (
                  <span
                    key={hour}
                    class={k !== null && k < 0 ? "watched-gave" : "watched-took"}
                    style={{ height: `${k === null ? 0 : (Math.abs(k) / most) * 100}%`, width: `${100 / hours}%` }}
                    title={
                      k === null
                        ? "not known"
                        : `${hour}:00: ${number(Math.abs(k), 2)} kWh ${k < 0 ? "given" : "taken"}`
                    }
                  />
                ))}
              </div>
            </div>
          );
        })}
        <div class="schedule-times" aria-hidden="true">
          {[0, 6, 12, 18].map((hour) => (
            <span key={hour} style={{ left: `${share(day.from + hour * HOUR_MS)}%` }}>
              {`${String(hour).padStart(2, "0")}:00`}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}
