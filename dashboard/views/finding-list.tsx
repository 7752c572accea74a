import { useEffect, useState } from "preact/hooks";
import type { Finding, FindingList as FindingAnswer, FixResult } from "../../hub/http/schemas.ts";
import { announcement } from "../acting.ts";
import { get, getText, inWords, post } from "../api.ts";
import { FindingCard, type Say } from "../parts/finding-card.tsx";
import { Notice } from "../parts/notice.tsx";
import "../styles/findings.css";
import { findingsChanged, nodes, now, readFindings, settings } from "../store.ts";
import { nameOf } from "../words/goal.ts";
import { outcomeWords } from "../words/outcome.ts";

export interface Read {
  readonly findings: readonly Finding[] | undefined;
  readonly problem: string;
}

/** Findings that fit a query, read again whenever one of the home's changes. */
export function useFindings(query: string): Read {
  const [read, setRead] = useState<Read & { readonly query: string }>({ findings: undefined, problem: "", query });
  const changed = findingsChanged.value;
  // The count of changes is what asks for another reading.
  useEffect(() => {
    let current = true;
    get<FindingAnswer>(`/findings?${query}`).then(
      ({ findings }) => current && setRead({ findings, problem: "", query }),
      (error: unknown) => current && setRead({ findings: undefined, problem: inWords(error), query }),
    );
    return () => {
      current = false;
    };
  }, [changed, query]);
  // What was asked before must not stand under the new question's heading.
  return read.query === query ? read : { findings: undefined, problem: "" };
}

const at = (finding: Finding, deed: string): string => `/findings/${encodeURIComponent(finding.key)}/${deed}`;

const SAID: Readonly<Record<Say, string>> = { accept: "accepted", ignore: "ignored", reopen: "shown as new again" };

/** Says the same of several findings; what could not be said is told. */
export async function say(findings: readonly Finding[], verb: Say): Promise<string> {
  try {
    for (const finding of findings) await post(at(finding, verb));
    announcement.value = SAID[verb];
    return "";
  } catch (error) {
    return inWords(error);
  } finally {
    await readFindings().catch(() => undefined);
  }
}

/** Findings as cards, with what a person can do about each. */
export function FindingCards({ findings }: { readonly findings: readonly Finding[] }) {
  const [problem, setProblem] = useState("");
  const fix = async (finding: Finding) => {
    if (!finding.remedy) return;
    setProblem("");
    try {
      const { outcome } = await post<FixResult>(at(finding, "fix"), { command: finding.remedy.command });
      announcement.value = `${finding.remedy.label}: ${outcomeWords(outcome)}`;
    } catch (error) {
      setProblem(inWords(error));
    }
    await readFindings().catch(() => undefined);
  };
  return (
    <>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <ul class="stack">
        {findings.map((finding) => (
          <FindingCard
            key={finding.key}
            finding={finding}
            name={nameOf(nodes.value ?? [], finding.remedy?.command.target.node ?? finding.node ?? "")}
            now={now.value}
            timeZone={settings.value?.timeZone}
            onSay={async (verb) => setProblem(await say([finding], verb))}
            onFix={() => fix(finding)}
            readReport={() => getText(at(finding, "report"))}
          />
        ))}
      </ul>
    </>
  );
}
