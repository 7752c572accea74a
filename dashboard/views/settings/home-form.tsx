import { useState } from "preact/hooks";
import type { HomeSettings } from "../../../hub/http/schemas.ts";
import { ApiError, inWords, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { readHome, settings } from "../../store.ts";

type Draft = Readonly<Record<Exclude<keyof HomeSettings, "floors">, string>>;

const draftOf = (now: HomeSettings): Draft => ({
  name: now.name,
  timeZone: now.timeZone,
  latitude: String(now.latitude),
  longitude: String(now.longitude),
  currency: now.currency,
  holidays: now.holidays ?? "",
  mainFuseA: now.mainFuseA === undefined ? "" : String(now.mainFuseA),
});

/** What is sent: numbers as numbers, and nothing for what was left empty. */
function settingsOf(draft: Draft, now: HomeSettings) {
  const { holidays, mainFuseA, ...rest } = draft;
  return {
    ...rest,
    ...(now.floors ? { floors: now.floors } : {}),
    ...(holidays.trim() === "" ? {} : { holidays: holidays.trim().toUpperCase() }),
    ...(mainFuseA.trim() === "" ? {} : { mainFuseA: Number(mainFuseA) }),
    latitude: Number(draft.latitude),
    longitude: Number(draft.longitude),
    currency: draft.currency.toUpperCase(),
  };
}

/** Where the home is and what it counts in: the sun, the clock and the money depend on it. */
export function HomeForm() {
  const now = settings.value;
  return now ? <Form now={now} /> : <p class="quiet loading">Reading …</p>;
}

function Form({ now }: { readonly now: HomeSettings }) {
  const [draft, setDraft] = useState<Draft>(draftOf(now));
  const [error, setError] = useState<unknown>(undefined);
  const [saved, setSaved] = useState(false);
  const save = async () => {
    setSaved(false);
    setError(undefined);
    try {
      await put("/home", settingsOf(draft, now));
      await readHome();
      setSaved(true);
    } catch (e) {
      setError(e);
    }
  };
  const field = (key: keyof Draft) => ({
    value: draft[key],
    required: key !== "holidays" && key !== "mainFuseA",
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
        <Field
          label="Main fuse"
          hint="amperes on each phase; policies plan within it; empty: not known"
          type="number"
          min={6}
          max={400}
          {...field("mainFuseA")}
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
