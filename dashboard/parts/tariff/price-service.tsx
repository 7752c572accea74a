import { useState } from "preact/hooks";
import type { PriceServiceStatus, PriceServices } from "../../../hub/http/schemas.ts";
import { inWords, post, put } from "../../api.ts";
import { moment } from "../../words/format.ts";
import { Choice, Field } from "../field.tsx";
import { Notice } from "../notice.tsx";

interface Props {
  readonly given: PriceServices;
  readonly timeZone: string | undefined;
  readonly onChange: () => void;
}

/** Which public service is asked for prices. Off until a person turns it on. */
export function PriceService({ given, timeZone, onChange }: Props) {
  const { services, status } = given;
  const [chosen, setChosen] = useState({
    on: status.on,
    service: status.service,
    zone: status.zone,
    series: status.series,
  });
  const [key, setKey] = useState("");
  const [note, setNote] = useState<{ readonly tone: "good" | "bad"; readonly text: string } | undefined>(undefined);
  const service = services.find((s) => s.id === chosen.service) ?? services[0];
  const act = (work: Promise<PriceServiceStatus>, done: string) =>
    work.then(
      (now) => {
        setNote(now.problem ? { tone: "bad", text: now.problem } : { tone: "good", text: done });
        onChange();
      },
      (error: unknown) => setNote({ tone: "bad", text: inWords(error) }),
    );
  const save = () =>
    act(
      put<PriceServiceStatus>("/price-service", { ...chosen, ...(key === "" ? {} : { key }) }),
      chosen.on
        ? "Saved. The service is asked when prices run out, at most once an hour."
        : "Saved. Nothing leaves the house.",
    );
  if (!service) return null;
  return (
    <section class="card stack" aria-labelledby="price-service">
      <h2 id="price-service">Price service</h2>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        <OnOff on={chosen.on} name={service.name} onChange={(on) => setChosen({ ...chosen, on })} />
        <Which
          services={services}
          hasKey={status.hasKey}
          chosen={chosen}
          typed={key}
          onChoose={setChosen}
          onKey={setKey}
        />
        <p class="quiet small-text">
          Source: {service.source}. Licence: {service.licence}.
          {status.knownUntil === undefined ? "" : ` Prices are known until ${moment(status.knownUntil, timeZone)}.`}
        </p>
        {status.problem && !note ? <Notice tone="warn">{status.problem}</Notice> : null}
        {note ? <Notice tone={note.tone}>{note.text}</Notice> : null}
        <div class="row">
          <button type="submit" class="primary">
            Save
          </button>
          <button
            type="button"
            disabled={!status.on}
            onClick={() => void act(post<PriceServiceStatus>("/price-service/fetch"), "The prices came.")}
          >
            Ask now
          </button>
        </div>
      </form>
    </section>
  );
}

function OnOff({
  on,
  name,
  onChange,
}: {
  readonly on: boolean;
  readonly name: string;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <label class="choice">
      <input type="checkbox" checked={on} onChange={(e) => onChange(e.currentTarget.checked)} />
      <span>
        Ask a public service for prices
        <br />
        <span class="quiet small-text">
          Then the hub asks {name} on the internet, and tells it nothing but the region. Off: nothing leaves the house.
        </span>
      </span>
    </label>
  );
}

type Chosen = Pick<PriceServiceStatus, "on" | "service" | "zone" | "series">;

interface WhichProps {
  readonly services: PriceServices["services"];
  readonly hasKey: boolean;
  readonly chosen: Chosen;
  readonly typed: string;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onKey: (key: string) => void;
}

function Which({ services, hasKey, chosen, typed, onChoose, onKey }: WhichProps) {
  const service = services.find((s) => s.id === chosen.service);
  const zonesOf = (id: string) => services.find((s) => s.id === id)?.zones ?? [];
  return (
    <div class="two">
      <Choice
        label="Service"
        value={chosen.service}
        options={services.map((s) => ({ value: s.id, label: s.name }))}
        onChange={(id) => onChoose({ ...chosen, service: id, zone: zonesOf(id)[0]?.id ?? "" })}
      />
      <Choice
        label="Region"
        value={chosen.zone}
        options={zonesOf(chosen.service).map((z) => ({ value: z.id, label: z.name }))}
        onChange={(zone) => onChoose({ ...chosen, zone })}
      />
      {service?.keyNeeded ? (
        <Field
          label="Your key"
          type="password"
          autocomplete="off"
          hint={
            hasKey ? "A key is kept; leave this empty to keep it." : "This service gives keys to people who register."
          }
          value={typed}
          onInput={(e) => onKey(e.currentTarget.value)}
        />
      ) : null}
    </div>
  );
}
