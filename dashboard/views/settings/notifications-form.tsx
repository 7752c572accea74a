import { useState } from "preact/hooks";
import type { NotifyChannel } from "../../../hub/http/schemas/notifications.ts";
import { ApiError, inWords, put } from "../../api.ts";
import { Choice, Field } from "../../parts/field.tsx";
import { newId } from "../../words/id.ts";
import { LEVELS } from "./notifications-card.tsx";

const CHOICES = [
  { value: "ntfy", label: "ntfy (phone app)" },
  { value: "webhook", label: "Webhook" },
  { value: "mqtt", label: "MQTT topic" },
] as const;

interface Draft {
  readonly title: string;
  readonly from: string;
  readonly server: string;
  readonly topic: string;
  readonly token: string;
  readonly url: string;
  readonly authorization: string;
  readonly hub: string;
}

/** The fields of each kind of way out. Secret ones come empty, and stay as they are when left so. */
const FIELDS: Readonly<Record<NotifyChannel["kind"], readonly (keyof Draft)[]>> = {
  ntfy: ["server", "topic", "token", "hub"],
  webhook: ["url", "authorization", "hub"],
  mqtt: ["topic"],
  webPush: [],
};

const LABELS: Readonly<Record<string, readonly [label: string, hint: string]>> = {
  server: ["Server", "https://ntfy.sh or your own"],
  topic: ["Topic", "whoever knows it on a public server can read along: make it long"],
  token: ["Access token", "where the server asks for one"],
  url: ["Address", "https, or an address of your own network"],
  authorization: ["Authorization header", "where the receiver asks for one, such as Bearer …"],
  hub: [
    "This hub as the phone reaches it, for answers",
    `such as ${location.origin}; empty: questions are only told there. Whoever can read the messages can answer them.`,
  ],
};

/** As it is kept, without what is secret. */
const draftOf = (channel: NotifyChannel | undefined): Draft => ({
  ...{ title: channel?.title ?? "", from: channel?.from ?? "info", token: "", url: "", authorization: "" },
  ...{ server: channel?.server ?? "https://ntfy.sh", topic: channel?.topic ?? "", hub: channel?.hub ?? "" },
});

/** Makes or changes a way out. */
export function ChannelForm({ channel, onDone }: { readonly channel?: NotifyChannel; readonly onDone: () => void }) {
  const [kind, setKind] = useState<NotifyChannel["kind"]>(channel?.kind ?? "ntfy");
  const [on, setOn] = useState(channel?.on ?? true);
  const [answers, setAnswers] = useState(channel?.answers ?? false);
  const [draft, setDraft] = useState(draftOf(channel));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const set = (key: keyof Draft, text: string) => setDraft((before) => ({ ...before, [key]: text }));
  const save = async () => {
    const { title, from } = draft;
    const typed = Object.fromEntries(FIELDS[kind].map((key) => [key, draft[key].trim()]));
    const own = kind === "mqtt" ? { ...typed, answers } : typed;
    try {
      const id = channel?.id ?? newId(kind);
      await put(`/notify-channels/${encodeURIComponent(id)}`, { kind, title: title.trim(), from, on, ...own });
      onDone();
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : [];
      setProblems(
        fields.length > 0 ? Object.fromEntries(fields.map((f) => [f.field, f.message])) : { title: inWords(error) },
      );
    }
  };
  return (
    <form
      class="stack sunken"
      aria-label={channel ? `Change ${channel.title}` : "Add a way"}
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <div class="two">
        {channel ? null : (
          <Choice label="How" value={kind} options={CHOICES} onChange={(v) => setKind(v as NotifyChannel["kind"])} />
        )}
        <Field
          label="Name"
          required
          maxLength={60}
          hint="yours to choose, such as Anna's phone"
          value={draft.title}
          problem={problems.title}
          onInput={(e) => set("title", e.currentTarget.value)}
        />
        <Choice
          label="Tell"
          value={draft.from}
          options={Object.entries(LEVELS).map(([value, label]) => ({ value, label }))}
          onChange={(v) => set("from", v)}
        />
        <OwnFields kind={kind} channel={channel} draft={draft} problems={problems} onSet={set} />
      </div>
      {kind === "mqtt" ? <Tick words={answering(draft.topic)} on={answers} onChange={setAnswers} /> : null}
      <Tick words="Turned on" on={on} onChange={setOn} />
      <div class="row">
        <button type="submit" class="primary">
          Save
        </button>
        <button type="button" class="plain" onClick={onDone}>
          Cancel
        </button>
      </div>
    </form>
  );
}

const answering = (topic: string): string =>
  `Take answers to questions on ${topic.trim() || "the topic"}/answer, from whoever may write there`;

interface TickProps {
  readonly words: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

const Tick = ({ words, on, onChange }: TickProps) => (
  <label class="choice">
    <input type="checkbox" checked={on} onChange={(e) => onChange(e.currentTarget.checked)} />
    <span>{words}</span>
  </label>
);

interface OwnProps {
  readonly kind: NotifyChannel["kind"];
  readonly channel: NotifyChannel | undefined;
  readonly draft: Draft;
  readonly problems: Readonly<Record<string, string>>;
  readonly onSet: (key: keyof Draft, text: string) => void;
}

/** The fields that only this kind of way has. */
function OwnFields({ kind, channel, draft, problems, onSet }: OwnProps) {
  const isKept = (key: string) => channel !== undefined && (key === "url" || (isSecret(key) && channel.hasSecret));
  const hintOf = (key: string) => (kind === "mqtt" ? "such as house/messages" : LABELS[key]?.[1]);
  return (
    <>
      {FIELDS[kind].map((key) => (
        <Field
          key={`${kind}-${key}`}
          label={LABELS[key]?.[0] ?? key}
          hint={isKept(key) ? "leave it empty to keep the one there is" : hintOf(key)}
          type={isSecret(key) ? "password" : "text"}
          required={!isSecret(key) && !isKept(key) && key !== "hub"}
          autocomplete="off"
          spellcheck={false}
          value={draft[key]}
          problem={problems[key]}
          onInput={(e) => onSet(key, e.currentTarget.value)}
        />
      ))}
    </>
  );
}

const isSecret = (key: string): boolean => key === "token" || key === "authorization";
