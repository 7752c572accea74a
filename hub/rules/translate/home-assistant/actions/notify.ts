import type { Expression } from "../../../../model/rule/expression.ts";
import type { Step } from "../../../../model/rule/step.ts";
import { type Desk, domainOf, miss, note } from "../desk.ts";
import { type Item, keyOf, textOf } from "../item.ts";
import { templateWorth } from "../template/condition.ts";

/** Tells people. A figure of a device in the text stands below it; any other template is listed and left open. */
export function notifySteps(desk: Desk, item: Item, data: Item | undefined): readonly Step[] | undefined {
  const order = textOf(keyOf(data, "message")) ?? "";
  if (order === "clear_notification") {
    note(desk, item, "What people were told stays until they have read it.");
    return [];
  }
  if (ORDER.test(order)) return miss(desk, item, `"${order.slice(0, 40)}" asks an app of a phone for something.`);
  const extras = keyOf(data, "data");
  if (keyOf(extras, "actions"))
    miss(
      desk,
      extras ?? item,
      "Nothing in the files waits for the buttons below what people are told, or more than one thing does: they were left out. A rule here asks, and goes on with the answer.",
    );
  const message = messageOf(desk, item, data);
  return message && [{ kind: "notify", ...message }];
}

type Message = Pick<Extract<Step, { kind: "notify" }>, "title" | "text" | "values">;

/** What people read. */
export function messageOf(desk: Desk, item: Item, data: Item | undefined): Message | undefined {
  const message = filled(desk, keyOf(data, "message"));
  const title = filled(desk, keyOf(data, "title"));
  if (message.text === "" && title.text === "") return miss(desk, item, "It does not say what people are told.");
  for (const [key, value] of data?.map ?? [])
    if (!KNOWN.includes(key)) note(desk, value, `"${key.slice(0, 40)}" of what people are told was left out.`);
  const extras = keyOf(data, "data");
  if ([...(extras?.map?.keys() ?? [])].some((key) => key !== "actions"))
    note(desk, extras ?? item, "What only an app of a phone knows was left out.");
  const head = title.text || message.text;
  const rest = title.text ? message.text : message.text.length > 120 ? message.text : "";
  const values = [...title.values, ...message.values].slice(0, 10);
  return {
    title: head.slice(0, 120).trim(),
    ...(rest ? { text: rest.slice(0, 500).trim() } : {}),
    ...(values.length > 0 ? { values } : {}),
  };
}

/** Whether a service tells people something. */
export const tells = (name: string): boolean =>
  domainOf(name) === "notify" ||
  ["persistent_notification.create", "telegram_bot.send_message", "html5.send_message"].includes(name);

/** What a phone's app is asked for by a message that nobody reads. */
const ORDER =
  /^(command_\w+|delete_alert|request_location_update|update_(complications|widgets)|remove_channel|clear_badge)$/;

/** Whom, by which name and how loud is for Home Assistant's own ways of telling: here the home's people are told. */
const KNOWN = ["message", "title", "data", "target", "entity_id", "notification_id", "cache", "language", "options"];

interface Filled {
  readonly text: string;
  readonly values: { readonly label: string; readonly value: Expression }[];
}

/** Words that must be left of a text, so that it still says something. */
const ENOUGH_WORDS = 2;

function filled(desk: Desk, item: Item | undefined): Filled {
  const values: Filled["values"] = [];
  if (item?.tag) miss(desk, item, `The text is not written in the file: ${item.tag}.`);
  const whole = textOf(item) ?? "";
  const who = whoOf(desk);
  const left =
    whole.replaceAll(TEMPLATE, (part) => (who !== undefined && WHO.test(part) ? ` ${who} ` : " ")).match(/\p{L}{2,}/gu)
      ?.length ?? 0;
  const text = whole.replaceAll(TEMPLATE, (template) => {
    if (who !== undefined && WHO.test(template)) return who;
    const before = desk.misses.length;
    const value = item && /^\{\{/.test(template) ? templateWorth(desk, { ...item, scalar: template }) : undefined;
    if (value !== undefined && typeof value === "object") values.push({ label: labelOf(template), value });
    else if (item && value === undefined && desk.misses.length === before && left < ENOUGH_WORDS)
      miss(desk, item, "The text is worked out by a template.");
    else if (item && value === undefined && desk.misses.length === before)
      note(desk, item, `A part of the text is left open: ${template.replaceAll(/\s+/g, " ").slice(0, 60)}`);
    return value === undefined || typeof value === "object" ? "…" : String(value);
  });
  if (item && /\{[{%]/.test(text)) miss(desk, item, "The text is no template that can be read.");
  return { text: text.replaceAll(/\s+/g, " ").trim(), values };
}

const WHO = /^\{\{-?\s*trigger\.(to|from)_state\.(name|attributes\.friendly_name)\s*(\|\s*\w+\s*)*-?\}\}$/;

/** What started the rule, by the words of its name in the file. */
const whoOf = (desk: Desk): string | undefined =>
  textOf(keyOf(desk.given.get("trigger"), "entity_id"))
    ?.split(".")[1]
    ?.replaceAll("_", " ");

const TEMPLATE = /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g;

/** The entity, or what stands in the template. */
const labelOf = (template: string): string =>
  (/[a-z_]+\.[a-z0-9_]+/.exec(template.replace(/states\./, ""))?.[0] ?? template.replaceAll(/[{}]/g, "").trim()).slice(
    0,
    60,
  );
