import { useEffect, useState } from "preact/hooks";
import type { Finding } from "../../../hub/http/schemas.ts";
import { get, inWords } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { linkTo } from "../../router.ts";
import { findingsChanged, nodes, now } from "../../store.ts";
import { age } from "../../words/format.ts";
import { nameOf } from "../../words/goal.ts";

/** What is wrong in this home, where exactly, and what to do about it. */
export function Findings() {
  const [all, setAll] = useState<readonly Finding[] | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const changed = findingsChanged.value;
  // The count of events is what asks for another reading.
  useEffect(() => {
    get<{ findings: Finding[] }>("/findings").then(
      ({ findings }) => setAll([...findings].sort((a, b) => b.lastAt - a.lastAt)),
      (error: unknown) => setProblem(inWords(error)),
    );
  }, [changed]);
  if (problem) return <Notice tone="bad">{problem}</Notice>;
  if (!all) return <p class="quiet loading">Reading …</p>;
  if (all.length === 0) return <Notice tone="good">Nothing is wrong that the hub could see.</Notice>;
  return (
    <ul class="stack">
      {all.map((f) => (
        <li class="card stack" key={`${f.code}|${f.node}|${f.topic}|${f.field}`}>
          <strong>{f.message}</strong>
          {f.fix ? <p>What helps: {f.fix}</p> : null}
          <p class="quiet small-text">
            {f.node ? <a href={linkTo("node", f.node)}>{nameOf(nodes.value ?? [], f.node)}</a> : null}
            {[f.topic, f.field].filter(Boolean).map((x) => ` · ${x}`)} · {f.code} · {f.count}{" "}
            {f.count === 1 ? "time" : "times"}, last {age(f.lastAt, now.value)}
          </p>
        </li>
      ))}
    </ul>
  );
}
