import { useEffect, useState } from "preact/hooks";
import type { MatterUpdateList } from "../../../hub/http/schemas.ts";
import { get, inWords } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { linkTo } from "../../router.ts";
import { nodes } from "../../store.ts";
import { nameOf } from "../../words/goal.ts";

/** For which Matter devices there is an update, and where updates come from. */
export function Updates() {
  const [list, setList] = useState<MatterUpdateList>();
  const [problem, setProblem] = useState("");
  const read = () => get<MatterUpdateList>("/matter/updates").then(setList, (e: unknown) => setProblem(inWords(e)));
  useEffect(() => {
    void read();
  }, []);
  return (
    <section class="card stack" aria-label="Updates of devices">
      <h2>Updates of Matter devices</h2>
      <p class="quiet">Nothing is put on a device unless you say so on its own page.</p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {list?.devices.length === 0 ? <Notice tone="good">No update is known for any device.</Notice> : null}
      <ul class="stack">
        {list?.devices.map(({ node, words, offer, run }) => (
          <li key={node} class="row spread">
            <a href={linkTo("node", node)}>{nameOf(nodes.value ?? [], node)}</a>
            <span>
              {words}
              {offer ? (
                <>
                  {" → "}
                  <strong>{offer.words}</strong>
                </>
              ) : null}{" "}
              {run?.state === "running" ? <span class="pill pill-warn">under way</span> : null}
            </span>
          </li>
        ))}
      </ul>
      {list?.badFiles.map(({ file, why }) => (
        <Notice key={file} tone="warn">
          The file {file} {why}. Take it away, or put the right one in its place.
        </Notice>
      ))}
      {list?.folder ? (
        <p class="quiet small-text">
          Update files (.ota) are read from <code>{list.folder}</code> once a minute. Makers' own updates are looked up
          too when the public ledger may be asked: that is set at <a href="#/settings/pairing">Pair a device</a>.
        </p>
      ) : null}
    </section>
  );
}
