import { useState } from "preact/hooks";
import type { PairingJob } from "../../hub/http/schemas.ts";
import { del, inWords, post } from "../api.ts";
import { linkTo } from "../router.ts";

const words = { running: "under way", asking: "asks you", done: "paired", failed: "failed", cancelled: "cancelled" };
const tones = {
  running: "pill-ember",
  asking: "pill-ember",
  done: "pill-good",
  failed: "pill-bad",
  cancelled: "",
};

/** One pairing: how far it is, what it asks, how it ended. */
export function PairingCard({ job, name }: { readonly job: PairingJob; readonly name?: string | undefined }) {
  const [problem, setProblem] = useState("");
  const tell = async (work: () => Promise<unknown>) => {
    setProblem("");
    await work().catch((error: unknown) => setProblem(inWords(error)));
  };
  const open = job.state === "running" || job.state === "asking";
  return (
    <li class="card stack">
      <div class="row spread">
        <strong>{job.step}</strong>
        <span class={`pill ${tones[job.state]}`}>{words[job.state]}</span>
      </div>
      {open ? <progress value={job.done} max={1} aria-label="How far the pairing is" /> : null}
      {job.question ? <Question job={job.id} question={job.question} tell={tell} /> : null}
      {job.problem ? <p class={job.state === "failed" ? "wanted-bad" : "quiet"}>{job.problem}</p> : null}
      {problem ? <p class="wanted-bad">{problem}</p> : null}
      {job.node ? (
        <p>
          <a href={linkTo("node", job.node)}>Open {name}</a> to name it and give it a room.
        </p>
      ) : null}
      {open ? (
        <div class="row">
          <button type="button" onClick={() => void tell(() => del(`/pairings/${encodeURIComponent(job.id)}`))}>
            Cancel
          </button>
        </div>
      ) : null}
    </li>
  );
}

interface QuestionProps {
  readonly job: string;
  readonly question: NonNullable<PairingJob["question"]>;
  readonly tell: (work: () => Promise<unknown>) => Promise<void>;
}

/** No button has the look of the right one: only the person knows where the device comes from. */
function Question({ job, question, tell }: QuestionProps) {
  const answer = (accept: boolean) => void tell(() => post(`/pairings/${encodeURIComponent(job)}/answer`, { accept }));
  return (
    <div class="stack" role="alert">
      <p>{question.text}</p>
      <ul>
        {question.findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
      <p class="quiet small-text">
        Without an answer until {new Date(question.until).toLocaleTimeString([], { timeStyle: "short" })} it stays out.
      </p>
      <div class="row">
        <button type="button" onClick={() => answer(true)}>
          Pair it all the same
        </button>
        <button type="button" onClick={() => answer(false)}>
          Leave it out
        </button>
      </div>
    </div>
  );
}
