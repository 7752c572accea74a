import type { ArgView, AttributeView, CommandView, EndpointView, Known, Value } from "../../hub/http/schemas.ts";
import type { Act, Target, Wanted } from "../acting.ts";
import { age } from "../words/format.ts";
import { knownWords } from "../words/values.ts";
import { CommandForm } from "./command-form.tsx";
import { WantedNote } from "./wanted-note.tsx";

interface Props {
  readonly node: string;
  readonly name: string;
  readonly endpoint: EndpointView;
  readonly only: boolean;
  readonly now: number;
  readonly known: (key: string) => Known;
  readonly wanted: (target: Target) => Wanted | undefined;
  readonly act: Act;
  readonly charted: string | undefined;
  readonly onChart: (key: string) => void;
}

/** Everything one endpoint tells and can be told. */
export function EndpointCard(props: Props) {
  const { endpoint, only } = props;
  const title = endpoint.label ?? endpoint.deviceTypes.map((t) => t.label).join(", ");
  return (
    <section class="card stack" aria-label={`Endpoint ${endpoint.number}`}>
      <h2>{only ? "What it tells" : `${endpoint.number} · ${title || "Endpoint"}`}</h2>
      <ul class="attributes">
        {makersLast(endpoint.attributes).map((a) => (
          <AttributeRow key={a.key} {...props} attribute={a} />
        ))}
      </ul>
      <Commands {...props} />
    </section>
  );
}

/** What only its maker has is for those who look for it: below what every such device tells. */
const makersLast = (list: readonly AttributeView[]): readonly AttributeView[] => [
  ...list.filter((a) => a.capability !== "vendor"),
  ...list.filter((a) => a.capability === "vendor"),
];

function AttributeRow({ attribute: a, now, known, charted, onChart }: Props & { readonly attribute: AttributeView }) {
  const told = known(a.key);
  return (
    <li class={`attribute ${told.status}`}>
      <div>
        <span class="attribute-label">{a.label}</span>
        <span class="quiet small-text">
          {" "}
          {told.status === "unknown" ? told.reason : age(told.at, now)}
          {told.status === "stale" ? ` · ${told.reason}` : ""}
        </span>
        <span class="source small-text">{told.status === "unknown" ? a.source : told.source}</span>
      </div>
      <div class="attribute-value">
        <strong>{knownWords(a, told)}</strong>
        {told.status === "stale" ? <span class="pill pill-warn">stale</span> : null}
        {a.type === "number" || a.type === "boolean" ? (
          <button
            type="button"
            class="plain small-text"
            aria-pressed={charted === a.key}
            aria-label={`Chart of ${a.label}`}
            onClick={() => onChart(a.key)}
          >
            Chart
          </button>
        ) : null}
      </div>
    </li>
  );
}

/** Commands by capability; what can be written is a command as well. */
function Commands({ node, name, endpoint, wanted, known, act }: Props) {
  const sets = endpoint.attributes.filter((a) => a.writable).map(asCommand);
  const commands = [...endpoint.commands.filter((c) => c.command !== "set"), ...sets];
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

function asCommand(a: AttributeView): CommandView {
  const { attribute, label, type, unit, unitText, min, max, step, values, words } = a;
  const arg: ArgView = { name: attribute, label, type, unit, unitText, min, max, step, values, words, optional: false };
  return { capability: a.capability, command: "set", label: "Set", args: [arg] };
}
