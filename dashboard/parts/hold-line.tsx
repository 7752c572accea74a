import { useEffect, useState } from "preact/hooks";
import type { HoldList } from "../../hub/http/schemas.ts";
import { announcement } from "../acting.ts";
import { del, get, inWords } from "../api.ts";
import { now, settings } from "../store.ts";
import { clockAt } from "../words/format.ts";
import { Notice } from "./notice.tsx";

interface Props {
  readonly node: string;
  /** Where the page is not the device's own. */
  readonly name?: string;
  /** Asked anew when this changes, and each minute. */
  readonly changed: string;
}

/** That a person's hand is on the device, until when, and the way to let rules have it again. Nothing where there is none. */
export function HoldLine({ node, name, changed }: Props) {
  const [holds, setHolds] = useState<HoldList["holds"]>([]);
  const [problem, setProblem] = useState("");
  const path = `/nodes/${encodeURIComponent(node)}/holds`;
  const minute = Math.floor(now.value / 60_000);
  useEffect(() => {
    get<HoldList>(path).then(
      (answer) => setHolds(answer.holds),
      () => undefined,
    );
  }, [path, minute, changed]);
  const end = async () => {
    try {
      await del(path);
      setHolds([]);
      announcement.value = "Rules and plans have it again";
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  const last = [...holds].sort((a, b) => b.until - a.until)[0];
  if (!last) return null;
  const until = clockAt(last.until, settings.value?.timeZone);
  return (
    <section class="card row spread" aria-label="Set by hand">
      <span>
        {name === undefined ? "" : `${name}: `}
        {last.by} set {holds.map((h) => h.what.toLowerCase()).join(" and ")} by hand. Rules and plans leave it alone
        until {until}.
      </span>
      <button type="button" onClick={() => void end()}>
        Let them have it again
      </button>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </section>
  );
}
