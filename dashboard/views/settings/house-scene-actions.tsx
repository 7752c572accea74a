import type { SceneActionView } from "../../../hub/http/schemas/house-state.ts";
import type { Value } from "../../../hub/http/schemas.ts";
import { ValueField } from "../../parts/value-field.tsx";
import { nodes } from "../../store.ts";
import { commandsOf } from "../../words/rule-home.ts";

interface Props {
  readonly actions: readonly SceneActionView[];
  readonly onChange: (actions: readonly SceneActionView[]) => void;
}

/** What a scene does, one device after the other; what is a number can be changed, with the device's unit and range. */
export const SceneActions = ({ actions, onChange }: Props) => (
  <ul class="scene-actions" aria-label="What the scene does">
    {actions.map((a, i) => (
      <li key={`${a.node}/${a.endpoint}/${a.capability}/${a.command}`} class="row spread">
        <Deed of={a} onChange={(args) => onChange(actions.map((held, j) => (j === i ? { ...a, args } : held)))} />
        <button
          type="button"
          class="plain"
          aria-label={`Leave out ${a.words}`}
          onClick={() => onChange(actions.filter((_, j) => j !== i))}
        >
          Leave out
        </button>
      </li>
    ))}
  </ul>
);

/** The hub's words say the values as they were taken: where they can be changed, the fields say them. */
function Deed({
  of,
  onChange,
}: {
  readonly of: SceneActionView;
  readonly onChange: (args: SceneActionView["args"]) => void;
}) {
  const { args, capability } = of;
  const asked = askedOf(of);
  const figures = asked?.args.filter((a) => a.type === "number" && typeof args[a.name] === "number") ?? [];
  if (figures.length === 0)
    return <span class={of.gone ? "doubt" : ""}>{of.gone ? `${of.words} (not here now)` : of.words}</span>;
  // Half a number is no value: the one before it stays until a whole one is written.
  const set = (name: string, value: Value | undefined) => value !== undefined && onChange({ ...args, [name]: value });
  const name = of.words.slice(0, of.words.lastIndexOf(": "));
  return (
    <fieldset class="scene-figures">
      <legend>
        {name}: {asked?.label.toLowerCase()}
      </legend>
      {figures.map((arg) => (
        <ValueField
          key={arg.name}
          {...{ label: arg.label, shape: arg, capability, value: args[arg.name] }}
          onChange={(value) => set(arg.name, value)}
        />
      ))}
    </fieldset>
  );
}

/** What the device is asked for, with what it takes. */
function askedOf({ node, endpoint, capability, command }: SceneActionView) {
  const there = nodes.value?.find((n) => n.id === node)?.endpoints.filter((e) => e.number === endpoint) ?? [];
  return commandsOf(there).find((c) => c.capability === capability && c.command === command);
}
