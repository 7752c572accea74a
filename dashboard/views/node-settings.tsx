import { useId, useState } from "preact/hooks";
import type { NodeView } from "../../hub/http/schemas.ts";
import { del, inWords, patch } from "../api.ts";
import { Choice, Field } from "../parts/field.tsx";
import { Notice } from "../parts/notice.tsx";
import { go } from "../router.ts";
import { keepNode, readHome, readNodes } from "../store.ts";

/** What a plug or meter may feed, in the words of the device types; the hub refuses what it does not know. */
const ROLES = [
  ["", "what it is by itself"],
  ["onOffLight", "Light"],
  ["waterHeater", "Water heater"],
  ["heatPump", "Heat pump"],
  ["dishwasher", "Dishwasher"],
  ["laundryWasher", "Washing machine"],
  ["laundryDryer", "Dryer"],
  ["refrigerator", "Fridge"],
  ["basicVideoPlayer", "TV"],
  ["electricalMeter", "House meter"],
  ["solarPower", "Solar power"],
  ["batteryStorage", "Home battery"],
  ["energyEvse", "EV charger"],
  ["roomAirConditioner", "Air conditioner"],
  ["pump", "Pump"],
  ["fan", "Fan"],
].map(([value = "", label = ""]) => ({ value, label }));

/** What a person sets for a device: its name, its room, and what it is in this home. */
export function NodeSettings({ node, rooms }: { readonly node: NodeView; readonly rooms: readonly string[] }) {
  const list = useId();
  const [name, setName] = useState(node.name);
  const [room, setRoom] = useState(node.room ?? "");
  const [roles, setRoles] = useState<Readonly<Record<string, string>>>(node.roles);
  const [note, setNote] = useState<{ readonly tone: "good" | "bad"; readonly text: string } | undefined>(undefined);

  const save = async () => {
    try {
      const set = Object.fromEntries(Object.entries(roles).filter(([, role]) => role !== ""));
      keepNode(
        await patch<NodeView>(`/nodes/${encodeURIComponent(node.id)}`, {
          name: name.trim() === "" ? null : name.trim(),
          room: room.trim() === "" ? null : room.trim(),
          roles: Object.keys(set).length > 0 ? set : null,
        }),
      );
      await readHome();
      setNote({ tone: "good", text: "Saved." });
    } catch (error) {
      setNote({ tone: "bad", text: inWords(error) });
    }
  };
  return (
    <section class="card stack" aria-label="Settings of this device">
      <h2>Name and place</h2>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        <Field label="Name" maxLength={80} value={name} onInput={(e) => setName(e.currentTarget.value)} />
        <Field label="Room" maxLength={80} list={list} value={room} onInput={(e) => setRoom(e.currentTarget.value)} />
        <datalist id={list}>
          {rooms.map((r) => (
            <option key={r} value={r} />
          ))}
        </datalist>
        {node.endpoints.map((endpoint) => (
          <Choice
            key={endpoint.number}
            label={node.endpoints.length === 1 ? "In this home it is" : `Endpoint ${endpoint.number} is`}
            value={roles[endpoint.number] ?? ""}
            options={withOwn(roles[endpoint.number])}
            onChange={(role) => setRoles((before) => ({ ...before, [endpoint.number]: role }))}
          />
        ))}
        {note ? <Notice tone={note.tone}>{note.text}</Notice> : null}
        <button type="submit">Save</button>
      </form>
      <Removal node={node} />
    </section>
  );
}

// A role set through the API may be one that this list does not name: saving must not lose it.
const withOwn = (role: string | undefined) =>
  role === undefined || ROLES.some((r) => r.value === role) ? ROLES : [...ROLES, { value: role, label: role }];

function Removal({ node }: { readonly node: NodeView }) {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState("");
  const remove = async () => {
    try {
      await del(`/nodes/${encodeURIComponent(node.id)}`);
      go("#/home", true);
      await readNodes();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  if (!asked)
    return (
      <button type="button" class="plain" onClick={() => setAsked(true)}>
        Remove this device …
      </button>
    );
  return (
    <div class="stack">
      <p>Remove {node.name} from this home? Its history stays.</p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <div class="row">
        <button type="button" onClick={() => void remove()}>
          Remove
        </button>
        <button type="button" class="plain" onClick={() => setAsked(false)}>
          Keep it
        </button>
      </div>
    </div>
  );
}
