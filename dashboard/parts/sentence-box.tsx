import { useState } from "preact/hooks";
import type { Candidate, SentenceAnswer, SentenceRequest } from "../../hub/http/schemas.ts";
import { Icon } from "./icon.tsx";

interface Props {
  /** Asks the hub; throws with words. */
  readonly ask: (said: SentenceRequest) => Promise<SentenceAnswer>;
}

/** A sentence to the house, its answer, and the question back when several devices fit. */
export function SentenceBox({ ask }: Props) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState("");
  const [answer, setAnswer] = useState<SentenceAnswer | undefined>(undefined);
  const [problem, setProblem] = useState("");

  const send = async (sentence: string, candidate?: Candidate) => {
    if (sentence.trim() === "" || busy) return;
    setBusy(true);
    setProblem("");
    setAsked(sentence);
    try {
      const choice = candidate && { node: candidate.node, endpoint: candidate.endpoint };
      const said = await ask({ text: sentence.trim(), ...(choice && { choice }) });
      setAnswer(said);
      if (said.kind !== "notUnderstood" && said.kind !== "askBack") setText("");
    } catch (error) {
      setAnswer(undefined);
      setProblem(error instanceof Error ? error.message : "That did not work.");
    }
    setBusy(false);
  };

  return (
    <section class="sentence" aria-label="Say it to the house">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void send(text);
        }}
      >
        <input
          type="text"
          value={text}
          maxLength={500}
          enterkeyhint="send"
          autocomplete="off"
          aria-label="A sentence to the house"
          placeholder="Turn off the lights in the kitchen"
          onInput={(e) => setText(e.currentTarget.value)}
        />
        <button type="submit" class="round primary" aria-label="Say it" disabled={busy || text.trim() === ""}>
          <Icon name="send" />
        </button>
      </form>
      <div aria-live="polite" class="sentence-answer">
        {busy ? <p class="quiet">The house is thinking …</p> : null}
        {problem ? <p class="wanted-bad">{problem}</p> : null}
        {answer && !busy ? <Said answer={answer} onPick={(c) => void send(asked, c)} /> : null}
      </div>
    </section>
  );
}

function Said({ answer, onPick }: { readonly answer: SentenceAnswer; readonly onPick: (c: Candidate) => void }) {
  const troubles =
    answer.kind === "done"
      ? answer.results.flatMap((r) => (r.outcome.state === "refused" || r.outcome.state === "unconfirmed" ? [r] : []))
      : [];
  return (
    <>
      <p class={`said said-${answer.kind}`} lang={"language" in answer ? answer.language : undefined}>
        {answer.text}
      </p>
      {troubles.map((r) => (
        <p class="wanted-bad" key={r.id}>
          {r.outcome.state}
          {"reason" in r.outcome ? `: ${r.outcome.reason}` : ""}
        </p>
      ))}
      {answer.kind === "askBack" ? (
        <div class="candidates">
          {answer.candidates.map((c) => (
            <button type="button" key={`${c.node}/${c.endpoint}`} onClick={() => onPick(c)}>
              {c.name}
              {c.room ? <span class="quiet"> · {c.room}</span> : null}
            </button>
          ))}
        </div>
      ) : null}
    </>
  );
}
