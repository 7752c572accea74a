import { useState } from "preact/hooks";
import type { ProposalView } from "../../hub/http/schemas.ts";

interface Props {
  readonly proposal: ProposalView;
  readonly onSay: (verb: "accept" | "reject") => Promise<void>;
}

type Side = ProposalView["keep"];

export const roadWords = ({ adapter, dialect }: Pick<Side, "adapter" | "dialect">): string =>
  adapter === "matter" ? "Matter" : adapter === "house" ? "the hub itself" : `MQTT, ${dialect}`;

const maker = ({ vendor, model }: Side): string => [vendor, model].filter(Boolean).join(" ");

/** Two devices that may be one: what speaks for it, and what a yes would do. */
export function SameDevice({ proposal: { keep, other, evidence }, onSay }: Props) {
  const [busy, setBusy] = useState(false);
  const say = async (verb: "accept" | "reject") => {
    setBusy(true);
    await onSay(verb);
    setBusy(false);
  };
  return (
    <li class="card stack finding" data-proposal={`${keep.node} ${other.node}`}>
      <div class="finding-head">
        <h3>
          {keep.name} and {other.name} may be one device
        </h3>
        <span class="pill pill-warn">not sure</span>
      </div>
      <dl class="finding-facts small-text">
        {[keep, other].map((side) => (
          <div key={side.node}>
            <dt class="quiet">{roadWords(side)}</dt>
            <dd>{[side.name, side.room, maker(side)].filter(Boolean).join(" · ")}</dd>
          </div>
        ))}
      </dl>
      <ul class="small-text">
        {evidence.map((e) => (
          <li key={e.kind}>{e.words}</li>
        ))}
      </ul>
      <p class="quiet small-text">
        As one, it is {keep.name}: the name, the room, the history and every rule stay, and it is counted once. You can
        part them again at any time.
      </p>
      <div class="row">
        <button type="button" class="small primary" disabled={busy} onClick={() => void say("accept")}>
          It is one device
        </button>
        <button type="button" class="small" disabled={busy} onClick={() => void say("reject")}>
          They are two
        </button>
      </div>
    </li>
  );
}
