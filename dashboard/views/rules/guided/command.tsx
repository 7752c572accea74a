import type { CommandStep, Expression, Step, Value } from "../../../../hub/http/schemas.ts";
import { Choice } from "../../../parts/field.tsx";
import { ValueField } from "../../../parts/value-field.tsx";
import { canBeAsked, commandsOf, meantBy } from "../../../words/rule-home.ts";
import { Written } from "./fields.tsx";
import { ruleHome, TargetPicker } from "./pickers.tsx";

interface Props {
  readonly of: CommandStep;
  readonly onChange: (step: Step) => void;
}

const isValue = (x: Expression | undefined): x is Value | undefined => typeof x !== "object";

/** What devices are asked for: the devices, one of their commands, its values. */
export function Command({ of, onChange }: Props) {
  const all = commandsOf(meantBy(of.target, ruleHome()));
  const key = of.command === "" ? "" : `${of.capability}.${of.command}`;
  const chosen = all.find((c) => `${c.capability}.${c.command}` === key);
  const options = all.map((c) => ({ value: `${c.capability}.${c.command}`, label: c.label }));
  const own = key === "" || chosen ? [] : [{ value: key, label: key }];
  const args: Readonly<Record<string, Expression>> = of.args ?? {};
  const set = (name: string, value: Value | undefined) => {
    const { [name]: _, ...rest } = args;
    const next = value === undefined ? rest : { ...rest, [name]: value };
    const { args: __, ...bare } = of;
    onChange(Object.keys(next).length > 0 ? { ...bare, args: next } : bare);
  };
  const others = Object.fromEntries(
    Object.entries(args).filter(
      ([name, value]) => !isValue(value) || (all.length > 0 && !chosen?.args.some((a) => a.name === name)),
    ),
  );
  return (
    <>
      <TargetPicker target={of.target} can={canBeAsked} onChange={(target) => onChange({ ...of, target })} />
      <Choice
        label="Ask for"
        value={key}
        options={[{ value: "", label: all.length > 0 ? "choose …" : "choose devices first" }, ...options, ...own]}
        onChange={(value) => {
          const next = all.find((c) => `${c.capability}.${c.command}` === value);
          if (next)
            onChange({ kind: "command", target: of.target, capability: next.capability, command: next.command });
        }}
      />
      <div class="rule-line">
        {chosen?.args.map((arg) => {
          const value = args[arg.name];
          return isValue(value) ? (
            <ValueField
              key={arg.name}
              label={arg.label}
              shape={arg}
              capability={of.capability}
              value={value}
              onChange={(v) => set(arg.name, v)}
              {...(arg.optional ? { none: of.command === "set" ? "as it is" : "optional" } : {})}
            />
          ) : null;
        })}
      </div>
      {Object.keys(others).length > 0 ? <Written of={others} what="A value that is worked out" /> : null}
    </>
  );
}
