import type { Trigger } from "../../../model/rule/trigger.ts";
import type { Desk } from "../desk.ts";
import { treeOf } from "./compile.ts";
import { fact, presenceTree, valueTrees } from "./facts.ts";
import { oneOf } from "./range.ts";
import type { Tree } from "./solve.ts";
import { DAY, entryThing, MINUTE, MODE, triggerThing } from "./things.ts";
import { momentsOf } from "./week.ts";

/** What is so in the home at the moment at which a trigger comes. */
export function triggerTree(t: Trigger, desk: Desk, scope: string): Tree {
  const name: Tree = { thing: triggerThing(scope), within: t.id === undefined ? oneOf(false) : oneOf(t.id) };
  return { all: [name, momentTree(t, desk, scope)] };
}

function momentTree(t: Trigger, desk: Desk, scope: string): Tree {
  switch (t.kind) {
    case "becomes":
      return t.to === undefined ? true : any(valueTrees(desk, t.target, t.of, "=", t.to, true));
    case "event":
      return any(valueTrees(desk, t.target, t.of, "=", t.is, true));
    case "crosses":
      return any([
        ...(t.above === undefined ? [] : valueTrees(desk, t.target, t.of, ">", t.above, true)),
        ...(t.below === undefined ? [] : valueTrees(desk, t.target, t.of, "<", t.below, true)),
      ]);
    case "holds":
      return treeOf(t.condition, true, desk, scope);
    case "presence":
      return presenceTree(t.who, t.does === "comes", desk);
    case "mode":
      return fact(MODE, oneOf(...t.to), true);
    case "started":
      return true;
    case "calendar":
      return t.offsetMinutes || t.late === "catchUp"
        ? true
        : fact(entryThing(t.entry), oneOf(true), t.edge === "begins");
    default: {
      const { minutes, days } = momentsOf(t, desk.place);
      return { all: [minutes ? fact(MINUTE, minutes, true) : true, days ? fact(DAY, days, true) : true] };
    }
  }
}

/** Nothing is claimed of devices that are not there. */
const any = (parts: readonly Tree[]): Tree => (parts.length === 0 ? true : { any: parts });
