/** Lines of a scenario, read into the model. */
import { capabilities } from "../../hub/model/capabilities/index.ts";
import type { Value } from "../../hub/model/capability.ts";
import { numberNode, numberUnits } from "../../hub/model/house-number.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Condition, Rule } from "../../hub/model/plan.ts";

export const valueFrom = (text: string): Value =>
  text === "true" || text === "false" ? text === "true" : Number.isNaN(Number(text)) ? text : Number(text);

export function nodeFrom(rest: string): NodeDescription {
  const [, id = "", list = ""] = /^([^:]+):\s*(.*)$/.exec(rest) ?? [];
  const names = list.split(/,\s*/);
  const said = (word: string) => names.find((n) => n.startsWith(`${word} `))?.slice(word.length + 1);
  const [silent, name, firmware, topic, type] = ["silent", "named", "firmware", "topic", "type"].map(said);
  const [by, vendor, model, serial] = ["by", "maker", "model", "serial"].map(said);
  const addresses = names.filter((n) => n.startsWith("address ")).map((n) => n.slice(8));
  const instances = names
    .filter((n) => !/^(silent|named|firmware|topic|type|by|maker|model|serial|address) /.test(n))
    .map((name) => {
      const spec = capabilities[name];
      if (!spec) throw new Error(`no capability ${name}`);
      const source = topic ?? "scenario";
      const attributes = Object.fromEntries(Object.keys(spec.attributes).map((a) => [a, { source }]));
      const commands = Object.fromEntries(Object.keys(spec.commands).map((c) => [c, { source: "scenario" }]));
      return [name, { attributes, commands }] as const;
    });
  return {
    id,
    name: name ?? id,
    ...(firmware ? { firmware } : {}),
    ...(vendor ? { vendor } : {}),
    ...(model ? { model } : {}),
    ...(serial ? { serial } : {}),
    adapter: by === "matter" || by === "house" ? by : "mqtt",
    dialect: by ?? "scenario",
    addresses,
    endpoints: [{ number: 1, deviceTypes: type ? [type] : [], capabilities: Object.fromEntries(instances) }],
    ...(silent ? { silentAfterS: Number(silent) } : {}),
  };
}

/** `ID: NAME, MIN to MAX UNIT`: a number that the house keeps. */
export function numberFrom(rest: string): NodeDescription {
  const [, id = "", name = "", min, max, given] = /^([^:]+):\s*(.*), (\S+) to (\S+)(?: (\S+))?$/.exec(rest) ?? [];
  const unit = numberUnits.find((one) => one === given) ?? "1";
  return numberNode({ id, name, unit, min: Number(min), max: Number(max), step: 1 });
}

export function actionFrom(text: string) {
  const [, node = "", capability = "", command = "", json] = /^(\S+) (\w+)\.(\w+)\s*(\{.*\})?$/.exec(text.trim()) ?? [];
  if (!node) throw new Error(`no action: ${text}`);
  return { node, endpoint: 1, capability, command, args: json ? (JSON.parse(json) as Record<string, Value>) : {} };
}

export function ruleFrom(rest: string): Rule {
  const [, id = "", condition = "", then = "", otherwise] = /^([^:]+): (.*?) => (.*?)(?: else (.*))?$/.exec(rest) ?? [];
  const base = { id, title: id, when: JSON.parse(condition) as Condition, then: [actionFrom(then)], enabled: true };
  const origin = id.startsWith("plan") ? ("plan" as const) : ("person" as const);
  return otherwise ? { ...base, origin, otherwise: [actionFrom(otherwise)] } : { ...base, origin };
}
