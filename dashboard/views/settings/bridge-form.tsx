import { useState } from "preact/hooks";
import type { BridgeStatus } from "../../../hub/http/schemas.ts";
import { ApiError, inWords, post, put } from "../../api.ts";
import { Choice, Field } from "../../parts/field.tsx";
import { nodes, rooms } from "../../store.ts";
import { type BridgeDraft, ECOSYSTEMS, SHOWS, toggled, wishOf } from "./bridge-draft.ts";
import { BridgePreviewList } from "./bridge-preview.tsx";

interface Props {
  readonly draft: BridgeDraft;
  readonly onChange: (draft: BridgeDraft) => void;
  readonly onSaved: (bridge: BridgeStatus) => void;
  readonly onCancel: () => void;
}

/** A bridge to make or to change, with what the other ecosystem will see of the house. */
export function BridgeForm({ draft, onChange, onSaved, onCancel }: Props) {
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const [rest, setRest] = useState("");
  const change = (part: Partial<BridgeDraft>) => onChange({ ...draft, ...part });
  const save = async () => {
    setBusy(true);
    setRest("");
    setProblems(new Map());
    try {
      const path = draft.id === undefined ? "/bridges" : `/bridges/${encodeURIComponent(draft.id)}`;
      onSaved(await (draft.id === undefined ? post : put)<BridgeStatus>(path, wishOf(draft)));
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : [];
      setProblems(new Map(fields.map((f) => [f.field, f.message])));
      const placed = fields.every((f) => f.field === "name" || f.field === "port");
      if (fields.length === 0 || !placed) setRest(inWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="card stack"
      aria-label={draft.id === undefined ? "New bridge" : `Change ${draft.name}`}
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <Settings draft={draft} problems={problems} onChange={change} />
      <Limits draft={draft} onChange={onChange} />
      <BridgePreviewList filter={draft.filter} ecosystem={draft.ecosystem} onFilter={(filter) => change({ filter })} />
      {rest ? <p class="wanted-bad">{rest}</p> : null}
      <div class="row">
        <button type="submit" class="primary" disabled={busy}>
          {draft.id === undefined ? "Make the bridge" : "Save"}
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        {busy ? <span class="quiet">This takes some seconds …</span> : null}
      </div>
    </form>
  );
}

interface SettingsProps {
  readonly draft: BridgeDraft;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (part: Partial<BridgeDraft>) => void;
}

function Settings({ draft, problems, onChange }: SettingsProps) {
  return (
    <div class="two">
      <Field
        label="Name"
        required
        maxLength={32}
        hint="As the other app will call it, for example Home"
        problem={problems.get("name")}
        value={draft.name}
        onInput={(e) => onChange({ name: e.currentTarget.value })}
      />
      <Choice
        label="For"
        value={draft.ecosystem}
        options={ECOSYSTEMS}
        onChange={(value) => onChange({ ecosystem: ECOSYSTEMS.find((e) => e.value === value)?.value ?? "any" })}
      />
      <Choice
        label="Shows"
        value={draft.filter.show}
        options={SHOWS}
        onChange={(value) =>
          onChange({ filter: { ...draft.filter, show: SHOWS.find((s) => s.value === value)?.value ?? "all" } })
        }
      />
      <Field
        label="Port"
        inputMode="numeric"
        pattern="[0-9]*"
        hint="Leave it empty and the hub chooses. Alexa needs 5540."
        problem={problems.get("port")}
        value={draft.port}
        onInput={(e) => onChange({ port: e.currentTarget.value })}
      />
    </div>
  );
}

/** The rooms or kinds that a bridge is for. */
function Limits({ draft, onChange }: Pick<Props, "draft" | "onChange">) {
  const { filter } = draft;
  if (filter.show !== "rooms" && filter.show !== "kinds") return null;
  const list = filter.show;
  const kinds = new Map(
    (nodes.value ?? []).flatMap((node) => node.endpoints.flatMap((e) => e.deviceTypes.map((t) => [t.name, t.label]))),
  );
  const options = list === "rooms" ? rooms.value.map((room) => [room, room] as const) : [...kinds];
  return (
    <fieldset class="row">
      <legend>{list === "rooms" ? "Rooms" : "Kinds"}</legend>
      {options.map(([value = "", label]) => (
        <label key={value} class="choice">
          <input
            type="checkbox"
            checked={filter[list].includes(value)}
            onChange={(e) =>
              onChange({
                ...draft,
                filter: { ...filter, [list]: toggled(filter[list], value, e.currentTarget.checked) },
              })
            }
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
