import { type Item, keyOf, textOf } from "./item.ts";

/** Blueprints of Home Assistant that were opened together with what is made from them. */
export interface Blueprint {
  /** The file's name, with as much of its path as is known. */
  readonly name: string;
  readonly root: Item;
}

const MOST_VALUES = 20_000;

export const isBlueprint = (root: Item): boolean => keyOf(root, "blueprint")?.map !== undefined;

/** What an automation or a script is once its blueprint is filled in; undefined where that was not opened. */
export function filledIn(blueprints: readonly Blueprint[], item: Item): Item | undefined {
  const use = keyOf(item, "use_blueprint");
  const path = textOf(keyOf(use, "path"));
  if (!use || path === undefined) return undefined;
  const fits = (name: string, parts: readonly string[]) => `/${name}`.endsWith(`/${parts.join("/")}`);
  const parts = path.split("/");
  // A file that was opened by itself has lost its folder.
  const found =
    blueprints.find(({ name }) => fits(name, parts)) ?? blueprints.find(({ name }) => fits(name, parts.slice(-1)));
  if (!found) return undefined;
  const defaults = defaultsOf(keyOf(keyOf(found.root, "blueprint"), "input"));
  const inputs = new Map([...defaults, ...(keyOf(use, "input")?.map ?? [])]);
  const budget = { left: MOST_VALUES };
  const own = [...(found.root.map ?? [])].filter(([key]) => key !== "blueprint");
  const made = own.map(([key, one]): [string, Item] => [key, withInputs(one, inputs, use.line, budget)]);
  const rest = [...(item.map ?? [])].filter(([key]) => key !== "use_blueprint");
  return budget.left < 0 ? undefined : { line: item.line, map: new Map([...made, ...rest]) };
}

/** What an input is where nobody says; inputs may stand together in sections. */
function defaultsOf(input: Item | undefined): readonly (readonly [string, Item])[] {
  return [...(input?.map ?? [])].flatMap(([name, one]) => {
    const section = keyOf(one, "input");
    if (section?.map) return defaultsOf(section);
    const usual = keyOf(one, "default");
    return usual ? [[name, usual] as const] : [];
  });
}

/** All of it stands on the line of the file that uses it: of the blueprint's own lines nobody sees the file. */
function withInputs(item: Item, inputs: ReadonlyMap<string, Item>, line: number, budget: { left: number }): Item {
  if (budget.left-- <= 0) return { line, scalar: null };
  const found = item.tag?.startsWith("!input ") ? inputs.get(item.tag.slice("!input ".length).trim()) : undefined;
  if (found) budget.left -= sizeOf(found);
  if (found) return found;
  if (item.list) return { line, list: item.list.flatMap((one) => inList(withInputs(one, inputs, line, budget), one)) };
  if (!item.map) return { ...item, line };
  return { line, map: new Map([...item.map].map(([key, one]) => [key, withInputs(one, inputs, line, budget)])) };
}

const sizeOf = (item: Item): number =>
  [...(item.list ?? []), ...(item.map?.values() ?? [])].reduce((sum, one) => sum + sizeOf(one), 1);

/** Steps that are filled in among others stand among them. */
const inList = (made: Item, given: Item): readonly Item[] => (given.tag && made.list ? made.list : [made]);
