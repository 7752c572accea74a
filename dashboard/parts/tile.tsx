import type { Known, NodeView } from "../../hub/http/schemas.ts";
import { type Control, controlsOf } from "../words/controls.ts";
import { age } from "../words/format.ts";
import { iconOf, mainOf, secondOf, toldWords } from "../words/values.ts";
import { type ControlProps, QuickControl } from "./controls.tsx";
import { Icon } from "./icon.tsx";
import { WantedNote } from "./wanted-note.tsx";

interface TileProps extends Pick<ControlProps, "known" | "wanted" | "act"> {
  readonly node: NodeView;
  readonly href: string;
  readonly now: number;
}

/** One device of a room: what it is, what matters most of it, and its quick controls. */
export function Tile({ node, href, now, known, wanted, act }: TileProps) {
  const main = mainOf(node);
  const told = main ? known(main.attribute.key) : undefined;
  const controls = controlsOf(node);
  const top = controls.find((c) => c.kind === "switch");
  const below = controls.filter((c) => c !== top).slice(0, 2);
  const isOn = top !== undefined && heldIn(known(top.attribute.key)) === top.onValue;
  const gone = node.reachable === false;
  const dim = gone || (told !== undefined && told.status !== "known");
  const shared = { node: node.id, name: node.name, known, wanted, act };
  return (
    <li class={`tile ${isOn && !dim ? "glow" : ""} ${dim ? "dim" : ""}`} data-node={node.id}>
      <div class="tile-top">
        <span class="tile-icon">
          <Icon name={iconOf(node)} />
        </span>
        {top ? <QuickControl control={top} {...shared} /> : null}
      </div>
      <h3 class="tile-name">
        <a href={href}>{node.name}</a>
      </h3>
      <p class="tile-value">
        {main && told ? toldWords(main, told) : "tells nothing yet"}
        {secondOf(node, main).map((t) => (
          <span class="quiet" key={t.attribute.key}>
            {" · "}
            {toldWords(t, known(t.attribute.key))}
          </span>
        ))}
      </p>
      {doubt(node, told, now)}
      {below.map((c) => (
        <QuickControl key={`${c.endpoint}/${c.attribute?.key ?? c.kind}`} control={c} {...shared} />
      ))}
      {capabilitiesOf(controls).map((t) => (
        <WantedNote key={`${t.endpoint}/${t.capability}`} wanted={wanted({ node: node.id, ...t })} />
      ))}
    </li>
  );
}

/** Each capability once: two setpoints of a thermostat share one outcome. */
function capabilitiesOf(controls: readonly Control[]) {
  const seen = new Map(controls.map((c) => [`${c.endpoint}/${c.capability}`, c]));
  return [...seen.values()].map(({ endpoint, capability }) => ({ endpoint, capability }));
}

const heldIn = (known: Known) => (known.status === "unknown" ? undefined : known.value);

/** Why the value shown is not to be trusted, and how old it is. */
function doubt(node: NodeView, told: Known | undefined, now: number) {
  if (told?.status === "stale")
    return (
      <p class="doubt">
        {told.reason}; last heard {age(told.at, now)}
      </p>
    );
  if (node.reachable === false) return <p class="doubt">does not answer</p>;
  if (told?.status === "unknown") return <p class="doubt">{told.reason}</p>;
  return null;
}
