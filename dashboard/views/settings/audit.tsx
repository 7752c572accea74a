import { useEffect, useState } from "preact/hooks";
import type { AuditEntry } from "../../../hub/http/schemas.ts";
import { get, inWords } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { nodes, settings } from "../../store.ts";
import { moment, unCamel } from "../../words/format.ts";
import { nameOf } from "../../words/goal.ts";

const PAGE = 50;

/** Who did or decided what, and why; the newest first. */
export function Audit() {
  const [entries, setEntries] = useState<readonly AuditEntry[] | undefined>(undefined);
  const [more, setMore] = useState(true);
  const [problem, setProblem] = useState("");
  const read = async (before: number | undefined) => {
    try {
      const query = new URLSearchParams({
        limit: String(PAGE),
        ...(before === undefined ? {} : { before: String(before) }),
      });
      const page = (await get<{ entries: AuditEntry[] }>(`/audit?${query}`)).entries;
      setEntries((held) => (before === undefined ? page : [...(held ?? []), ...page]));
      setMore(page.length === PAGE);
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  // The first page is read once.
  useEffect(() => {
    void read(undefined);
  }, []);
  const last = entries?.at(-1)?.id;
  return (
    <section class="card stack" aria-label="Audit log">
      <h2>Who did what</h2>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {entries === undefined && !problem ? <p class="quiet">Reading …</p> : null}
      <ol class="audit">
        {entries?.map((e) => (
          <li key={e.id}>
            <span>
              <strong>{unCamel(e.what)}</strong> {nameOf(nodes.value ?? [], e.subject)}
            </span>
            <span>{e.detail}</span>
            <span class="quiet small-text">
              {moment(e.at, settings.value?.timeZone)} · by {e.by}
            </span>
          </li>
        ))}
      </ol>
      {more && last !== undefined ? (
        <div class="row">
          <button type="button" class="small" onClick={() => void read(last)}>
            Older
          </button>
        </div>
      ) : null}
    </section>
  );
}
