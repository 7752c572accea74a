import { useState } from "preact/hooks";
import type { PersonView } from "../../../hub/http/schemas/house-state.ts";
import type { NodeView, Value } from "../../../hub/http/schemas.ts";
import { Choice, Field } from "../../parts/field.tsx";

type Wish = Pick<PersonView, "name" | "device" | "network">;

interface Props {
  readonly person?: PersonView;
  readonly nodes: readonly NodeView[];
  readonly onSave: (person: Wish) => void;
  readonly onLeave: () => void;
}

/** The value of the choice "it is reachable". */
const REACHABLE = "reachable";

/** A person's name, and what may tell whether they are home. */
export function PersonForm({ person, nodes, onSave, onLeave }: Props) {
  const [name, setName] = useState(person?.name ?? "");
  const [node, setNode] = useState(person?.device?.node ?? "");
  const [says, setSays] = useState(saidOf(person));
  const [deviceMin, setDeviceMin] = useState(String(person?.device?.awayAfterMin ?? 5));
  const [looked, setLooked] = useState(person?.network !== undefined);
  const [hosts, setHosts] = useState(person?.network?.hosts.join(", ") ?? "");
  const [phoneMin, setPhoneMin] = useState(String(person?.network?.awayAfterMin ?? 15));
  const sayings = sayingsOf(nodes.find((n) => n.id === node));
  const shown = sayings.some((s) => s.value === says) ? says : REACHABLE;
  const save = () =>
    onSave({
      name: name.trim(),
      ...(node ? { device: { node, ...meaning(shown), awayAfterMin: Number(deviceMin) } } : {}),
      ...(looked ? { network: { hosts: listOf(hosts), awayAfterMin: Number(phoneMin) } } : {}),
    });
  return (
    <form
      class="stack sunken"
      aria-label={person ? `Change ${person.name}` : "Add a person"}
      onSubmit={(e) => {
        e.preventDefault();
        save();
      }}
    >
      <Field label="Name" required maxLength={40} value={name} onInput={(e) => setName(e.currentTarget.value)} />
      <div class="two">
        <Choice
          label="A device that tells it"
          value={node}
          options={[{ value: "", label: "none" }, ...nodes.map((n) => ({ value: n.id, label: n.name }))]}
          onChange={setNode}
        />
        {node ? <Choice label="Home is when" value={shown} options={sayings} onChange={setSays} /> : null}
        {node ? <Minutes value={deviceMin} min={0} onInput={setDeviceMin} /> : null}
      </div>
      <label class="choice">
        <input type="checkbox" checked={looked} onChange={(e) => setLooked(e.currentTarget.checked)} />
        <span>
          <strong>Look for the phone on the network</strong>{" "}
          <span class="quiet">
            Only if this person agrees. The hub asks the home's own network twice a minute whether the phone is there,
            and keeps nothing but home or away.
          </span>
        </span>
      </label>
      {looked ? (
        <div class="two">
          <Field
            label="The phone's name or address"
            hint="as your router lists it, such as annas-phone or 192.168.1.23; up to three, with commas"
            required
            value={hosts}
            onInput={(e) => setHosts(e.currentTarget.value)}
          />
          <Minutes value={phoneMin} min={3} onInput={setPhoneMin} />
        </div>
      ) : null}
      <div class="row">
        <button type="submit" class="primary">
          Save
        </button>
        <button type="button" class="plain" onClick={onLeave}>
          Leave it
        </button>
      </div>
    </form>
  );
}

function Minutes({
  value,
  min,
  onInput,
}: {
  readonly value: string;
  readonly min: number;
  readonly onInput: (text: string) => void;
}) {
  return (
    <Field
      label="Away after minutes"
      type="number"
      hint={min > 0 ? "unseen for so long; a phone that sleeps is not gone" : "of saying so"}
      required
      min={min}
      max={240}
      step={1}
      value={value}
      onInput={(e) => onInput(e.currentTarget.value)}
    />
  );
}

const listOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

const saidOf = (person: PersonView | undefined): string =>
  person?.device?.key === undefined ? REACHABLE : JSON.stringify([person.device.key, person.device.homeIs]);

function meaning(says: string): { key?: string; homeIs?: Value } {
  if (says === REACHABLE) return {};
  const [key, homeIs] = JSON.parse(says) as [string, Value];
  return { key, homeIs };
}

/** What a device can say that may mean home: that it is there, and each of its yes-or-no and named values. */
function sayingsOf(node: NodeView | undefined): { value: string; label: string }[] {
  const said = (node?.endpoints ?? []).flatMap((e) =>
    e.attributes.flatMap(({ key, label, type, words, values }): { key: string; v: Value; label: string }[] => {
      if (type === "boolean")
        return [true, false].map((v) => ({ key, v, label: `${label}: ${words?.[v ? 1 : 0] ?? (v ? "yes" : "no")}` }));
      return type === "enum" ? (values ?? []).map((v) => ({ key, v, label: `${label}: ${v}` })) : [];
    }),
  );
  const options = said.slice(0, 200).map(({ key, v, label }) => ({ value: JSON.stringify([key, v]), label }));
  return [{ value: REACHABLE, label: "it is within reach" }, ...options];
}
