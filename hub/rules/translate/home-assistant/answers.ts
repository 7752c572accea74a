/** Buttons below a message that other automations of the same files listen to. */
import { type Item, isTemplate, keyOf, listOf, textOf } from "./item.ts";
import type { Thing } from "./library.ts";

/** A button below a message on a phone was pressed. */
export const ANSWERED: ReadonlySet<string> = new Set([
  "mobile_app_notification_action",
  "ios.notification_action_fired",
  "html5_notification.clicked",
]);

/** A message at the end of an automation, with what each of its buttons starts. */
export interface Offer {
  /** So many messages in a row say the same, to several phones. */
  readonly messages: number;
  readonly buttons: readonly { readonly title: string; readonly starts: readonly string[] }[];
}

export interface Offers {
  /** By the first of the messages. */
  readonly at: ReadonlyMap<Item, Offer>;
  /** Why a press of this button can't be told here; undefined where it can. */
  readonly against: (button: string) => string | undefined;
}

interface Group {
  readonly first: Item;
  readonly messages: number;
  readonly ids: readonly (readonly [id: string, title: string])[];
  /** Nothing is done after it, and nothing waits before it. */
  readonly last: boolean;
}

type Named = Pick<Thing, "kind" | "key" | "item">;

/**
 * A button can be followed where exactly one message of the files offers it, at the end of an automation that waits for nothing, and
 * where those that listen do not ask for more than that it was pressed.
 */
export function offersIn(things: readonly Named[]): Offers {
  const groups = things.flatMap((thing) => groupsIn(thing));
  const heard = new Map<string, Named[]>();
  for (const thing of things)
    for (const id of thing.kind === "automation" ? heardBy(thing.item) : [])
      heard.set(id, [...(heard.get(id) ?? []), thing]);
  const against = (id: string): string | undefined => {
    const offering = groups.filter((g) => g.ids.some(([own]) => own === id));
    const [only] = offering;
    if (!only) return "no message of these files offers it";
    if (offering.length > 1) return "more than one message offers it";
    if (!only.last)
      return "the message that offers it is not the last thing that its automation does, or that waits before";
    if (only.ids.length > 4 || new Set(only.ids.map(([, title]) => title)).size < only.ids.length)
      return "a question has at most 4 answers, none of them twice";
    return (heard.get(id) ?? []).some((one) => asksMore(one.item)) ? "what starts it is asked for again" : undefined;
  };
  const at = new Map<Item, Offer>();
  for (const { first, messages, ids } of groups) {
    const followed = ids.filter(([id]) => heard.has(id));
    if (followed.length === 0 || followed.some(([id]) => against(id) !== undefined)) continue;
    const buttons = ids.map(([id, title]) => ({ title, starts: (heard.get(id) ?? []).map((one) => one.key) }));
    at.set(first, { messages, buttons });
  }
  return {
    at,
    against: (id) => against(id) ?? (offerOf(at, groups, id) ? undefined : "another of its buttons can't be followed"),
  };
}

const offerOf = (at: Offers["at"], groups: readonly Group[], id: string): boolean =>
  groups.some((g) => at.has(g.first) && g.ids.some(([own]) => own === id));

/** Messages with buttons in an automation or a script, those in a row that offer the same together. */
function groupsIn({ kind, item }: Named): readonly Group[] {
  const found: Group[] = [];
  const calm = kind === "automation" && ![...all(item)].some((one) => WAITS.some((key) => one.map?.has(key)));
  const visit = (items: readonly Item[], last: boolean): void => {
    for (let i = 0; i < items.length; i++) {
      const [first, ids] = [items[i], buttonsIn(items[i])];
      if (!first) continue;
      if (ids.length === 0) {
        for (const inner of listsOf(first)) visit(inner, last && i === items.length - 1);
        continue;
      }
      let messages = 1;
      while (String(buttonsIn(items[i + messages])) === String(ids)) messages += 1;
      i += messages - 1;
      found.push({ first, messages, ids, last: last && calm && i === items.length - 1 });
    }
  };
  visit(listOf(keyOf(item, "actions", "action", "sequence")), true);
  return found;
}

const WAITS = ["delay", "wait_template", "wait_for_trigger"];

/** The sequences of a choice: after the last step of any of them nothing comes, where nothing comes after the choice. */
const listsOf = (item: Item): readonly (readonly Item[])[] => [
  ...listOf(keyOf(item, "choose")).map((one) => listOf(keyOf(one, "sequence"))),
  ...["default", "then", "else", "sequence"].map((key) => listOf(keyOf(item, key))),
  ...[listOf(keyOf(keyOf(item, "repeat"), "sequence")), listOf(keyOf(item, "parallel"))],
];

/** Buttons with a name that is written out; one that opens a page is none. */
export function buttonsIn(item: Item | undefined): readonly (readonly [id: string, title: string])[] {
  const told = item?.map?.has("message") ? item : keyOf(item, "data", "service_data", "data_template");
  return listOf(keyOf(keyOf(told, "data"), "actions")).flatMap((one) => {
    const action = keyOf(one, "action");
    const id = textOf(action);
    const title = (textOf(keyOf(one, "title")) ?? "").slice(0, 40).trim();
    return id && id !== "URI" && !isTemplate(action) && title ? [[id, title] as const] : [];
  });
}

/** The one button that a trigger is for. */
export function pressedIn(trigger: Item): string | undefined {
  const types = listOf(keyOf(trigger, "event_type")).map((one) => textOf(one) ?? "");
  const data = keyOf(trigger, "event_data");
  const action = keyOf(data, "action", "actionName");
  const isPlain = types.length > 0 && types.every((type) => ANSWERED.has(type)) && data?.map?.size === 1;
  return isPlain && !isTemplate(action) ? textOf(action) : undefined;
}

const heardBy = (item: Item): readonly string[] =>
  listOf(keyOf(item, "triggers", "trigger")).flatMap((one) => pressedIn(one) ?? []);

/** Whether an automation asks which of its triggers it was, or what came with it. */
const asksMore = (item: Item): boolean =>
  [...all(item)].some(
    (one) =>
      textOf(keyOf(one, "condition")) === "trigger" || /\btrigger\b/.test(isTemplate(one) ? String(one.scalar) : ""),
  );

function* all(item: Item): Generator<Item> {
  yield item;
  for (const one of item.list ?? []) yield* all(one);
  for (const one of item.map?.values() ?? []) yield* all(one);
}
