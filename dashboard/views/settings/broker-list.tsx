import { useEffect, useState } from "preact/hooks";
import type { BrokerStatus } from "../../../hub/http/schemas.ts";
import { ApiError, del, get, inWords, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { AnnouncingForm } from "./announcing.tsx";

/** How often the state of the connections is read anew while the page is open, ms. */
const LOOK_MS = 2000;

/** The brokers that the hub listens to, and a form for another. */
export function BrokerList() {
  const [all, setAll] = useState<readonly BrokerStatus[] | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const read = () =>
    get<{ brokers: BrokerStatus[] }>("/brokers").then(
      ({ brokers }) => {
        setAll(brokers);
        setProblem("");
      },
      (error: unknown) => setProblem(inWords(error)),
    );
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const remove = async (name: string) => {
    try {
      await del(`/brokers/${encodeURIComponent(name)}`);
    } catch (error) {
      setProblem(inWords(error));
      return;
    }
    await read();
  };
  return (
    <section class="stack" aria-label="MQTT brokers">
      <h2>MQTT brokers</h2>
      <p class="quiet">
        Devices that speak MQTT meet at a broker. The hub has one of its own, and listens to others of your home as
        well: to a Mosquitto, a NATS server, or the one in Home Assistant. Devices appear by themselves.
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <ul class="stack" aria-live="polite">
        {(all ?? []).map((b) => (
          <BrokerCard key={b.name} broker={b} onRemove={() => void remove(b.name)} />
        ))}
      </ul>
      <BrokerForm onSet={() => void read()} />
      <AnnouncingForm />
    </section>
  );
}

function BrokerCard({ broker, onRemove }: { readonly broker: BrokerStatus; readonly onRemove: () => void }) {
  const words = { connecting: "connecting", connected: "connected", waiting: "not connected" }[broker.state];
  const tone = { connecting: "pill-ember", connected: "pill-good", waiting: "pill-bad" }[broker.state];
  const facts = [
    broker.own ? "the hub's own" : undefined,
    broker.protocol ? `MQTT ${broker.protocol}` : undefined,
    broker.encrypted ? "encrypted" : "not encrypted",
    broker.username ? `as ${broker.username}` : undefined,
    `${broker.messages.toLocaleString()} messages`,
  ];
  return (
    <li class="card stack">
      <div class="row spread">
        <strong>{broker.own ? "Built in" : broker.name}</strong>
        <span class={`pill ${tone}`}>{words}</span>
      </div>
      <p class="quiet">
        <code>{broker.url}</code> · {facts.filter(Boolean).join(" · ")}
      </p>
      {broker.reason ? <p class="wanted-bad">{broker.reason}</p> : null}
      {broker.own ? null : (
        <div class="row">
          <button type="button" class="plain" onClick={onRemove}>
            Remove {broker.name}
          </button>
        </div>
      )}
    </li>
  );
}

const EMPTY = { name: "", url: "", username: "", password: "", ca: "" };

function BrokerForm({ onSet }: { readonly onSet: () => void }) {
  const [draft, setDraft] = useState(EMPTY);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const field = (key: keyof typeof EMPTY) => ({
    value: draft[key],
    problem: problems[key],
    autocomplete: "off",
    spellcheck: false,
    onInput: (e: { currentTarget: HTMLInputElement }) => setDraft({ ...draft, [key]: e.currentTarget.value }),
  });
  const save = async () => {
    setProblems({});
    const { name, ...rest } = draft;
    try {
      await put(`/brokers/${encodeURIComponent(name.trim())}`, { ...rest, url: rest.url.trim() });
      setDraft(EMPTY);
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : [];
      setProblems(
        fields.length > 0 ? Object.fromEntries(fields.map((f) => [f.field, f.message])) : { url: inWords(error) },
      );
      return;
    }
    onSet();
  };
  return (
    <form
      class="card stack"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <h3>Listen to another broker</h3>
      <div class="two">
        <Field label="Name" required maxLength={40} hint="yours to choose, such as kitchen-pi" {...field("name")} />
        <Field
          label="Address"
          required
          maxLength={300}
          hint="mqtt://192.168.1.20:1883, or mqtts:// where it is encrypted"
          {...field("url")}
        />
        <Field label="User name" maxLength={200} hint="where the broker asks for one" {...field("username")} />
        <Field label="Password" type="password" maxLength={200} {...field("password")} />
      </div>
      <details>
        <summary>The broker has a certificate of its own making</summary>
        <div class="field">
          <label for="broker-ca">Its authority's certificate (PEM)</label>
          <textarea
            id="broker-ca"
            rows={4}
            spellcheck={false}
            placeholder="-----BEGIN CERTIFICATE-----"
            value={draft.ca}
            onInput={(e) => setDraft({ ...draft, ca: e.currentTarget.value })}
          />
          {problems.ca ? <p class="problem">{problems.ca}</p> : null}
        </div>
      </details>
      <div class="row">
        <button type="submit" class="primary">
          Connect
        </button>
      </div>
    </form>
  );
}
