import { useId, useState } from "preact/hooks";
import type { HomeSettings } from "../../../hub/http/schemas.ts";
import { inWords, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { readHome, rooms, settings } from "../../store.ts";

/** Which room is on which floor, so that rules can speak of a floor. */
export function Floors() {
  const now = settings.value;
  return now && rooms.value.length > 0 ? <Form now={now} all={rooms.value} /> : null;
}

type ByRoom = Readonly<Record<string, string>>;

const byRoom = ({ floors }: HomeSettings): ByRoom =>
  Object.fromEntries(Object.entries(floors ?? {}).flatMap(([floor, on]) => on.map((room) => [room, floor])));

function byFloor(of: ByRoom): Record<string, string[]> {
  const floors = new Map<string, string[]>();
  for (const [room, said] of Object.entries(of)) {
    const floor = said.trim();
    if (floor) floors.set(floor, [...(floors.get(floor) ?? []), room]);
  }
  return Object.fromEntries(floors);
}

function Form({ now, all }: { readonly now: HomeSettings; readonly all: readonly string[] }) {
  const list = useId();
  const [draft, setDraft] = useState<ByRoom>(() => byRoom(now));
  const [note, setNote] = useState<{ readonly tone: "good" | "bad"; readonly text: string } | undefined>(undefined);
  const floors = Object.keys(byFloor(draft));
  const save = async () => {
    try {
      await put("/home", { ...now, floors: byFloor(draft) });
      await readHome();
      setNote({ tone: "good", text: "Saved." });
    } catch (error) {
      setNote({ tone: "bad", text: inWords(error) });
    }
  };
  return (
    <form
      class="card stack"
      aria-label="Floors"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <h2>Floors</h2>
      <p class="quiet">On which floor a room is. A rule can then mean all lights upstairs.</p>
      <div class="two">
        {all.map((room) => (
          <Field
            key={room}
            label={room}
            list={list}
            maxLength={80}
            placeholder="e.g. Ground floor"
            value={draft[room] ?? ""}
            onInput={(e) => {
              const floor = e.currentTarget.value;
              setDraft((before) => ({ ...before, [room]: floor }));
            }}
          />
        ))}
      </div>
      <datalist id={list}>
        {floors.map((f) => (
          <option key={f} value={f} />
        ))}
      </datalist>
      {note ? <Notice tone={note.tone}>{note.text}</Notice> : null}
      <div class="row">
        <button type="submit">Save</button>
      </div>
    </form>
  );
}
