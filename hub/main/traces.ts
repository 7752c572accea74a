import type { AuditEntry } from "../model/audit.ts";
import type { NodeId } from "../model/path.ts";
import type { Trace } from "../model/trace.ts";
import type { TraceQuery, Traces, WhyQuery } from "../ports.ts";
import { traceOf } from "../step/automation/tracing.ts";
import { nodeNow } from "../step/identity/names.ts";
import { actorsOn } from "../step/why/actors.ts";
import type { Change } from "../step/why/facts.ts";
import { mainKeys, whyOf } from "../step/why/index.ts";
import type { FacadeParts } from "./facade.ts";

const DAY_MS = 24 * 3_600_000;
const MINUTE = 60_000;
/** Entries of one device's audit log that an answer looks at, the newest first. */
const AUDIT_PAGE = 200;
const MAX_AUDIT = 2_000;
/** Of the device, and of each rule that may act on it. */
const MAX_OF_NODE = 200;
const MAX_OF_RULE = 20;
/** Values of a device that are looked through for changes of its own. */
const MAX_KEYS = 3;
/** An answer about longer looks for changes in its last part alone. */
const MAX_LOOK_MS = 2 * DAY_MS;

type Parts = Pick<FacadeParts, "state" | "store" | "clock">;

/** What rules did and why, from the store and from what runs now. */
export function createTraces({ state, store, clock }: Parts): Traces {
  const running = (query: TraceQuery): Trace[] => {
    if (query.before !== undefined) return [];
    const { automation } = state;
    const text = query.text?.toLowerCase() ?? "";
    return [...automation.runs.values()]
      .map((run) =>
        traceOf(
          run,
          automation.rules.find((r) => r.id === run.rule)?.title ?? run.rule,
          "still under way",
          run.endedAt,
        ),
      )
      .filter(
        (t) =>
          (query.rule === undefined || t.rule === query.rule) &&
          (query.node === undefined || t.nodes.includes(query.node)) &&
          (query.kind === undefined || t.kind === query.kind) &&
          (query.from === undefined || t.at >= query.from) &&
          (query.to === undefined || t.at < query.to) &&
          [t.title, t.cause, ...t.lines.map((l) => l.text)].some((part) => part.toLowerCase().includes(text)),
      )
      .sort((a, b) => b.at - a.at);
  };
  const search: Traces["search"] = (query) => {
    const { traces, ...rest } = store.traces.search(query);
    return { traces: [...running(query), ...traces], ...rest };
  };
  return {
    search,
    kept: () => ({ bytes: store.traces.bytes(), maxBytes: store.traces.maxBytes }),
    async why(query) {
      const node = nodeNow(state, query.node)?.description.id;
      if (node === undefined) return undefined;
      const now = clock.now();
      const { about, language } = query;
      const span = { from: Math.min(query.from, query.to, now), to: Math.min(query.to, now) };
      const back = span.from >= span.to ? span.to - DAY_MS : span.from;
      const to = span.to + 1;
      const actors = actorsOn(state, node);
      const ofRules = actors.flatMap(({ id }) => search({ rule: id, from: back, to, limit: MAX_OF_RULE }).traces);
      const steady = actors.flatMap(({ id, rule }) =>
        rule?.form === "while" ? search({ rule: id, kind: "steady", to, limit: 1 }).traces : [],
      );
      const ofNode = search({ node, from: back, to, limit: MAX_OF_NODE }).traces;
      const traces = [...new Map([...ofNode, ...ofRules, ...steady].map((t) => [t.id, t])).values()];
      return whyOf(state, {
        ...{ node, ...span, now, about, language },
        audit: auditOf(store, node, back, span.to),
        traces: traces.sort((a, b) => b.at - a.at),
        changes: await changesOf({ state, store, clock }, node, Math.max(back, span.to - MAX_LOOK_MS), span.to, about),
      });
    },
  };
}

/** What a device was asked for up to a moment: at least the last command before `from`. */
function auditOf(store: Parts["store"], subject: NodeId, from: number, to: number): AuditEntry[] {
  const found: AuditEntry[] = [];
  let before: number | undefined;
  for (let looked = 0; looked < MAX_AUDIT; looked += AUDIT_PAGE) {
    const page = store.audit({ limit: AUDIT_PAGE, subject, ...(before === undefined ? {} : { before }) });
    found.push(...page.filter((e) => e.at <= to));
    before = page.at(-1)?.id;
    const isEnough = found.some((e) => e.what === "command-asked" && e.at < from);
    if (page.length < AUDIT_PAGE || isEnough) break;
  }
  return found;
}

/** When the device's main values became others, by the history: to the minute, the oldest first. */
async function changesOf(
  { state, store }: Parts,
  node: NodeId,
  from: number,
  to: number,
  about: WhyQuery["about"],
): Promise<Change[]> {
  const held = state.home.nodes.get(node);
  const keys = held ? (about ? [about.key] : mainKeys(held).slice(0, MAX_KEYS)) : [];
  const all = await Promise.all(
    keys.map(async (key): Promise<Change[]> => {
      const value = held?.values.get(key)?.value;
      if (typeof value !== "boolean" && typeof value !== "number") return [];
      const buckets = await store
        .history({ key, from: from - (from % MINUTE), to: to + 1, bucketMs: MINUTE })
        .catch(() => []);
      return buckets.flatMap(({ at, last }, i): Change[] => {
        const before = buckets[i - 1];
        if (!before || before.last === last) return [];
        return [{ key, at, value: typeof value === "boolean" ? last >= 0.5 : Math.round(last * 100) / 100 }];
      });
    }),
  );
  return all.flat().sort((a, b) => a.at - b.at);
}
