import { knownIn, type Scope } from "./known.ts";
import { isTrue, type Known, NOTHING, Said, wordOf } from "./known-words.ts";
import { bodyOf, isBlank, isNode, type Node } from "./parse.ts";

/** What a whole template comes to whenever it is worked out; undefined where that depends on the home. */
export function renderedIn(scope: Scope, text: string): Known | undefined {
  const body = bodyOf(text);
  const parts = body && partsOf(scope, body);
  if (!parts) return undefined;
  const said = parts.filter((part) => typeof part !== "string" || part.trim() !== "");
  if (said.length === 1 && said[0] !== NOTHING) return native(said[0] ?? "");
  if (said.length < 2) return parts.length > said.length ? "" : undefined;
  const words = parts.map((part) => (part === NOTHING ? "" : wordOf(part)));
  if (!words.every((word) => word !== undefined)) return undefined;
  const whole = words.join("");
  return parts.some((part) => part instanceof Said) ? new Said(whole.trim()) : native(whole);
}

function partsOf(given: Scope, body: readonly Node[]): readonly Known[] | undefined {
  let scope = given;
  const parts: Known[] = [];
  for (const node of body) {
    if (node.type === "Set") {
      if (node.assignee?.type !== "Identifier" || !isNode(node.value)) return undefined;
      const worth = knownIn(scope, node.value);
      if (typeof worth !== "string" && typeof worth !== "number" && typeof worth !== "boolean") return undefined;
      scope = { ...scope, names: new Map(scope.names).set(String(node.assignee.value), literal(worth)) };
      continue;
    }
    const some = node.type === "If" ? branchOf(scope, node) : ownOf(scope, node);
    if (!some) return undefined;
    parts.push(...some);
  }
  return parts;
}

function branchOf(scope: Scope, node: Node): readonly Known[] | undefined {
  const test = knownIn(scope, node.test);
  const is = test === undefined ? undefined : isTrue(test);
  return is === undefined ? undefined : partsOf(scope, (is ? node.body : node.alternate) ?? []);
}

function ownOf(scope: Scope, node: Node): readonly Known[] | undefined {
  if (isBlank(node)) return node.type === "Comment" ? [] : [String(node.value)];
  const known = knownIn(scope, node);
  return known === undefined ? undefined : [known];
}

const literal = (value: string | number | boolean): Node =>
  typeof value === "string"
    ? { type: "StringLiteral", value }
    : typeof value === "number"
      ? { type: "FloatLiteral", value }
      : { type: "Identifier", value: String(value) };

/** A text that looks like a number, or like yes or no, is one: as Home Assistant takes what a template comes to. */
function native(value: Known): Known {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return Number(text);
  return /^(True|False)$/.test(text) ? text === "True" : text;
}
