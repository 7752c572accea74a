import { useEffect, useRef, useState } from "preact/hooks";
import type { HomeRuleStatus } from "../../hub/http/schemas.ts";
import { age, moment } from "../words/format.ts";
import { RuleSwitch } from "./rule-switch.tsx";

interface Props {
  readonly status: HomeRuleStatus;
  /** What it was made of; `newest` is the version that is there now, absent where it is gone. */
  readonly readyMade?:
    | { readonly title: string; readonly version: number; readonly newest?: number | undefined }
    | undefined;
  readonly now: number;
  readonly timeZone: string | undefined;
  readonly onEnable: (enabled: boolean) => void;
  readonly onStart: () => void;
  readonly onEnd: (run: string) => void;
  readonly onDelete: () => void;
}

/** A rule of a person: its words, what it does now, and what can be done with it. */
export function HomeRuleCard({ status, readyMade, now, timeZone, onEnable, onStart, onEnd, onDelete }: Props) {
  const { rule, words, running } = status;
  const [label, tone] = stateOf(status, now);
  return (
    <li class="card stack home-rule" data-rule={rule.id}>
      <div class="rule">
        <div class="stack rule-words">
          <div class="row">
            <h3>{rule.title}</h3>
            {label ? <span class={`pill ${tone}`}>{label}</span> : null}
          </div>
          <p>{words}</p>
          {rule.description ? <p class="quiet small-text">{rule.description}</p> : null}
          <p class="quiet small-text">{factsOf(status, now, timeZone)}</p>
          {status.switchedBy.length > 0 ? (
            <p class="quiet small-text">
              Switched on or off by {status.switchedBy.map((title) => `“${title}”`).join(", ")}, whatever was set here
              by hand.
            </p>
          ) : null}
          {readyMade ? <ReadyMade rule={rule.id} of={readyMade} /> : null}
        </div>
        <RuleSwitch title={rule.title} enabled={rule.enabled} onEnable={onEnable} />
      </div>
      {running.length > 0 ? (
        <ul class="stack rule-runs" aria-label={`Runs of ${rule.title}`}>
          {running.map((run) => (
            <li key={run.id} class="row spread">
              <span class="small-text">
                Started {age(run.at, now)}: {run.lines.at(-1)?.text ?? run.cause}
              </span>
              <button type="button" class="small" onClick={() => onEnd(run.id)}>
                End<span class="heard"> this run of {rule.title}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <Deeds status={status} onStart={onStart} onDelete={onDelete} />
    </li>
  );
}

function ReadyMade({ rule, of }: { readonly rule: string; readonly of: NonNullable<Props["readyMade"]> }) {
  const { title, version, newest } = of;
  const link = `#/blueprints/update?rule=${encodeURIComponent(rule)}`;
  return (
    <p class="small-text">
      From ready-made “{title}”, version {version}
      {newest === undefined ? null : newest > version ? (
        <>
          {" · "}
          <a href={link}>Update available: version {newest}</a>
        </>
      ) : (
        <>
          {" · "}
          <a href={link}>Change its answers</a>
        </>
      )}
    </p>
  );
}

function Deeds({ status: { rule }, onStart, onDelete }: Pick<Props, "status" | "onStart" | "onDelete">) {
  const [asked, setAsked] = useState(false);
  const id = encodeURIComponent(rule.id);
  if (asked) return <Question title={rule.title} onDelete={onDelete} onKeep={() => setAsked(false)} />;
  const of = <span class="heard"> {rule.title}</span>;
  return (
    <div class="row rule-deeds">
      {rule.form === "when" ? (
        <button type="button" class="small" disabled={!rule.enabled} onClick={onStart}>
          Start now{of}
        </button>
      ) : null}
      <a class="deed" href={`#/rules/${id}`}>
        Change{of}
      </a>
      <a class="deed" href={`#/rules/new?from=${id}`}>
        Copy{of}
      </a>
      <button type="button" class="plain" onClick={() => setAsked(true)}>
        Delete …{of}
      </button>
      <a class="deed" href={`#/rules/${id}?try=past`}>
        Try on the past{of}
      </a>
      <a class="deed" href={`#/blueprints/wrap?rule=${id}`}>
        Save as ready-made{of}
      </a>
      <a class="deed" href={`#/traces?rule=${id}`}>
        What it did{of}
      </a>
    </div>
  );
}

interface QuestionProps {
  readonly title: string;
  readonly onDelete: () => void;
  readonly onKeep: () => void;
}

function Question({ title, onDelete, onKeep }: QuestionProps) {
  const keep = useRef<HTMLButtonElement>(null);
  // The button that asked is gone: the harmless answer takes the focus.
  useEffect(() => keep.current?.focus(), []);
  return (
    <fieldset class="rule-question">
      <legend>Delete “{title}”? What it has set stays as it is.</legend>
      <div class="row">
        <button type="button" class="small" onClick={onDelete}>
          Delete
        </button>
        <button type="button" class="small" ref={keep} onClick={onKeep}>
          Keep it
        </button>
      </div>
    </fieldset>
  );
}

function stateOf({ rule, holds, running }: HomeRuleStatus, now: number): readonly [label: string, tone: string] {
  if (!rule.enabled) return ["switched off", ""];
  if (rule.until !== undefined && rule.until <= now) return ["is over", ""];
  if (rule.form === "when") return running.length > 0 ? ["runs now", "pill-good"] : ["", ""];
  if (holds === undefined || holds === "unknown") return ["cannot tell", "pill-warn"];
  return holds ? ["holds now", "pill-good"] : ["does not hold now", ""];
}

function factsOf({ rule, reason, lastAt, nextAt }: HomeRuleStatus, now: number, timeZone: string | undefined): string {
  const facts = [
    reason,
    rule.form === "while"
      ? undefined
      : lastAt === undefined
        ? "not started since the hub runs"
        : `last started ${age(lastAt, now)}`,
    nextAt === undefined || !rule.enabled ? undefined : `next ${moment(nextAt, timeZone)}`,
    rule.until === undefined || rule.until <= now ? undefined : `until ${moment(rule.until, timeZone)}`,
    rule.origin === "person"
      ? `made by ${rule.by}`
      : rule.origin === "import"
        ? `imported by ${rule.by}`
        : `made by ${rule.by}`,
  ];
  return facts.filter(Boolean).join(" · ");
}
