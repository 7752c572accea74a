import { useEffect, useState } from "preact/hooks";
import type { Repair, RepairChange, RepairList } from "../../hub/http/schemas.ts";
import { announcement } from "../acting.ts";
import { get, inWords, post } from "../api.ts";
import { Notice } from "../parts/notice.tsx";
import { RepairCard } from "../parts/repair-card.tsx";
import { settings } from "../store.ts";

const SHOWN = 5;

/** What was wrong with the numbers of a device's meters, or of all in the house, and what they are taken for. Nothing where nothing was. */
export function Repairs({ node }: { readonly node?: string }) {
  const [repairs, setRepairs] = useState<readonly Repair[]>([]);
  const [shown, setShown] = useState(SHOWN);
  const [problem, setProblem] = useState("");
  const read = () =>
    get<RepairList>(node === undefined ? "/energy/repairs" : `/energy/repairs?${new URLSearchParams({ node })}`).then(
      (list) => setRepairs(list.repairs),
      (error: unknown) => setProblem(inWords(error)),
    );
  useEffect(() => void read(), [node]);
  const change = async (repair: Repair, wanted: RepairChange) => {
    setProblem("");
    try {
      await post(`/energy/repairs/${repair.id}`, wanted);
      announcement.value = { undo: "undone", redo: "repaired again", adjust: "adjusted" }[wanted.kind];
      await read();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  if (repairs.length === 0 && !problem) return null;
  return (
    <section class="card stack" aria-label="Repaired meter readings">
      <h2>Repaired meter readings</h2>
      <p class="quiet small-text">
        What the device told is kept as it was. These readings are left out of energy and money, or taken for what
        stands here.
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <ul class="stack plain-list">
        {repairs.slice(0, shown).map((repair) => (
          <RepairCard
            key={repair.id}
            repair={repair}
            timeZone={settings.value?.timeZone}
            named={node === undefined}
            onChange={(wanted) => change(repair, wanted)}
          />
        ))}
      </ul>
      {repairs.length > shown ? (
        <button type="button" class="plain" onClick={() => setShown(repairs.length)}>
          {`Show all ${repairs.length}`}
        </button>
      ) : null}
    </section>
  );
}
