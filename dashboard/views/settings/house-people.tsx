import { useState } from "preact/hooks";
import type { HouseView, PersonView } from "../../../hub/http/schemas/house-state.ts";
import { now as clock, nodes, settings } from "../../store.ts";
import { moment } from "../../words/format.ts";
import { whereWords } from "../../words/house.ts";
import { PersonForm } from "./house-person-form.tsx";

interface Props {
  readonly now: HouseView;
  readonly save: (path: string, body: object) => Promise<boolean>;
}

/** What is sent of a person: what a person may set, without what the house knows. */
const wishOf = ({ id, name, device, network }: PersonView) => ({
  ...{ id, name },
  ...(device ? { device } : {}),
  ...(network ? { network } : {}),
});

/** Who lives here, where they are and why, and what may tell it. */
export function People({ now, save }: Props) {
  const [open, setOpen] = useState<string | undefined>(undefined);
  const put = async (people: readonly object[]) => {
    if (await save("/house/people", { people })) setOpen(undefined);
  };
  const all = now.people.map(wishOf);
  return (
    <section class="card stack" aria-label="Who lives here">
      <h2>Who lives here</h2>
      <p class="quiet">
        Each is home or away by your word on the home view, and by a device or the phone if you choose one. Your word
        holds until that one says something new.
      </p>
      <ul class="stack">
        {now.people.map((person) => (
          <li key={person.id} class="stack person-row">
            <div class="row spread">
              <span>
                <strong>{person.name}</strong>{" "}
                <span class={`pill ${person.home === true ? "pill-good" : ""}`}>{whereWords(person.home)}</span>
              </span>
              <span class="row">
                <button type="button" class="plain" onClick={() => setOpen(open === person.id ? undefined : person.id)}>
                  {open === person.id ? "Close" : "Change"}
                  <span class="heard"> {person.name}</span>
                </button>
                <button type="button" class="plain" onClick={() => void put(all.filter((p) => p.id !== person.id))}>
                  Remove<span class="heard"> {person.name}</span>
                </button>
              </span>
            </div>
            <p class="quiet small-text">
              {`${person.by}, since ${moment(Math.min(person.since, clock.value), settings.value?.timeZone)}. ${toldBy(person)}`}
            </p>
            {open === person.id ? (
              <PersonForm
                person={person}
                nodes={nodes.value ?? []}
                onLeave={() => setOpen(undefined)}
                onSave={(p) => void put(all.map((old) => (old.id === person.id ? { ...p, id: person.id } : old)))}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {open === "new" ? (
        <PersonForm
          nodes={nodes.value ?? []}
          onLeave={() => setOpen(undefined)}
          onSave={(p) => void put([...all, p])}
        />
      ) : (
        <div class="row">
          <button type="button" onClick={() => setOpen("new")}>
            Add a person
          </button>
        </div>
      )}
    </section>
  );
}

function toldBy({ device, network, seen }: PersonView): string {
  const name = device && (nodes.value?.find((n) => n.id === device.node)?.name ?? device.node);
  const words = [
    name ? `Told by ${name}` : "",
    network ? `Phone ${network.hosts.join(", ")}${seen ? `: ${seen}` : ""}` : "",
  ].filter(Boolean);
  return words.length > 0 ? `${words.join(". ")}.` : "Only by hand.";
}
