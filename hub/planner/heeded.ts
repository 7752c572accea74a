/** What people have shown to want, heeded where single plans are proposed and where finds are told. */
import type { Find } from "../model/find.ts";
import type { Goal } from "../model/goal/index.ts";
import type { NodeId } from "../model/path.ts";
import type { Preference, Preferred } from "../model/preference.ts";
import type { Option } from "./greedy.ts";

/** What still stands of what was kept. */
export const wanted = (preferences: readonly Preference[]): readonly Preferred[] =>
  preferences.flatMap(({ what, takenBackAt }) => (takenBackAt === undefined ? [what] : []));

const leftAlone = (node: NodeId, all: readonly Preferred[]): boolean =>
  all.some((p) => p.kind === "leaveAlone" && p.node === node);

/** A person refused this measure on this device before. */
export const refusedBefore = ({ strategy, node }: Option, all: readonly Preferred[]): boolean =>
  all.some((p) => p.kind === "notThisMeasure" && p.node === node && p.measure === strategy.name);

/** The options without devices that are to be left alone and that no goal names; what was refused before comes last. */
export function heeding(options: readonly Option[], goals: readonly Goal[], all: readonly Preferred[]): Option[] {
  const isNamed = (node: NodeId) => goals.some((goal) => "node" in goal && goal.node === node);
  const left = options.filter(({ node }) => !leftAlone(node, all) || isNamed(node));
  return refusedLast(left, all);
}

/** The same, in the order given but for what was refused before. */
export const refusedLast = (options: readonly Option[], all: readonly Preferred[]): Option[] => [
  ...options.filter((o) => !refusedBefore(o, all)),
  ...options.filter((o) => refusedBefore(o, all)),
];

/** Why a person is unlikely to want what a find offers; undefined where nothing says so. Advice is no plan. */
function unwanted({ node, offer }: Find, all: readonly Preferred[]): string | undefined {
  if (node === undefined || offer.kind !== "goals") return undefined;
  if (leftAlone(node, all)) return "You want this device to be left alone, so it stands last.";
  const refused = all.some(
    (p) =>
      (p.kind === "notThisMeasure" && p.node === node) ||
      (p.kind === "notThis" && p.nodes.length > 0 && p.nodes.every((n) => n === node)),
  );
  return refused ? "You refused a plan for this device before, so it stands last." : undefined;
}

/** Finds in their order, but what people have shown not to want last, and said so. */
export function findsHeeded(finds: readonly Find[], all: readonly Preferred[]): readonly Find[] {
  const marked = finds.map((find) => {
    const aside = unwanted(find, all);
    return aside === undefined ? find : { ...find, aside };
  });
  return [...marked.filter((f) => f.aside === undefined), ...marked.filter((f) => f.aside !== undefined)];
}
