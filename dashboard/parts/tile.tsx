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

/** Relays or setpoints of one device that a tile still holds; its own page has them all. */
const MOST_BELOW = 4;

/** One device of a room: what it is, what matters most of it, and its quick controls. */
export function Tile({ node, href, now, known, wanted, act }: TileProps) {
  const main = mainOf(node, known);
  const told = main ? known(main.attribute.key) : undefined;
  const controls = controlsOf(node);
  const switches = controls.filter((c) => c.kind === "switch");
  // One switch is the device's own; several stand below, each with its name.
  const top = switches.length === 1 ? switches[0] : undefined;
  const below = controls.filter((c) => c !== top).slice(0, Math.max(2, Math.min(MOST_BELOW, switches.length)));
  const isOn = switches.some((s) => heldIn(known(s.attribute.key)) === s.onValue);
  const gone = node.reachable === false;
  const dim = gone || (told !== undefined && told.status !== "known");
  const shared = { node: node.id, known, wanted, act };
  return (
    <li class={`tile ${isOn && !dim ? "glow" : ""} ${dim ? "dim" : ""}`} data-node={node.id}>
      <div class="tile-top">
        <span class="tile-icon">
          <Icon name={iconOf(node)} />
        </span>
        {top ? <QuickControl control={top} name={node.name} {...shared} /> : null}
      </div>
      <h3 class="tile-name">
        <a href={href}>{node.name}</a>
      </h3>
      <p class="tile-value">
        {main && told ? toldWords(main, told) : makersOwn(node)}
        {secondOf(node, main, known).map((t) => (
          <span class="quiet" key={t.attribute.key}>
            {" · "}
            {toldWords(t, known(t.attribute.key))}
          </span>
        ))}
      </p>
      {doubt(node, told, now)}
      {below.map((c) => {
        const key = `${c.endpoint}/${c.attribute?.key ?? c.kind}`;
        if (c.kind !== "switch") return <QuickControl key={key} control={c} name={node.name} {...shared} />;
        const label = partName(node, c.endpoint);
        return (
          <div key={key} class="tile-part">
            <span>{label}</span>
            <QuickControl control={c} name={`${node.name}, ${label}`} {...shared} />
          </div>
        );
      })}
      {capabilitiesOf(controls).map((t) => (
        <WantedNote key={`${t.endpoint}/${t.capability}`} wanted={wanted({ node: node.id, ...t })} />
      ))}
    </li>
  );
}

/** What a device says that has nothing but its maker's own values. */
function makersOwn(node: NodeView): string {
  const count = node.endpoints.reduce((sum, e) => sum + e.attributes.length, 0);
  if (count === 0) return "tells nothing yet";
  return count === 1 ? "one value of its maker's own" : `${count} values of its maker's own`;
}

/** An endpoint's name without the device's own, which stands above it. */
function partName(node: NodeView, endpoint: number): string {
  const label = node.endpoints.find((e) => e.number === endpoint)?.label ?? "";
  const rest = label.startsWith(node.name) ? label.slice(node.name.length).trim() : label;
  return rest === "" ? `Switch ${endpoint}` : rest;
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
