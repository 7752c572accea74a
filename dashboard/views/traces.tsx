import { useEffect, useState } from "preact/hooks";
import type { Trace, TracePage } from "../../hub/http/schemas.ts";
import { get, inWords } from "../api.ts";
import { Choice, Field } from "../parts/field.tsx";
import { Notice } from "../parts/notice.tsx";
import { TraceItem } from "../parts/trace-item.tsx";
import { go, route } from "../router.ts";
import { nodes, settings } from "../store.ts";
import { dayOf, nextDay, startOf } from "../words/days.ts";
import { bytes, dayWords } from "../words/format.ts";
import "../styles/traces.css";

const FIELDS = ["rule", "node", "kind", "text", "from", "to"] as const;
type Filter = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;

const PAGE = 40;
/** More would be no reading any more: a person narrows the search instead. */
const MAX_SHOWN = 400;
const TYPING_MS = 300;

/** The address holds the search, so that it can be linked to and gone back to. */
function filterOf(query: string | undefined): Filter {
  const given = new URLSearchParams(query);
  return Object.fromEntries(FIELDS.flatMap((f) => (given.get(f) ? [[f, given.get(f) ?? ""]] : [])));
}

const hashOf = (filter: Filter): string => {
  const said = Object.entries(filter).filter(([, value]) => value);
  return said.length > 0 ? `#/traces?${new URLSearchParams(said)}` : "#/traces";
};

function pathOf({ from, to, ...rest }: Filter, timeZone: string | undefined, before?: number): string {
  const begin = from === undefined ? undefined : startOf(from, timeZone);
  const end = to === undefined ? undefined : startOf(nextDay(to), timeZone);
  const asked: [string, string][] = [
    ...Object.entries(rest),
    ...(begin === undefined ? [] : [["from", String(begin)] satisfies [string, string]]),
    ...(end === undefined ? [] : [["to", String(end)] satisfies [string, string]]),
    ...(before === undefined ? [] : [["before", String(before)] satisfies [string, string]]),
    ["limit", String(PAGE)],
  ];
  return `/traces?${new URLSearchParams(asked)}`;
}

/** What rules did and why, and what they nearly did: searched by device, rule, time and words. */
export function TracesView() {
  const query = route.value.query;
  const filter = filterOf(query);
  const timeZone = settings.value?.timeZone;
  const [page, setPage] = useState<TracePage | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let isOld = false;
    get<TracePage>(pathOf(filterOf(query), timeZone)).then(
      (found) => {
        if (isOld) return;
        setPage(found);
        setProblem("");
      },
      (error: unknown) => isOld || setProblem(inWords(error)),
    );
    return () => {
      isOld = true;
    };
  }, [query, timeZone]);
  const older = async () => {
    if (page?.more === undefined) return;
    try {
      const next = await get<TracePage>(pathOf(filter, timeZone, page.more));
      setPage({ ...next, traces: [...page.traces, ...next.traces] });
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return (
    <>
      <header class="view-head">
        <h1 tabIndex={-1}>What rules did, and why</h1>
        <p class="quiet">
          Each time a rule ran, and each time it nearly did. <a href="#/rules">All rules</a>
        </p>
      </header>
      <Search key={filter.rule} filter={filter} title={page?.traces.find((t) => t.rule === filter.rule)?.title} />
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {page ? (
        <Found page={page} timeZone={timeZone} isSearch={Object.keys(filter).length > 0} onOlder={() => void older()} />
      ) : null}
      {page || problem ? null : <p class="quiet loading">Reading …</p>}
    </>
  );
}

function Search({ filter, title }: { readonly filter: Filter; readonly title: string | undefined }) {
  const [text, setText] = useState(filter.text ?? "");
  const set = (change: Filter) => go(hashOf({ ...filter, ...change }), true);
  useEffect(() => {
    if (text.trim() === (filter.text ?? "")) return undefined;
    const timer = setTimeout(() => set({ text: text.trim() }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const devices = [...(nodes.value ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <search class="card trace-search" aria-label="Search">
      <Field
        label="Words"
        type="search"
        value={text}
        maxLength={200}
        placeholder="e.g. unconfirmed"
        onInput={(e) => setText(e.currentTarget.value)}
      />
      <Choice
        label="Device"
        value={filter.node ?? ""}
        options={[{ value: "", label: "Any device" }, ...devices.map((n) => ({ value: n.id, label: n.name }))]}
        onChange={(node) => set({ node })}
      />
      <Choice
        label="What"
        value={filter.kind ?? ""}
        options={[
          { value: "", label: "All" },
          { value: "run", label: "Runs" },
          { value: "nearMiss", label: "Nearly, but did nothing" },
          { value: "steady", label: "Began or ceased to hold" },
        ]}
        onChange={(kind) => set({ kind })}
      />
      <Field
        label="From"
        type="date"
        value={filter.from ?? ""}
        onChange={(e) => set({ from: e.currentTarget.value })}
      />
      <Field label="To" type="date" value={filter.to ?? ""} onChange={(e) => set({ to: e.currentTarget.value })} />
      {filter.rule === undefined ? null : (
        <p class="trace-rule">
          <span>
            Only the rule <strong>{title ?? "that was chosen"}</strong>
          </span>
          <button type="button" class="small" onClick={() => set({ rule: "" })}>
            All rules
          </button>
        </p>
      )}
    </search>
  );
}

interface FoundProps {
  readonly page: TracePage;
  readonly timeZone: string | undefined;
  readonly isSearch: boolean;
  readonly onOlder: () => void;
}

function Found({ page, timeZone, isSearch, onOlder }: FoundProps) {
  const names = new Map((nodes.value ?? []).map((n) => [n.id, n.name]));
  if (page.traces.length === 0)
    return (
      <section class="empty">
        <h2>{isSearch ? "Nothing fits" : "Nothing yet"}</h2>
        <p>
          {isSearch
            ? "No rule did such a thing, as far back as is kept."
            : "As soon as a rule runs, or nearly does, it is told here."}
        </p>
      </section>
    );
  return (
    <>
      {daysOf(page.traces, timeZone).map(({ day, traces }) => (
        <section key={day} class="stack" aria-label={dayWords(day)}>
          <h2>{dayWords(day)}</h2>
          <ul class="stack plain-list">
            {traces.map((trace) => (
              <TraceItem
                key={trace.id}
                trace={trace}
                timeZone={timeZone}
                nameOf={(id) => names.get(id)}
                open={page.traces.length === 1}
              />
            ))}
          </ul>
        </section>
      ))}
      {page.more !== undefined && page.traces.length < MAX_SHOWN ? (
        <button type="button" class="wide" onClick={onOlder}>
          Older
        </button>
      ) : null}
      {page.more !== undefined && page.traces.length >= MAX_SHOWN ? (
        <p class="quiet">There is more: narrow the search by day, device or words.</p>
      ) : null}
      <p class="quiet small-text">
        {bytes(page.kept.bytes)} of {bytes(page.kept.maxBytes)} are kept; beyond that the oldest go.
      </p>
    </>
  );
}

/** In the order given; a long run may stand under a day again. */
function daysOf(traces: readonly Trace[], timeZone: string | undefined) {
  const days: { day: string; traces: Trace[] }[] = [];
  for (const trace of traces) {
    const day = dayOf(trace.at, timeZone);
    const held = days.find((d) => d.day === day);
    if (held) held.traces.push(trace);
    else days.push({ day, traces: [trace] });
  }
  return days;
}
