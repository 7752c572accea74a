import { linkTo } from "../router.ts";
import { FindingCards, useFindings } from "./finding-list.tsx";

/** More than these would push the device itself out of sight; the inbox has them all. */
const SHOWN = 3;

/** What is wrong with one device, new or accepted. Nothing where nothing is. */
export function NodeFindings({ node }: { readonly node: string }) {
  const { findings } = useFindings(`node=${encodeURIComponent(node)}`);
  const open = findings?.filter((f) => f.state === "new" || f.state === "accepted") ?? [];
  if (open.length === 0) return null;
  return (
    <section class="stack" aria-label="Findings of this device">
      <div class="row spread">
        <h2>{open.length === 1 ? "One thing is wrong" : `${open.length} things are wrong`}</h2>
        <a href={linkTo("settings", "findings")}>All findings</a>
      </div>
      <FindingCards findings={open.slice(0, SHOWN)} />
      {open.length > SHOWN ? <p class="quiet">And {open.length - SHOWN} more.</p> : null}
    </section>
  );
}
