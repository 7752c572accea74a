import type { CommandView, EndpointView, Value } from "../../hub/http/schemas.ts";
import type { Act, Target, Wanted } from "../acting.ts";
import { ESA } from "../words/flexible.ts";
import { MAKERS } from "../words/values.ts";
import { AttributeRow, type RowProps } from "./attribute-row.tsx";
import { CommandForm } from "./command-form.tsx";
import { argOf, MakersValues } from "./makers-values.tsx";
import { WantedNote } from "./wanted-note.tsx";

interface Props extends RowProps {
  readonly node: string;
  readonly name: string;
  readonly endpoint: EndpointView;
  readonly only: boolean;
  readonly wanted: (target: Target) => Wanted | undefined;
  readonly act: Act;
}

/** Everything one endpoint tells and can be told; what only its maker has comes last. */
export function EndpointCard(props: Props) {
  const { node, endpoint, only, ...rest } = props;
  const title = endpoint.label ?? endpoint.deviceTypes.map((t) => t.label).join(", ");
  // The profile of a run is drawn, not read.
  const everyones = endpoint.attributes.filter((a) => a.capability !== MAKERS && a.attribute !== "forecastProfile");
  const makers = endpoint.attributes.filter((a) => a.capability === MAKERS);
  return (
    <section class="card stack" aria-label={`Endpoint ${endpoint.number}`}>
      <h2>{only ? "What it tells" : title || `Endpoint ${endpoint.number}`}</h2>
      {everyones.length > 0 ? (
        <ul class="attributes">
          {everyones.map((a) => (
            <AttributeRow key={a.key} {...rest} attribute={a} />
          ))}
        </ul>
      ) : null}
      <Commands {...props} />
      <MakersValues
        {...rest}
        target={{ node, endpoint: endpoint.number, capability: MAKERS }}
        attributes={makers}
        alone={everyones.length === 0}
      />
    </section>
  );
}

/** Commands by capability; what can be written is a command as well. */
function Commands({ node, name, endpoint, wanted, known, act }: Props) {
  const sets = endpoint.attributes
    .filter((a) => a.writable && a.capability !== MAKERS)
    .map((a): CommandView => ({ capability: a.capability, command: "set", label: "Set", args: [argOf(a)] }));
  // Requests of energy management have a card of their own, in times and bounds that people read.
  const told = endpoint.commands.filter((c) => c.command !== "set" && c.capability !== ESA);
  const commands = [...told, ...sets];
  if (commands.length === 0) return null;
  const capabilities = [...new Set(commands.map((c) => c.capability))];
  const start = (command: CommandView): Record<string, Value> => {
    const found: Record<string, Value> = {};
    for (const arg of command.args) {
      // An argument bears its attribute's name, or at least its label (`level` sets `currentLevel`, both "Level").
      const mine = endpoint.attributes.filter((a) => a.capability === command.capability);
      const attribute = mine.find((a) => a.attribute === arg.name) ?? mine.find((a) => a.label === arg.label);
      const told = attribute ? known(attribute.key) : undefined;
      if (told && told.status !== "unknown") found[arg.name] = told.value;
    }
    return found;
  };
  return (
    <>
      <h3>What it can do</h3>
      {capabilities.map((capability) => {
        const target = { node, endpoint: endpoint.number, capability };
        const state = wanted(target);
        const label = endpoint.attributes.find((a) => a.capability === capability)?.capabilityLabel ?? capability;
        return (
          <fieldset key={capability} class="commands">
            <legend class="quiet small-text">{label}</legend>
            <div class="row">
              {commands
                .filter((c) => c.capability === capability)
                .map((c) => (
                  <CommandForm
                    key={c.command === "set" ? `set/${c.args[0]?.name ?? ""}` : c.command}
                    label={c.label}
                    says={c.command === "set" ? `Set ${c.args[0]?.label ?? ""}` : c.label}
                    capability={capability}
                    args={c.args}
                    start={start(c)}
                    busy={state?.state === "waiting"}
                    onSend={(args) => void act(target, c.command, args, `${name}: ${c.label.toLowerCase()}`)}
                  />
                ))}
            </div>
            <WantedNote wanted={state} />
          </fieldset>
        );
      })}
    </>
  );
}
