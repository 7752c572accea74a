import { useEffect, useState } from "preact/hooks";
import type { KeptMapping, UnreadList } from "../../../hub/http/schemas.ts";
import { get, inWords } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { linkTo } from "../../router.ts";
import { nodes } from "../../store.ts";
import "../../styles/mappings.css";
import { type Draft, draftOf, newDraft } from "./mapping-draft.ts";
import { leavesOf, MappingForm } from "./mapping-form.tsx";
import { MappingList } from "./mapping-list.tsx";

/** How often the list of unread topics is read anew while it is shown, ms. */
const LOOK_MS = 3000;

/** Messages that nobody reads yet, the devices that people made of such, and the form between the two. */
export function Mappings() {
  const [all, setAll] = useState<readonly KeptMapping[]>([]);
  const [draft, setDraft] = useState<Draft | undefined>(undefined);
  const [made, setMade] = useState<KeptMapping | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const failed = (error: unknown) => setProblem(inWords(error));
  const read = () => void get<{ mappings: KeptMapping[] }>("/mappings").then((a) => setAll(a.mappings), failed);
  useEffect(read, []);
  const begin = (topic: string) => {
    setMade(undefined);
    setProblem("");
    leavesOf(topic).then((leaves) => setDraft(newDraft(topic, leaves)), failed);
  };
  if (draft)
    return (
      <MappingForm
        key={draft.id ?? "new"}
        start={draft}
        taken={all.map((m) => m.id)}
        onDone={(kept) => {
          setDraft(undefined);
          setMade(kept);
          read();
        }}
      />
    );
  return (
    <>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {made ? <Made kept={made} /> : null}
      <Unread onChoose={begin} />
      <MappingList
        mappings={all}
        onChange={read}
        onEdit={(kept) => {
          setMade(undefined);
          setDraft(draftOf(kept));
        }}
      />
    </>
  );
}

function Made({ kept }: { readonly kept: KeptMapping }) {
  const isThere = nodes.value?.some((n) => n.id === kept.node) ?? false;
  return (
    <Notice tone="good">
      {kept.mapping.name} is kept.{" "}
      {isThere ? <a href={linkTo("node", kept.node)}>See the device</a> : "It appears as soon as it is heard."}
    </Notice>
  );
}

function Unread({ onChoose }: { readonly onChoose: (topic: string) => void }) {
  const [search, setSearch] = useState("");
  const [list, setList] = useState<UnreadList | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let isOver = false;
    const read = () =>
      get<UnreadList>(`/mqtt/unread?search=${encodeURIComponent(search)}`).then(
        (found) => {
          if (isOver) return;
          setList(found);
          setProblem("");
        },
        (error: unknown) => setProblem(inWords(error)),
      );
    void read();
    const timer = setInterval(() => void read(), LOOK_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [search]);
  return (
    <section class="stack" aria-label="Messages that nobody reads yet">
      <h2>Messages that nobody reads yet</h2>
      <p class="quiet">
        The hub knows many makers' devices by themselves. What it does not know you can tell it: choose a topic, and say
        what its values mean.
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <Field
        label="Search"
        type="search"
        maxLength={200}
        hint="in topics and messages"
        value={search}
        onInput={(e) => setSearch(e.currentTarget.value)}
      />
      {list && list.topics.length === 0 ? (
        <Notice tone="calm">
          {list.total === 0 ? "Every message that comes is read." : "No topic fits the search."}
        </Notice>
      ) : null}
      <ul class="unread">
        {(list?.topics ?? []).map((t) => (
          <li key={`${t.broker} ${t.topic}`} class="card stack">
            <div class="row spread">
              <code class="unread-topic">{t.topic}</code>
              <button type="button" class="small" onClick={() => onChoose(t.topic)}>
                Make a device of this<span class="heard">: {t.topic}</span>
              </button>
            </div>
            <code class="unread-sample quiet small-text">{t.sample}</code>
            <p class="quiet small-text">
              {t.count === 1 ? "one message" : `${t.count.toLocaleString()} messages`}, the last at{" "}
              {new Date(t.at).toLocaleTimeString("en-GB")}
              {t.retained ? ", kept by the broker" : ""} · {t.broker}
            </p>
          </li>
        ))}
      </ul>
      {list && list.total > list.topics.length && list.topics.length > 0 ? (
        <p class="quiet small-text">
          {list.topics.length} of {list.total} topics; search for the others.
        </p>
      ) : null}
    </section>
  );
}
