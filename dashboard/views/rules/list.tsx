import { useEffect, useState } from "preact/hooks";
import type { HomeRuleStatus } from "../../../hub/http/schemas.ts";
import { announcement } from "../../acting.ts";
import { del, inWords, patch, post } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { HomeRuleCard } from "../../parts/rule-home-card.tsx";
import { now, rules, settings } from "../../store.ts";
import { readBlueprints, readyMadeOf } from "../blueprints/state.ts";
import { STARTERS } from "./draft.ts";
import { homeRules, readHomeRules } from "./state.ts";

/** A run is under way a moment after it was asked for: then it is looked at again. */
const LOOK_AGAIN_MS = 700;

const pathOf = (status: HomeRuleStatus) => `/home-rules/${encodeURIComponent(status.rule.id)}`;

/** The rules that people made. */
export function OwnRules() {
  const all = homeRules.value;
  const [problem, setProblem] = useState("");
  // The stream tells of changes, which reads the plans' rules anew; runs that only wait tell nothing, so the time counts too.
  useEffect(() => {
    readHomeRules().catch((error: unknown) => setProblem(inWords(error)));
  }, [rules.value, now.value]);
  // Whether a newer version is there is asked once: they come by a person's hand or with the hub itself.
  const isAnyMade = all?.some((s) => s.rule.blueprint !== undefined) === true;
  useEffect(() => {
    if (isAnyMade) readBlueprints().catch(() => undefined);
  }, [isAnyMade]);
  const safely = async (deed: () => Promise<unknown>, said = "") => {
    setProblem("");
    try {
      await deed();
      await readHomeRules();
      if (said) announcement.value = said;
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  const start = async (status: HomeRuleStatus) => {
    await safely(() => post(`${pathOf(status)}/start`), `${status.rule.title}: started`);
    setTimeout(() => void safely(async () => undefined), LOOK_AGAIN_MS);
  };
  return (
    <section class="stack" aria-label="Your rules">
      <div class="row spread">
        <h2>Your rules</h2>
        <div class="row">
          <a class="deed" href="#/blueprints">
            Ready-made
          </a>
          <a class="deed deed-main" href="#/rules/new">
            New rule
          </a>
        </div>
      </div>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {all === undefined && !problem ? <p class="quiet loading">Reading the rules …</p> : null}
      {all?.length === 0 ? <Nothing /> : null}
      <ul class="stack plain-list">
        {all?.map((status) => (
          <HomeRuleCard
            key={status.rule.id}
            status={status}
            readyMade={readyMadeOf(status)}
            now={now.value}
            timeZone={settings.value?.timeZone}
            onEnable={(enabled) => void safely(() => patch(pathOf(status), { enabled }))}
            onStart={() => void start(status)}
            onEnd={(run) => void safely(() => del(`/runs/${encodeURIComponent(run)}`), `${status.rule.title}: ended`)}
            onDelete={() => void safely(() => del(pathOf(status)), `${status.rule.title}: deleted`)}
          />
        ))}
      </ul>
    </section>
  );
}

function Nothing() {
  return (
    <div class="stack rule-starters">
      <p>
        A rule lets the home do by itself what you would do by hand: something happens, and it acts; or something is so,
        and it keeps something so. Each rule says why it did what it did. Begin with one of these, or with an empty one:
      </p>
      <ul class="stack plain-list">
        <li>
          <a class="deed" href="#/blueprints">
            Choose a ready-made rule: cheap hours, sun, heating, safety and more
          </a>
        </li>
        {STARTERS.map(({ id, text }) => (
          <li key={id}>
            <a class="deed" href={`#/rules/new?starter=${id}`}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
