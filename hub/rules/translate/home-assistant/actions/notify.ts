import type { Expression } from "../../../../model/rule/expression.ts";
import type { Step } from "../../../../model/rule/step.ts";
import { type Desk, type Meant, meantBy, miss, note } from "../desk.ts";
import { figureOf } from "../figures.ts";
import { type Item, keyOf, textOf } from "../item.ts";
import { sayingOf } from "../states.ts";
import { targetOf } from "../targets.ts";

/** Tells people. A figure of a device in the text stands below it; any other template is listed and left open. */
export function notifySteps(desk: Desk, item: Item, data: Item | undefined): readonly Step[] | undefined {
  const message = filled(desk, keyOf(data, "message"));
  const title = filled(desk, keyOf(data, "title"));
  if (message.text === "" && title.text === "") return miss(desk, item, "It does not say what people are told.");
  const extras = keyOf(data, "data");
  if (keyOf(extras, "actions")) miss(desk, extras ?? item, "Buttons below what people are told are not translated.");
  else if (extras) note(desk, extras, "What only an app of a phone knows was left out.");
  const head = title.text || message.text;
  const rest = title.text ? message.text : message.text.length > 120 ? message.text : "";
  const values = [...title.values, ...message.values].slice(0, 10);
  return [
    {
      ...{ kind: "notify", title: head.slice(0, 120).trim() },
      ...(rest ? { text: rest.slice(0, 500).trim() } : {}),
      ...(values.length > 0 ? { values } : {}),
    },
  ];
}

interface Filled {
  readonly text: string;
  readonly values: { readonly label: string; readonly value: Expression }[];
}

const STATE = /^\{\{\s*states\(\s*["']([\w.]+)["']\s*\)\s*(?:\|\s*(?:float|int|round)(?:\([^)]*\))?\s*)*\}\}$/;

function filled(desk: Desk, item: Item | undefined): Filled {
  const values: Filled["values"] = [];
  if (item?.tag) miss(desk, item, `The text is not written in the file: ${item.tag}.`);
  const text = (textOf(item) ?? "").replaceAll(/\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g, (template) => {
    const entity = STATE.exec(template)?.[1];
    const meant = entity && item ? meantBy(desk, entity, item) : undefined;
    const value = entity && meant ? readingOf(entity, meant) : undefined;
    if (value !== undefined && entity) values.push({ label: entity.slice(0, 60), value });
    else if (item && !(entity && !meant)) miss(desk, item, "A part of the text is worked out by a template.");
    return "…";
  });
  return { text: text.replaceAll(/\s+/g, " ").trim(), values };
}

/** What a device tells now. */
function readingOf(entity: string, meant: Meant): Expression | undefined {
  if (meant.kind !== "device") return undefined;
  const of = figureOf(entity, meant)?.of ?? sayingOf(entity, meant, "on")?.of;
  return of === undefined ? undefined : { read: of, target: targetOf(meant) };
}
