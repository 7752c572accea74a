/** A message with buttons, the wait for one of them, and the choice by which it was: one question here. */
import type { Step } from "../../../../model/rule/step.ts";
import { ANSWERED, type Offer } from "../answers.ts";
import { type Desk, LINK, miss, note, onlyKnows } from "../desk.ts";
import { filled } from "../given.ts";
import { type Item, keyOf, listOf, switchOf, textOf } from "../item.ts";
import { secondsOf } from "../times.ts";
import { messageOf, tells } from "./notify.ts";

const DATA = ["data", "service_data", "data_template"];
const DAY_S = 86_400;
const MAX_ANSWERS = 4;

/** How many items of a sequence a question takes up, and what it is here. */
export interface Asked {
  readonly taken: number;
  readonly make: () => readonly Step[] | undefined;
}

type Sequence = (items: readonly Item[]) => readonly Step[];

interface Button {
  /** What the file calls it; a template by its words. */
  readonly id: string;
  readonly title: string;
}

/**
 * The question that begins at a place of a sequence; undefined where there is none, and the steps are read one by one. Whoever is told the
 * same with the same buttons is asked by the one question.
 */
export function questionAt(desk: Desk, items: readonly Item[], at: number, sequence: Sequence): Asked | undefined {
  const told: Item[] = [];
  for (const one of items.slice(at)) {
    if (buttonsOf(desk, one).length === 0) break;
    told.push(one);
  }
  const [first] = told;
  const wait = items[at + told.length];
  const waited = first && wait && waitedFor(desk, wait);
  if (first && !waited) return followed(desk, first);
  if (!first || !wait || !waited) return undefined;
  const buttons = buttonsOf(desk, first);
  const ids = (list: readonly Button[]) => list.map((b) => b.id).join("\n");
  if (told.some((one) => ids(buttonsOf(desk, one)) !== ids(buttons))) return undefined;
  const rest = items.slice(at + told.length + 1);
  if ([...told, wait, ...rest.slice(0, 1)].some((one) => keyOf(one, "enabled"))) return undefined;
  const branches = branchesIn(desk, rest, waited);
  const taken = told.length + 1 + (branches?.taken ?? 0);
  const make = () => made(desk, { told, first, wait, buttons, waited, branches }, sequence);
  return { taken, make };
}

/** A message whose buttons start other automations of the files. */
function followed(desk: Desk, first: Item): Asked | undefined {
  const offer = desk.library.offers.at.get(first);
  return offer && { taken: offer.messages, make: () => asking(desk, first, offer) };
}

function asking(desk: Desk, first: Item, { messages, buttons }: Offer): readonly Step[] | undefined {
  const message = messageOf(desk, first, toldIn(first));
  if (!message) return undefined;
  if (messages > 1) note(desk, first, "All people of the house are asked at once.");
  note(desk, first, "It can be answered for a day, or until it is asked anew.");
  desk.asksLast = true;
  const answers = buttons.map(({ title, starts }) => ({
    name: title,
    do: starts.map((key): Step => ({ kind: "rule", rule: `${LINK}${key}` })),
  }));
  return [{ kind: "ask", ...message, atMostMinutes: DAY_S / 60, answers }];
}

interface Parts {
  readonly told: readonly Item[];
  readonly first: Item;
  readonly wait: Item;
  readonly buttons: readonly Button[];
  readonly waited: Waited;
  readonly branches: Branches | undefined;
}

