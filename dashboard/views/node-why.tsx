import { useEffect, useState } from "preact/hooks";
import type { NodeView, Why, WhyReason } from "../../hub/http/schemas.ts";
import { announcement } from "../acting.ts";
import { get } from "../api.ts";
import { knownOf, now } from "../store.ts";

const DAY_MS = 24 * 3_600_000;
const AGAIN_MS = 60_000;
const SHOWN = 5;
const MISSES = 3;

/** How it stands, but for figures, which move all the time: when this changes there is something else to say. */
const standing = ({ endpoints }: NodeView): string =>
  endpoints
    .flatMap((e) => e.attributes)
    .filter((a) => a.type !== "number")
    .map(({ key }) => {
      const known = knownOf(key);
      return known.status === "unknown" ? "" : String(known.value);
    })
    .join(" ");

/** Why a device is as it is: what keeps it so, what was asked of it last, and what nearly came. Nothing where nobody asks it anything. */
export function NodeWhy({ node }: { readonly node: NodeView }) {
  const [why, setWhy] = useState<Why | undefined>(undefined);
  const minute = Math.floor(now.value / AGAIN_MS);
  // What came of a command is told here as well.
  const told = announcement.value;
  const so = standing(node);
  useEffect(() => {
    const at = Date.now();
    get<Why>(`/nodes/${encodeURIComponent(node.id)}/why?${new URLSearchParams({ from: String(at - DAY_MS) })}`).then(
      setWhy,
      () => undefined,
    );
  }, [node.id, minute, told, so]);
  if (!why || (why.did.length === 0 && why.keeps.length === 0 && why.not.length === 0)) return null;
  const did = why.did.slice(0, SHOWN);
  const near = why.not.flatMap((n) => n.reasons).filter((r) => r.at !== undefined && r.trace !== undefined);
  const telling = why.not.flatMap((n) => n.reasons.slice(0, 1)).filter((r) => !near.includes(r));
  return (
    <section class="card stack why" aria-label="Why">
      <div class="row spread">
        <h2>Why</h2>
        <a href={`#/traces?node=${encodeURIComponent(node.id)}`}>All that rules did here</a>
      </div>
      <p>{why.why}</p>
      <details>
        <summary>What keeps it so, what came, and what nearly came</summary>
        <div class="stack">
          <Reasons title="What keeps it so" reasons={why.keeps} />
          <Reasons title="Of the last day" reasons={did} />
          <Reasons title="What nearly came" reasons={near.slice(0, MISSES)} />
          <Reasons title="What could have come" reasons={telling.slice(0, MISSES)} />
        </div>
      </details>
    </section>
  );
}

function Reasons({ title, reasons }: { readonly title: string; readonly reasons: readonly WhyReason[] }) {
  if (reasons.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul class="why-list">
        {reasons.map((r) => (
          <li key={`${r.kind} ${r.rule} ${r.at} ${r.text}`}>
            {r.text}{" "}
            {r.rule && r.trace ? (
              <a
                class="small-text"
                href={`#/traces?rule=${encodeURIComponent(r.rule)}`}
                aria-label={`More about: ${r.text}`}
              >
                more
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
