import { useEffect, useRef, useState } from "preact/hooks";
import type {
  DeviceTypeView,
  HouseWord,
  KeptMapping,
  Leaf,
  UnreadList,
  ValuePreview,
} from "../../../hub/http/schemas.ts";
import { ApiError, get, inWords, post, put } from "../../api.ts";
import { Choice } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { type Draft, freeId, mappingOf, type Row, topicsOf, withLeaves } from "./mapping-draft.ts";
import { MappingHead } from "./mapping-head.tsx";
import { MappingRow } from "./mapping-row.tsx";

/** How long after the last key the preview is asked for, ms. */
const PAUSE_MS = 350;

interface Props {
  readonly start: Draft;
  /** Ids that are taken. */
  readonly taken: readonly string[];
  readonly onDone: (kept: KeptMapping | undefined) => void;
}

type Problems = Readonly<Record<string, string>>;

const fieldsOf = (error: unknown): Problems =>
  error instanceof ApiError && error.fields.length > 0
    ? Object.fromEntries(error.fields.map((f) => [f.field, f.message]))
    : { "": inWords(error) };

export const leavesOf = (topic: string): Promise<readonly Leaf[]> =>
  get<{ leaves: Leaf[] }>(`/mqtt/leaves?topic=${encodeURIComponent(topic)}`).then(({ leaves }) => leaves);

/** A form that makes a device of messages, and shows at each step how the last message reads. */
export function MappingForm({ start, taken, onDone }: Props) {
  const [draft, setDraft] = useState(start);
  const [words, setWords] = useState<readonly HouseWord[]>([]);
  const [types, setTypes] = useState<readonly DeviceTypeView[]>([]);
  const { previews, problems, setProblems } = usePreview(draft);
  const title = useRef<HTMLHeadingElement>(null);
  // It stands where the list was: without this, a person may look at another place of the page.
  useEffect(() => title.current?.focus(), []);
  useEffect(() => {
    get<{ words: HouseWord[] }>("/mappings/words").then(
      (a) => setWords(a.words),
      (e) => setProblems(fieldsOf(e)),
    );
    get<{ deviceTypes: DeviceTypeView[] }>("/device-types").then(
      (a) => setTypes(a.deviceTypes),
      () => undefined,
    );
    // One that is changed shows what its topics said last; where nothing was heard, only what it maps.
    if (start.id !== undefined) for (const topic of topicsOf(start)) add(topic, false);
  }, []);
  const add = (topic: string, take: boolean) =>
    void leavesOf(topic).then(
      (leaves) => setDraft((d) => ({ ...d, rows: withLeaves(d.rows, leaves, take) })),
      () => undefined,
    );
  // Of the draft as it is by then: an answer of the hub may have changed it.
  const head = (change: Partial<Draft["head"]>) => setDraft((d) => ({ ...d, head: { ...d.head, ...change } }));
  const save = async () => {
    const id = draft.id ?? freeId(draft.head.name, taken);
    await put<KeptMapping>(`/mappings/${id}`, mappingOf(draft)).then(onDone, (e: unknown) => setProblems(fieldsOf(e)));
  };
  const whole = problems[""] ?? problems.id ?? problems.values;
  const count = draft.rows.filter((r) => r.take).length;
  return (
    <form
      class="card stack mapping"
      aria-label={draft.id === undefined ? "A new device" : `Change ${start.head.name}`}
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <h3 ref={title} tabIndex={-1}>
        {draft.id === undefined ? "A new device" : `Change ${start.head.name}`}
      </h3>
      {whole ? <Notice tone="bad">{whole}</Notice> : null}
      <MappingHead draft={draft} types={types} problems={problems} change={head} />
      {topicsOf(draft).map((topic) => (
        <TopicRows
          key={topic}
          {...{ topic, draft, words, previews, problems }}
          onChange={(at, row) => setDraft((d) => ({ ...d, rows: d.rows.map((r, i) => (i === at ? row : r)) }))}
        />
      ))}
      <OtherTopic topics={topicsOf(draft)} onAdd={(topic) => add(topic, true)} />
      <div class="row">
        <button type="submit" class="primary" disabled={count === 0}>
          {draft.id === undefined ? "Make the device" : "Save"}
        </button>
        <button type="button" class="plain" onClick={() => onDone(undefined)}>
          Cancel
        </button>
        <span class="quiet small-text">
          {count === 0 ? "Take at least one value." : `${count} of its values are taken.`}
        </span>
      </div>
    </form>
  );
}

/** How the last messages read, and what does not fit, a moment after each change. */
function usePreview(draft: Draft) {
  const [previews, setPreviews] = useState<readonly ValuePreview[]>([]);
  const [problems, setProblems] = useState<Problems>({});
  useEffect(() => {
    const mapping = mappingOf(draft);
    if (mapping.values.length === 0) return undefined;
    let isOver = false;
    const timer = setTimeout(() => {
      post<{ values: ValuePreview[] }>("/mappings/preview", mapping).then(
        ({ values }) => {
          if (isOver) return;
          setPreviews(values);
          setProblems({});
        },
        (error: unknown) => {
          if (isOver) return;
          setPreviews([]);
          setProblems(fieldsOf(error));
        },
      );
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [draft]);
  return { previews, problems, setProblems };
}

interface RowsProps {
  readonly topic: string;
  readonly draft: Draft;
  readonly words: readonly HouseWord[];
  readonly previews: readonly ValuePreview[];
  readonly problems: Problems;
  readonly onChange: (at: number, row: Row) => void;
}

function TopicRows({ topic, draft, words, previews, problems, onChange }: RowsProps) {
  const taken = draft.rows.filter((r) => r.take);
  const mine = (row: Row): Problems => {
    const prefix = `values.${taken.indexOf(row)}.`;
    const found = Object.entries(problems).filter(([field]) => field.startsWith(prefix));
    return Object.fromEntries(found.map(([field, message]) => [field.slice(prefix.length), message]));
  };
  return (
    <section class="stack" aria-label={topic}>
      <h4>
        <code>{topic}</code>
      </h4>
      <ul class="mapped-list">
        {draft.rows.map((row, at) =>
          row.value.topic === topic ? (
            <MappingRow
              key={row.value.field ?? ""}
              row={row}
              words={words}
              preview={row.take ? previews[taken.indexOf(row)] : undefined}
              problems={row.take ? mine(row) : {}}
              onChange={(now) => onChange(at, now)}
            />
          ) : null,
        )}
      </ul>
    </section>
  );
}

/** Values of the same device on other topics: those that begin alike are offered. */
function OtherTopic({
  topics,
  onAdd,
}: {
  readonly topics: readonly string[];
  readonly onAdd: (topic: string) => void;
}) {
  const [others, setOthers] = useState<readonly string[]>([]);
  const base = topics[0]?.split("/").slice(0, -1).join("/") ?? "";
  const known = topics.join(" ");
  useEffect(() => {
    const begins = base === "" ? "" : `${base}/`;
    get<UnreadList>(`/mqtt/unread?search=${encodeURIComponent(base.slice(0, 200))}`).then(
      (a) => setOthers(a.topics.map((t) => t.topic).filter((t) => t.startsWith(begins) && !topics.includes(t))),
      () => undefined,
    );
  }, [base, known]);
  if (others.length === 0) return null;
  return (
    <Choice
      label="Take values from another topic as well"
      value=""
      options={[{ value: "", label: "choose a topic …" }, ...[...others].sort().map((t) => ({ value: t, label: t }))]}
      onChange={(topic) => topic && onAdd(topic)}
    />
  );
}