function made(desk: Desk, { told, first, wait, buttons, waited, branches }: Parts, sequence: Sequence) {
  onlyKnows(desk, wait, ["wait_for_trigger", "timeout", "continue_on_timeout"]);
  const given = keyOf(wait, "timeout");
  const seconds = given ? secondsOf(given) : DAY_S;
  if (seconds === undefined || seconds <= 0 || seconds > DAY_S)
    return miss(
      desk,
      given ?? wait,
      "How long an answer is waited for is not written in the file, or more than a day.",
    );
  if (!given) note(desk, wait, "An answer is waited for a day at most.");
  if (told.length > 1) note(desk, told[1] ?? first, "All people of the house are asked at once.");
  const offered = buttons.filter(({ id }) => waited.any || waited.ids.has(id));
  const idle = buttons.filter((b) => !offered.includes(b)).map((b) => `"${b.title}"`);
  if (idle.length > 0)
    note(
      desk,
      first,
      `Nothing waits for ${idle.join(", ").slice(0, 100)}: it is not offered, the question ends with its time.`,
    );
  if (
    offered.length === 0 ||
    offered.length > MAX_ANSWERS ||
    new Set(offered.map((b) => b.title)).size < offered.length
  )
    return miss(desk, first, `A question has 1 to ${MAX_ANSWERS} answers, none of them twice.`);
  const message = messageOf(desk, first, toldIn(first));
  if (!message) return undefined;
  // Each way is read once: what it lacks is listed once.
  const ways = new Map<readonly Item[], readonly Step[]>();
  const stepsFor = (items: readonly Item[]): readonly Step[] => {
    const known = ways.get(items) ?? sequence(items);
    ways.set(items, known);
    return known;
  };
  const answers = offered.map(({ id, title }) => ({
    name: title,
    do: branches ? stepsFor(branches.of.get(id) ?? branches.rest) : [],
  }));
  const goesOn = given !== undefined && switchOf(keyOf(wait, "continue_on_timeout")) !== false;
  const none = goesOn ? (branches ? stepsFor(branches.late ?? branches.rest) : []) : STOP;
  const question: Step = {
    ...{ kind: "ask", ...message, atMostMinutes: seconds / 60, answers },
    ...(none.length > 0 ? { otherwise: none } : {}),
  };
  return [question];
}

const STOP: readonly Step[] = [{ kind: "stop", reason: "nobody answered" }];

/** What is told, by a service or by a phone as a device; undefined where it tells nothing. */
function toldIn(item: Item): Item | undefined {
  if (tells(textOf(keyOf(item, "action", "service")) ?? "")) return keyOf(item, ...DATA);
  const isPhone = textOf(keyOf(item, "domain")) === "mobile_app" && textOf(keyOf(item, "type")) === "notify";
  if (!isPhone) return undefined;
  const kept = [...(item.map ?? [])].filter(([key]) => ["message", "title", "data"].includes(key));
  return { line: item.line, map: new Map(kept) };
}

/** A template that is one name or one word, as far as it is known. */
const plainId = (desk: Desk, item: Item): string => (textOf(filled(desk, item)) ?? "").replaceAll(/\s+/g, "");

/** The buttons below a message; none where it is no message with buttons. */
function buttonsOf(desk: Desk, item: Item): readonly Button[] {
  return listOf(keyOf(keyOf(toldIn(item), "data"), "actions")).flatMap((one) => {
    const action = keyOf(one, "action");
    const title = (textOf(filled(desk, keyOf(one, "title") ?? one)) ?? "").slice(0, 40).trim();
    return action && title && textOf(action) !== "URI" ? [{ id: plainId(desk, action), title }] : [];
  });
}

interface Waited {
  /** Any button of any message. */
  readonly any: boolean;
  readonly ids: ReadonlySet<string>;
  /** By the name of a trigger of the wait: the button. */
  readonly named: ReadonlyMap<string, string>;
}

