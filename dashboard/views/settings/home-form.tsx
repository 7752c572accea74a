import { useState } from "preact/hooks";
import type { HomeSettings } from "../../../hub/http/schemas.ts";
import { ApiError, inWords, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { readHome, settings } from "../../store.ts";

type Draft = Readonly<Record<Exclude<keyof HomeSettings, "floors">, string>>;

/** Where the home is and what it counts in: the sun, the clock and the money depend on it. */
export function HomeForm() {
  const now = settings.value;
  return now ? <Form now={now} /> : <p class="quiet loading">Reading …</p>;
}

function Form({ now }: { readonly now: HomeSettings }) {
  const [draft, setDraft] = useState<Draft>({
    name: now.name,
    timeZone: now.timeZone,
    latitude: String(now.latitude),
    longitude: String(now.longitude),
    currency: now.currency,
    holidays: now.holidays ?? "",
  });
  const [error, setError] = useState<unknown>(undefined);
  const [saved, setSaved] = useState(false);
  const save = async () => {
    setSaved(false);
    setError(undefined);
    try {
      const { holidays, ...rest } = draft;
      await put("/home", {
        ...rest,
        ...(now.floors ? { floors: now.floors } : {}),
        ...(holidays.trim() === "" ? {} : { holidays: holidays.trim().toUpperCase() }),
        latitude: Number(draft.latitude),
        longitude: Number(draft.longitude),
        currency: draft.currency.toUpperCase(),
      });
      await readHome();
      setSaved(true);
    } catch (e) {
      setError(e);
    }
  };
  const field = (key: keyof Draft) => ({
    value: draft[key],
    required: key !== "holidays",
    problem: error instanceof ApiError ? error.fields.find((f) => f.field === key)?.message : undefined,
    onInput: (e: { currentTarget: HTMLInputElement }) => {
      const text = e.currentTarget.value;
      setDraft((before) => ({ ...before, [key]: text }));
    },
  });
  return (
    <form
      class="card stack"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <h2>Home</h2>
      <div class="two">
        <Field label="Name" maxLength={80} {...field("name")} />
        <Field label="Time zone" hint="such as Europe/Berlin" {...field("timeZone")} />
        <Field label="Latitude" type="number" step="any" min={-90} max={90} {...field("latitude")} />
        <Field label="Longitude" type="number" step="any" min={-180} max={180} {...field("longitude")} />
        <Field label="Currency" hint="three letters, such as EUR" maxLength={3} {...field("currency")} />
        <Field
          label="Public holidays of"
          hint="a country such as DE, or a region such as DE-BY; empty for none"
          maxLength={6}
          {...field("holidays")}
        />
      </div>
      {error === undefined ? null : <Notice tone="bad">{inWords(error)}</Notice>}
      {saved ? <Notice tone="good">Saved.</Notice> : null}
      <SaveRow />
    </form>
  );
}

const SaveRow = () => (
  <div class="row">
    <button type="submit" class="primary">
      Save
    </button>
  </div>
);
