import { useState } from "preact/hooks";
import type { Finding } from "../../../hub/http/schemas.ts";
import { Notice } from "../../parts/notice.tsx";
import { linkTo } from "../../router.ts";
import { findingCounts, nodes } from "../../store.ts";
import { nameOf } from "../../words/goal.ts";
import { FindingCards, say, useFindings } from "../finding-list.tsx";
import { MayBeOne } from "../identity.tsx";

const SHELVES = [
  { state: "new", label: "New", none: "Nothing new is wrong that the hub could see." },
  { state: "accepted", label: "Accepted", none: "Nothing wrong was accepted." },
  { state: "ignored", label: "Ignored", none: "Nothing is ignored." },
  { state: "fixed", label: "Over", none: "Nothing was wrong in the last month." },
] as const;

/** What is wrong in this home, by device: where exactly, since when, and what to do about it. */
export function Findings() {
  const [shelf, setShelf] = useState<(typeof SHELVES)[number]>(SHELVES[0]);
  const { findings, problem } = useFindings(`state=${shelf.state}`);
  return (
    <section class="stack" aria-label="Findings">
      <MayBeOne />
      <fieldset class="row shelves">
        <legend class="heard">Which findings</legend>
        {SHELVES.map((s) => (
          <button key={s.state} type="button" class="small" aria-pressed={s === shelf} onClick={() => setShelf(s)}>
            {s.label} {findingCounts.value?.[s.state] ?? ""}
          </button>
        ))}
      </fieldset>
      <p class="quiet small-text">
        Accept what you know of: it is counted, and no news. Ignore what shall not be shown again until it changes. What
        stops by itself goes to “Over”.
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {!findings && !problem ? <p class="quiet loading">Reading …</p> : null}
      {findings?.length === 0 ? <Notice tone={shelf.state === "new" ? "good" : "calm"}>{shelf.none}</Notice> : null}
      {byDevice(findings ?? []).map(([node, own]) => (
        <Group key={node ?? ""} node={node} findings={own} />
      ))}
    </section>
  );
}

/** The device with the newest finding first; what has no device last. */
function byDevice(findings: readonly Finding[]): (readonly [string | undefined, readonly Finding[]])[] {
  const groups = new Map<string | undefined, Finding[]>();
  for (const f of findings) groups.set(f.node, [...(groups.get(f.node) ?? []), f]);
  return [...groups].sort(([a], [b]) => Number(a === undefined) - Number(b === undefined));
}

function Group({ node, findings }: { readonly node: string | undefined; readonly findings: readonly Finding[] }) {
  const [problem, setProblem] = useState("");
  const known = nodes.value?.some((n) => n.id === node) ?? false;
  const name = node === undefined ? "Without a device" : nameOf(nodes.value ?? [], node);
  const all = findings.every((f) => f.state === "new") && findings.length > 1;
  return (
    <section class="stack" aria-label={name}>
      <div class="row spread">
        <h2>{node !== undefined && known ? <a href={linkTo("node", node)}>{name}</a> : name}</h2>
        {all ? (
          <button type="button" class="plain" onClick={() => void say(findings, "accept").then(setProblem)}>
            Accept all {findings.length}
          </button>
        ) : null}
      </div>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <FindingCards findings={findings} />
    </section>
  );
}