/** Which buttons a wait is for; undefined where it is for something else as well. */
function waitedFor(desk: Desk, item: Item): Waited | undefined {
  const triggers = listOf(keyOf(item, "wait_for_trigger"));
  if (triggers.length === 0) return undefined;
  const ids = new Set<string>();
  const named = new Map<string, string>();
  let any = false;
  for (const one of triggers) {
    const types = listOf(keyOf(one, "event_type")).map((t) => textOf(t) ?? "");
    if (types.length === 0 || !types.every((t) => ANSWERED.has(t))) return undefined;
    const data = keyOf(one, "event_data");
    const action = keyOf(data, "action", "actionName");
    // Who is meant, or what else must be told with the press, can't be asked for here.
    if ((data?.map?.size ?? 0) > (action ? 1 : 0)) return undefined;
    if (!action) any = true;
    else ids.add(plainId(desk, action));
    const name = textOf(keyOf(one, "id"));
    if (name && action) named.set(name, plainId(desk, action));
  }
  return { any, ids, named };
}

interface Branches {
  /** Items of the sequence that are the choice. */
  readonly taken: number;
  readonly of: ReadonlyMap<string, readonly Item[]>;
  /** Where nobody answers in time, if that is asked for. */
  readonly late: readonly Item[] | undefined;
  readonly rest: readonly Item[];
}

const NOTHING: readonly Item[] = [];

/** The choice that follows the wait, if it is one by the button alone. */
function branchesIn(desk: Desk, rest: readonly Item[], waited: Waited): Branches | undefined {
  const [next] = rest;
  if (!next) return undefined;
  if (keyOf(next, "choose")) {
    const options = listOf(keyOf(next, "choose")).map((one) => ({
      test: testIn(desk, keyOf(one, "conditions", "condition"), waited),
      items: listOf(keyOf(one, "sequence")),
    }));
    return branchesOf(1, options, listOf(keyOf(next, "default")));
  }
  if (keyOf(next, "if"))
    return branchesOf(
      1,
      [{ test: testIn(desk, keyOf(next, "if"), waited), items: listOf(keyOf(next, "then")) }],
      listOf(keyOf(next, "else")),
    );
  // A condition that stands in the sequence: what follows is only done where it is so.
  return branchesOf(rest.length, [{ test: testIn(desk, next, waited), items: rest.slice(1) }], NOTHING);
}

interface Option {
  readonly test: Test | undefined;
  readonly items: readonly Item[];
}

function branchesOf(taken: number, options: readonly Option[], rest: readonly Item[]): Branches | undefined {
  const of = new Map<string, readonly Item[]>();
  let late: readonly Item[] | undefined;
  for (const { test, items } of options) {
    if (!test) return undefined;
    if ("late" in test) late ??= items;
    else if (!of.has(test.id)) of.set(test.id, items);
  }
  return { taken, of, late, rest };
}

type Test = { readonly id: string } | { readonly late: true };

const LATE =
  /^\{\{-?\s*(not\s+wait\.completed|wait\.trigger\s*(is\s+none|==\s*none)|wait\.remaining\s*(==|<=)\s*0)\s*-?\}\}$/i;
const PRESSED =
  /^\{\{-?\s*\(?\s*(?:wait\.(?:completed|trigger(?:\s+is\s+not\s+none)?)\s+and\s+)?wait\.trigger\.(id|event\.data(?:\.action(?:Name)?|\[["']action["']\]|\.get\(["']action["']\)))\s*==\s*(?:"([^"]*)"|'([^']*)'|(\w+))\s*\)?\s*-?\}\}$/;

/** Which button a condition asks for, or whether it asks for none in time; undefined for any other. */
function testIn(desk: Desk, item: Item | undefined, waited: Waited): Test | undefined {
  const [one, ...more] = listOf(item);
  if (!one || more.length > 0) return undefined;
  const text = textOf(one.map && textOf(keyOf(one, "condition")) === "template" ? keyOf(one, "value_template") : one);
  if (text === undefined) return undefined;
  if (LATE.test(text)) return { late: true };
  const [, what, ...words] = PRESSED.exec(text) ?? [];
  if (what === undefined) return undefined;
  const [double, single, name] = words;
  const id = double ?? single ?? plainId(desk, { line: one.line, scalar: `{{ ${name} }}` });
  return { id: what === "id" ? (waited.named.get(id) ?? id) : id };
}
