import { capabilities } from "../../model/capabilities/index.ts";
import type { Value, ValueType } from "../../model/capability.ts";
import { endpointNameOf } from "../../model/home.ts";
import type { SceneAction } from "../../model/house.ts";
import { units } from "../../model/units.ts";
import type { ActionView } from "../../ports.ts";
import { nodeNow } from "../../step/identity/names.ts";
import type { CoreState } from "../../step.ts";

/** An action as people read it, and whether its device is there. */
export function actionView(state: CoreState, action: SceneAction): ActionView {
  const node = nodeNow(state, action.node);
  const endpoint = node?.description.endpoints.find((e) => e.number === action.endpoint);
  const name = node ? (endpoint ? endpointNameOf(node, endpoint) : (node.settings.name ?? node.description.name)) : "";
  const spec = capabilities[action.capability];
  const command = action.command === "set" ? undefined : spec?.commands[action.command];
  const args = Object.entries(action.args).map(([arg, value]) => {
    if (command) return valueWords(command.args[arg], value);
    const attribute = spec?.attributes[arg];
    return `${(attribute?.label ?? arg).toLowerCase()} ${valueWords(attribute, value)}`;
  });
  const verb = command?.label.toLowerCase() ?? (action.command === "set" ? "" : action.command);
  const what = [verb, args.join(", ")].filter(Boolean).join(" ");
  return { ...action, words: `${name || action.node}: ${what}`, gone: node === undefined };
}

function valueWords(type: ValueType | undefined, value: Value): string {
  if (type?.type === "boolean") return type.words?.[value === true ? 1 : 0] ?? (value === true ? "yes" : "no");
  if (type?.type !== "number" || typeof value !== "number") return String(value);
  const unit = units[type.unit];
  return `${Math.round(value * 100) / 100}${unit ? ` ${unit}` : ""}`;
}
