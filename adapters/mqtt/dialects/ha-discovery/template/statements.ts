/** Turns the parser's statements into functions that write to an output. */
import { expression, filterOf } from "./expressions.ts";
import { type Eval, type Frame, Output } from "./frame.ts";
import type { Node } from "./node.ts";
import { entries, isDict, isList, Namespace, TemplateError, text, truth } from "./python.ts";

/** How a statement ended. */
type Ending = "break" | "continue" | undefined;
type Exec = (frame: Frame, out: Output) => Ending;

/** The items of what a loop goes over: list, keys of a dictionary, letters of a text. */
function itemsOf(value: unknown): readonly unknown[] {
  if (isList(value)) return value;
  if (isDict(value)) return entries(value).map(([key]) => key);
  if (typeof value === "string") return [...value];
  throw new TemplateError("loops over what is no list");
}

function assign(frame: Frame, target: Node | undefined, value: unknown): void {
  if (target?.type === "Identifier") frame.set(String(target.value), value);
  else if (target?.type === "TupleLiteral" && isList(target.value)) {
    const parts = isList(value) ? value : [];
    (target.value as readonly Node[]).forEach((part, i) => {
      assign(frame, part, parts[i]);
    });
  } else if (target?.type === "MemberExpression" && target.object && target.property) {
    const object = expression(target.object)(frame);
    if (!(object instanceof Namespace)) throw new TemplateError("sets a field of what is no namespace");
    object.values.set(String(target.property.value), value);
  } else throw new TemplateError("sets what cannot be set");
}

function loopInfo(index: number, items: readonly unknown[]): Map<unknown, unknown> {
  const { length } = items;
  return new Map<unknown, unknown>([
    ["index", index + 1],
    ["index0", index],
    ["first", index === 0],
    ["last", index === length - 1],
    ["length", length],
    ["revindex", length - index],
    ["revindex0", length - index - 1],
    ["previtem", items[index - 1]],
    ["nextitem", items[index + 1]],
  ]);
}

function forLoop(node: Node): Exec {
  const filtered = node.iterable?.type === "SelectExpression";
  const source = expression(filtered ? node.iterable?.lhs : node.iterable);
  const test: Eval | undefined = filtered ? expression(node.iterable?.test) : undefined;
  const [body, otherwise] = [block(node.body), block(node.defaultBlock)];
  return (frame, out) => {
    const keep = (value: unknown): boolean => {
      frame.run.spend(1);
      if (!test) return true;
      const trial = frame.inner();
      assign(trial, node.loopvar, value);
      return truth(test(trial));
    };
    const list = source(frame);
    frame.run.through(list);
    const items = itemsOf(list).filter(keep);
    if (items.length === 0) return otherwise(frame, out);
    for (const [index, value] of items.entries()) {
      frame.run.spend(6);
      const inner = frame.inner();
      assign(inner, node.loopvar, value);
      inner.set("loop", loopInfo(index, items));
      if (body(inner, out) === "break") break;
    }
    return undefined;
  };
}

function setStatement(node: Node): Exec {
  const value = node.value ? expression(node.value as Node) : undefined;
  const body = block(node.body);
  return (frame) => {
    frame.run.spend(1);
    if (value) assign(frame, node.assignee, value(frame));
    else {
      const inner = new Output();
      body(frame, inner);
      assign(frame, node.assignee, inner.text());
    }
    return undefined;
  };
}

function statement(node: Node): Exec {
  switch (node.type) {
    case "If": {
      const [test, yes, no] = [expression(node.test), block(node.body), block(node.alternate)];
      return (f, out) => (truth(test(f)) ? yes(f, out) : no(f, out));
    }
    case "For":
      return forLoop(node);
    case "Set":
      return setStatement(node);
    case "Break":
      return () => "break";
    case "Continue":
      return () => "continue";
    case "Comment":
      return () => undefined;
    case "FilterStatement": {
      const [body, filter] = [block(node.body), filterOf(node.filter)];
      return (f, out) => {
        const inner = new Output();
        const ending = body(f, inner);
        out.write(text(filter(f, inner.text())));
        return ending;
      };
    }
    case "Macro":
    case "CallStatement":
      // A macro could call itself without end, and no publisher uses one in a value template.
      throw new TemplateError("uses a macro, which there is not");
    default: {
      const value = expression(node);
      return (f, out) => {
        f.run.spend(1);
        out.write(text(value(f)));
        return undefined;
      };
    }
  }
}

/** The statements of a body, one after the other. */
export function block(nodes: readonly Node[] = []): Exec {
  const parts = nodes.map(statement);
  return (frame, out) => {
    for (const part of parts) {
      const ending = part(frame, out);
      if (ending) return ending;
    }
    return undefined;
  };
}
