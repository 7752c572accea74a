import { useEffect, useId, useState } from "preact/hooks";
import type { DeviceTypeView, NodeView } from "../../hub/http/schemas.ts";
import { del, get, inWords, patch } from "../api.ts";
import { Choice, Field } from "../parts/field.tsx";
import { MeterChoice, type Meters, said } from "../parts/meter-choice.tsx";
import { NamedBy } from "../parts/named-by.tsx";
import { Notice } from "../parts/notice.tsx";
import { go } from "../router.ts";
import { keepNode, readHome, readNodes } from "../store.ts";

/** What a person sets for a device: its name, its room, and what it is in this home. */
export function NodeSettings({ node, rooms }: { readonly node: NodeView; readonly rooms: readonly string[] }) {
  const [name, setName] = useState(node.name);
  const [room, setRoom] = useState(node.room ?? "");
  const [labels, setLabels] = useState(node.labels.join(", "));
  const [left, setLeft] = useState<Left>({ noPlans: node.noPlans, switchedThere: node.switchedThere === true });
  const [roles, setRoles] = useState<Readonly<Record<string, string>>>(node.roles);
  const [meters, setMeters] = useState<Meters>(node.meters);
  const [note, setNote] = useState<{ readonly tone: "good" | "bad"; readonly text: string } | undefined>(undefined);

  const kinds = useDeviceTypes();

  const save = async () => {
    try {
      const set = Object.fromEntries(Object.entries(roles).filter(([, role]) => role !== ""));
      keepNode(
        await patch<NodeView>(`/nodes/${encodeURIComponent(node.id)}`, {
          name: name.trim() === "" ? null : name.trim(),
          room: room.trim() === "" ? null : room.trim(),
          labels: labelsIn(labels),
          ...left,
          roles: Object.keys(set).length > 0 ? set : null,
          meters: said(meters),
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
        <Place room={room} rooms={rooms} onRoom={setRoom} labels={labels} onLabels={setLabels} />
        {node.endpoints.map((endpoint) => (
          <Choice
            key={endpoint.number}
            label={node.endpoints.length === 1 ? "In this home it is" : `Endpoint ${endpoint.number} is`}
            value={roles[endpoint.number] ?? ""}
            options={optionsFor(kinds, roles[endpoint.number])}
            onChange={(role) => setRoles((before) => ({ ...before, [endpoint.number]: role }))}
          />
        ))}
        {(isOwn(node) ? [] : node.endpoints).map((endpoint) => (
          <MeterChoice
            key={endpoint.number}
            endpoint={endpoint}
            single={node.endpoints.length === 1}
            said={meters[endpoint.number]}
            onSay={(said) => setMeters((before) => ({ ...before, [endpoint.number]: said }))}
          />
        ))}
        {!isOwn(node) && node.endpoints.some((e) => e.commands.length > 0) ? (
          <LeftAlone left={left} onLeave={setLeft} />
        ) : null}
        {note ? <Notice tone={note.tone}>{note.text}</Notice> : null}
        <button type="submit">Save</button>
      </form>
      <Removal node={node} />
    </section>
  );
}

/** A switch of the house has no meter and no hands at it, and no plan knows what it is for. */
const isOwn = ({ adapter }: NodeView): boolean => adapter === "house";

interface PlaceProps {
  readonly room: string;
  readonly rooms: readonly string[];
  readonly onRoom: (room: string) => void;
  readonly labels: string;
  readonly onLabels: (labels: string) => void;
}

/** Where it is, and to which groups of a person's own it belongs. */
function Place({ room, rooms, onRoom, labels, onLabels }: PlaceProps) {
  const list = useId();
  return (
    <>
      <Field label="Room" maxLength={80} list={list} value={room} onInput={(e) => onRoom(e.currentTarget.value)} />
      <datalist id={list}>
        {rooms.map((r) => (
          <option key={r} value={r} />
        ))}
      </datalist>
      <Field
        label="Labels"
        hint="your own groups, with commas between them, e.g. Christmas, Upstairs; rules can speak of them"
        maxLength={1200}
        value={labels}
        onInput={(e) => onLabels(e.currentTarget.value)}
      />
    </>
  );
}

type Left = Required<Pick<NodeView, "noPlans" | "switchedThere">>;

/** Whether plans may steer it, and whether a switch at the device is a hand: the hub can't tell that by itself. */
function LeftAlone({ left, onLeave }: { readonly left: Left; readonly onLeave: (left: Left) => void }) {
  const { noPlans, switchedThere } = left;
  return (
    <>
      <label class="choice">
        <input
          type="checkbox"
          checked={noPlans}
          onChange={(e) => onLeave({ ...left, noPlans: e.currentTarget.checked })}
        />
        <span>
          Keep it out of plans: none may steer it. <span class="quiet">A running one that does is suspended.</span>
        </span>
      </label>
      <label class="choice">
        <input
          type="checkbox"
          checked={switchedThere}
          onChange={(e) => onLeave({ ...left, switchedThere: e.currentTarget.checked })}
        />
        <span>
          Somebody switches it at the device: rules and plans then leave it so for an hour.{" "}
          <span class="quiet">Not for one that also switches by itself, by a timer of its own.</span>
        </span>
      </label>
    </>
  );
}

/** Each once; none takes away what was set. */
function labelsIn(text: string): readonly string[] | null {
  const said = [...new Set(text.split(",").map((l) => l.trim()))].filter(Boolean);
  return said.length > 0 ? said : null;
}

/** The kinds that the hub knows; empty until they are read, or when they can't be. */
function useDeviceTypes(): readonly DeviceTypeView[] {
  const [kinds, setKinds] = useState<readonly DeviceTypeView[]>([]);
  useEffect(() => {
    get<{ deviceTypes: DeviceTypeView[] }>("/device-types").then(
      (answer) => setKinds(answer.deviceTypes),
      () => undefined,
    );
  }, []);
  return kinds;
}

// The role that is set stays in the list, whatever the list holds: saving must not lose it.
function optionsFor(kinds: readonly DeviceTypeView[], role: string | undefined) {
  const named = kinds.map(({ name, label }) => ({ value: name, label }));
  const own = role === undefined || kinds.some((k) => k.name === role) ? [] : [{ value: role, label: role }];
  return [{ value: "", label: "what it is by itself" }, ...named, ...own];
}

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
      <p>
        Remove {node.name} from this home? Its history stays.
        {node.adapter === "mqtt" ? " While it still announces itself over MQTT, it will come back by itself." : ""}
      </p>
      <NamedBy node={node.id} name={node.name} />
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
