import type { Known, NodeView } from "../../hub/http/schemas.ts";
import { age } from "../words/format.ts";
import { roadWords } from "./same-device.tsx";

interface Props {
  readonly node: NodeView;
  readonly now: number;
  readonly known: (key: string) => Known;
}

const PRESENCE: Readonly<Record<NodeView["presence"], readonly [words: string, tone: string]>> = {
  here: ["here", "pill-good"],
  asleep: ["asleep", ""],
  silent: ["silent for too long", "pill-warn"],
  lost: ["does not answer", "pill-bad"],
  unheard: ["not heard yet", ""],
};

/** How a device is doing, in one line: whether it is there, when it was last heard, and by which way. */
export function LifeLine({ node, now, known }: Props) {
  const [words, tone] = PRESENCE[node.presence];
  const heard = heardAt(node, known);
  const way = node.adapter === "house" ? "kept by the hub itself" : `over ${roadWords(node)}`;
  return (
    <p class="life" data-presence={node.presence}>
      <span class={`pill ${tone}`}>{words}</span>
      <span class="quiet small-text">
        {heard === undefined ? "" : `last heard ${age(heard, now)} `}
        {way}
      </span>
    </p>
  );
}

/** Values come live; the device itself is read again only when something of it changes. */
function heardAt(node: NodeView, known: Props["known"]): number | undefined {
  const times = node.endpoints.flatMap((e) =>
    e.attributes.flatMap((a) => {
      const told = known(a.key);
      return told.status === "known" ? [told.at] : [];
    }),
  );
  const latest = Math.max(node.heardAt ?? 0, ...times);
  return latest > 0 ? latest : undefined;
}
