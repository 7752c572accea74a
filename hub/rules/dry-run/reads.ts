/** What a rule looks at and what it writes, as text paths. */
import type { Home } from "../../model/home.ts";
import { pathKey } from "../../model/path.ts";
import type { RuleDraft } from "../../model/rule/rule.ts";
import { partsOf } from "../check/walk.ts";
import type { Picture, Spot } from "../picture.ts";

type Select = NonNullable<Picture["select"]>;

export interface Reads {
  /** Text paths that it looks at. */
  readonly keys: ReadonlySet<string>;
  /** Of those, the ones of events: two alike are two. */
  readonly events: ReadonlySet<string>;
  /** Endpoints that it commands, each with the capability. */
  readonly writes: readonly (Spot & { readonly capability: string })[];
  /** All attributes of what it commands. */
  readonly written: ReadonlySet<string>;
  readonly surplus: boolean;
  readonly mode: boolean;
  readonly presence: boolean;
  /** Scenes that it sets and rules that it starts, by id. */
  readonly scenes: readonly string[];
  readonly rules: readonly string[];
  readonly restarts: boolean;
}

/** Takes a rule apart on the devices of now. */
export function readsOf(draft: RuleDraft, home: Home, select: Select): Reads {
  const parts = partsOf(draft);
  const keys = new Set<string>();
  const events = new Set<string>();
  const add = (target: Parameters<Select>[0], of: string, into: Set<string>) => {
    const [capability = "", attribute = ""] = of.split(/\.(.*)/s);
    for (const spot of select(target, capability)) into.add(pathKey({ ...spot, capability, attribute }));
  };
  for (const { it } of parts.conditions) {
    if (it.kind === "compare") keys.add(it.path);
    if (it.kind === "state") add(it.target, it.of, keys);
  }
  for (const { it } of parts.formulas) if (typeof it === "object" && "read" in it) add(it.target, it.read, keys);
  for (const { it } of parts.triggers) {
    if (it.kind === "becomes" || it.kind === "crosses" || it.kind === "event") add(it.target, it.of, keys);
    if (it.kind === "event") add(it.target, it.of, events);
  }
  const writes = parts.commands.flatMap(({ it }) =>
    select(it.target, it.capability).map((spot) => ({ ...spot, capability: it.capability })),
  );
  const steps = parts.steps.map(({ it }) => it);
  const formulas = parts.formulas.map(({ it }) => it);
  const conditions = parts.conditions.map(({ it }) => it);
  const triggers = parts.triggers.map(({ it }) => it);
  return {
    ...{ keys, events, writes, written: attributesOf(home, writes) },
    surplus:
      conditions.some((c) => c.kind === "surplusAbove") ||
      formulas.some((e) => typeof e === "object" && "now" in e && e.now === "surplus"),
    mode: conditions.some((c) => c.kind === "mode") || triggers.some((t) => t.kind === "mode"),
    presence: conditions.some((c) => c.kind === "presence") || triggers.some((t) => t.kind === "presence"),
    scenes: steps.flatMap((s) => (s.kind === "scene" ? [s.scene] : [])),
    rules: steps.flatMap((s) => (s.kind === "rule" ? [s.rule] : [])),
    restarts: triggers.some((t) => t.kind === "started"),
  };
}

/** All attributes of what is commanded: what a command wants may be said of any of them. */
export function attributesOf(home: Home, writes: Reads["writes"]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { node, endpoint, capability } of writes) {
    const own = home.nodes.get(node)?.description.endpoints.find((e) => e.number === endpoint);
    for (const attribute of Object.keys(own?.capabilities[capability]?.attributes ?? {}))
      found.add(pathKey({ node, endpoint, capability, attribute }));
  }
  return found;
}
