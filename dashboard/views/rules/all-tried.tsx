import { useState } from "preact/hooks";
import type { AllTrialAnswer, RuleTried } from "../../../hub/http/schemas.ts";
import { announcement } from "../../acting.ts";
import { Notice } from "../../parts/notice.tsx";
import { settings } from "../../store.ts";
import { number, signed } from "../../words/format.ts";
import { DayStrip } from "./day-strip.tsx";
import { TrialAsk, useTrial } from "./dry-run-asking.tsx";
import { dayInWords, timesInWords } from "./dry-run-calendar.tsx";
import { lengthInWords } from "./dry-run-length.ts";

/** What each of the home's rules would have done in its past, side by side: which earn something, which never come, which quarrel. */
export function AllTried() {
  const [tried, setTried] = useState<readonly RuleTried[] | undefined>(undefined);
  const asking = useTrial<AllTrialAnswer>("/home-rules/dry-run-all", "30", (answer) => {
    setTried(answer.tried);
    announcement.value = `${answer.tried.length} rules were tried`;
  });
  return (
    <>
      <header class="view-head">
        <p>
          <a href="#/rules">All rules</a>
        </p>
        <h1 tabIndex={-1}>All rules on the past</h1>
        <p class="quiet">
          What each of your rules would have done with what your devices really said, had it been there all the time.
          Nothing is switched.
        </p>
      </header>
      <section class="card stack dry-run" aria-label="Try all" aria-busy={asking.going !== undefined}>
        <TrialAsk asking={asking} deed="Try all" onStart={() => void asking.start({})} />
      </section>
      {tried ? <Found tried={tried} /> : null}
    </>
  );
}

const quarrels = ({ fights }: RuleTried): number => fights.reduce((sum, f) => sum + f.count, 0);
const moneyOf = ({ energy }: RuleTried): number => (energy.known ? energy.value.money : 0);

/** Those that something speaks against first: quarrels, comfort, money; those that never come last. */
const byNeed = (a: RuleTried, b: RuleTried): number =>
  Number(b.firings > 0) - Number(a.firings > 0) ||
  quarrels(b) - quarrels(a) ||
  b.comfortMinutes - a.comfortMinutes ||
  moneyOf(b) - moneyOf(a);

function Found({ tried }: { readonly tried: readonly RuleTried[] }) {
  const never = tried.filter((t) => t.firings === 0);
  if (tried.length === 0) return <Notice tone="warn">None was tried before it was cancelled.</Notice>;
  const [first] = tried;
  return (
    <section class="stack" aria-label="What they would have done">
      {first ? <p class="quiet">From {dayInWords(first.firstDay)} until now.</p> : null}
      {never.length > 0 ? (
        <p>
          {never.length === 1 ? "One rule" : `${never.length} rules`} would never have come:{" "}
          {never.map(({ title }) => title).join(", ")}. Of an alarm that is good news; of another, look at what it waits
          for.
        </p>
      ) : null}
      <ul class="stack plain-list">
        {[...tried].sort(byNeed).map((one) => (
          <li key={one.id} class="card stack tried-rule">
            <div class="row spread">
              <h2>
                <a href={`#/rules/${encodeURIComponent(one.id)}?try=past`}>{one.title}</a>
              </h2>
              <strong>{timesOf(one)}</strong>
            </div>
            <DayStrip first={one.firstDay} counts={one.byDay} />
            <ul class="plain-list tried-words small-text">
              {linesOf(one).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

const timesOf = ({ firings }: RuleTried): string =>
  firings === 0 ? "never" : firings === 1 ? "once" : `${number(firings, 0)} times`;

/** What is worth a line, the weightiest first. */
function linesOf(one: RuleTried): string[] {
  const { changes, nearMisses, energy, worst, comfortMinutes, heldMinutes, unknownMinutes, fights } = one;
  const currency = settings.value?.currency ?? "";
  const spent = energy.known && (Math.abs(energy.value.kwh) >= 0.05 || Math.abs(energy.value.money) >= 0.005);
  return [
    ...fights.map((f) => `${f.by} wanted it otherwise ${timesInWords(f.count)}: ${f.example}`),
    comfortMinutes > 0 ? `${lengthInWords(comfortMinutes)} more too cold or too warm` : "",
    energy.known && spent
      ? `${signed(energy.value.kwh, 1)} kWh, ${signed(energy.value.money, 2)} ${currency} against what was`
      : "",
    energy.known ? "" : `Energy can't be told: ${energy.why}`,
    changes > 0
      ? `would have changed something ${timesInWords(changes)}`
      : one.firings > 0
        ? "would have changed no device"
        : "",
    heldMinutes ? `would have held for ${lengthInWords(heldMinutes)} in all` : "",
    nearMisses > 0 ? `and nearly come ${number(nearMisses, 0)} times more` : "",
    worst ? `worst on ${dayInWords(worst.day)}: ${worst.why}` : "",
    unknownMinutes > 0 ? `for ${lengthInWords(unknownMinutes)} nobody knows what it would have done` : "",
  ].filter(Boolean);
}
