import { useEffect, useState } from "preact/hooks";
import type { AuditEntry, EndpointView, NodeView, PriceList, RuleStatus } from "../../hub/http/schemas.ts";
import { act, wantedOf } from "../acting.ts";
import { get } from "../api.ts";
import { FlexibleRequests } from "../parts/flexible-requests.tsx";
import { RunTimeline, stretchOf } from "../parts/run-timeline.tsx";
import "../styles/flexible.css";
import { energy, knownOf, now, settings } from "../store.ts";
import { ESA, type Flexible, flexibleOf, type Run } from "../words/flexible.ts";
import { age } from "../words/format.ts";

/** So much of what was done is shown. */
const SHOWN = 6;
const QUARTER_MS = 15 * 60_000;

/** What an appliance plans, what the hub has done with it and why, and what a person may ask of it. */
export function NodeFlexible({ node }: { readonly node: NodeView }) {
  return (
    <>
      {node.endpoints.map((endpoint) => {
        const flexible = flexibleOf(endpoint, knownOf);
        return flexible ? (
          <FlexibleCard key={endpoint.number} node={node} endpoint={endpoint} flexible={flexible} />
        ) : null;
      })}
    </>
  );
}

interface CardProps {
  readonly node: NodeView;
  readonly endpoint: EndpointView;
  readonly flexible: Flexible;
}

function FlexibleCard({ node, endpoint, flexible }: CardProps) {
  const { run, state, refuses } = flexible;
  const target = { node: node.id, endpoint: endpoint.number, capability: ESA };
  const waits = run && run.startAt > now.value;
  return (
    <section class="card stack" aria-label="Energy management">
      <div class="row spread">
        <h2>{waits ? "When it will run" : run ? "Its run" : "When it runs"}</h2>
        {state ? <span class={`pill ${flexible.paused ? "pill-warn" : ""}`}>{state}</span> : null}
      </div>
      {run ? <Timeline run={run} /> : <p class="quiet">Nothing is planned.</p>}
      {refuses ? <p class="quiet">{refuses}</p> : null}
      <FlexibleRequests
        flexible={flexible}
        now={now.value}
        wanted={wantedOf(target)}
        ask={(command, args, says) => void act(target, command, args, `${node.name}: ${says}`)}
      />
      <Doings node={node} mark={`${state} ${run?.startAt} ${Math.floor(now.value / 60_000)}`} />
    </section>
  );
}

function Timeline({ run }: { readonly run: Run }) {
  const [prices, setPrices] = useState<PriceList["prices"]>([]);
  const { from, to } = stretchOf(run, now.value);
  const [first, last] = [Math.floor(from / QUARTER_MS) * QUARTER_MS, Math.ceil(to / QUARTER_MS) * QUARTER_MS];
  // Another price now is another tariff, or another hour of it: both are worth a look.
  const mark = energy.value?.price;
  useEffect(() => {
    let here = true;
    get<PriceList>(`/prices?from=${first}&to=${last}`)
      .then((list) => here && setPrices(list.prices))
      .catch(() => here && setPrices([]));
    return () => {
      here = false;
    };
  }, [first, last, mark]);
  const { currency, timeZone } = settings.value ?? {};
  return <RunTimeline run={run} now={now.value} prices={prices} currency={currency} timeZone={timeZone} />;
}

/** What was asked of it and why, the newest first; and what the rules about it say at this moment. */
function Doings({ node, mark }: { readonly node: NodeView; readonly mark: string }) {
  const [entries, setEntries] = useState<readonly AuditEntry[]>([]);
  const [rules, setRules] = useState<readonly RuleStatus[]>([]);
  useEffect(() => {
    let here = true;
    get<{ entries: AuditEntry[] }>(`/audit?limit=40&subject=${encodeURIComponent(node.id)}`)
      .then((list) => here && setEntries(list.entries.filter((e) => e.detail.startsWith(`${ESA}.`))))
      .catch(() => here && setEntries([]));
    // What a rule thinks changes more often than whether it holds, which alone is told.
    get<{ rules: RuleStatus[] }>("/rules")
      .then((list) => here && setRules(list.rules))
      .catch(() => here && setRules([]));
    return () => {
      here = false;
    };
  }, [node.id, mark]);
  const about = rules.filter((r) => r.rule.enabled && concerns(r, node.id));
  const asked = entries.flatMap((e, i) => (e.what === "command-asked" ? [{ e, end: outcomeOf(entries, i) }] : []));
  if (asked.length === 0 && about.length === 0) return null;
  return (
    <div class="stack">
      <h3>What was done with it, and why</h3>
      <ul class="doings">
        {about.map((r) => (
          <li key={r.rule.id}>
            <span class="pill">now</span> {r.rule.title}: {r.reason}
          </li>
        ))}
        {asked.slice(0, SHOWN).map(({ e, end }) => (
          <li key={e.id}>
            <span class="quiet small-text">{age(e.at, now.value)}</span> {doneWords(e, node.name)}
            {end ? <span class="quiet small-text"> ({end})</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

const concerns = ({ rule }: RuleStatus, node: string): boolean =>
  [...rule.then, ...(rule.otherwise ?? [])].some((a) => a.node === node && a.capability === ESA);

const commandOf = (e: AuditEntry): string => e.detail.slice(0, e.detail.indexOf(" "));

/** What became of the request at `i`: the next outcome of that command after it, in a list with the newest first. */
function outcomeOf(entries: readonly AuditEntry[], i: number): string | undefined {
  const asked = entries[i];
  const end = entries.slice(0, i).findLast((e) => asked && commandOf(e) === commandOf(asked));
  return end?.what === "command-outcome"
    ? /(confirmed|accepted|unconfirmed|refused).*$/.exec(end.detail)?.[0]
    : undefined;
}

/** Who asked and why, without what a person on this page knows: the command's name and the device's. */
function doneWords({ by, detail }: AuditEntry, name: string): string {
  const mark = ` for ${name}: `;
  const at = detail.indexOf(mark);
  const who = by.startsWith("plan:") || by.startsWith("rule:") ? "the hub" : by;
  return `${who}: ${at < 0 ? detail : detail.slice(at + mark.length)}`;
}
