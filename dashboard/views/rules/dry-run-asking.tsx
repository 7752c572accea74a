import { useEffect, useRef, useState } from "preact/hooks";
import { del, get, post } from "../../api.ts";
import { Choice } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { refusal, wantedBy, whereOf } from "./reading.ts";
import "../../styles/dry-run.css";

const LOOK_AGAIN_MS = 250;
const SPANS = [
  { value: "7", label: "the past week" },
  { value: "30", label: "the past 30 days" },
  { value: "90", label: "the past 3 months" },
  { value: "365", label: "the past year" },
];

type Going = { readonly id: string; readonly done: number };
type Running = { readonly state: "running"; readonly done: number };
type Failed = { readonly state: "failed"; readonly why: string };

export interface Asking {
  readonly days: string;
  readonly going: Going | undefined;
  readonly problem: readonly string[];
  setDays(days: string): void;
  /** What is asked beside the days. */
  start(wish: object): Promise<void>;
  cancel(): void;
}

/** A trial that the hub works out while somebody waits. `path`: where it is asked for; `onEnd` hears an answer that is no failure. */
export function useTrial<A extends { readonly state: string }>(
  path: string,
  days: string,
  onEnd: (answer: Exclude<A, Running | Failed>) => void,
): Asking {
  const [span, setDays] = useState(days);
  const [going, setGoing] = useState<Going | undefined>(undefined);
  const [problem, setProblem] = useState<readonly string[]>([]);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  const fail = (error: unknown) => {
    const { gaps, problem: words } = refusal(error);
    setProblem(words ? [words] : wantedBy(gaps).map((g) => `${whereOf(g.field)}: ${g.message}`));
  };
  const follow = async (id: string) => {
    for (;;) {
      const answer = await get<A | Running | Failed>(`${path}/${encodeURIComponent(id)}`);
      if (gone.current) return;
      if (answer.state === "failed") throw new Error((answer as Failed).why);
      if (answer.state !== "running") return onEnd(answer as Exclude<A, Running | Failed>);
      setGoing({ id, done: (answer as Running).done });
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  };
  const start = async (wish: object) => {
    setProblem([]);
    setGoing({ id: "", done: 0 });
    try {
      const begun = await post<{ id: string }>(path, { ...wish, days: Number(span) });
      await follow(begun.id);
    } catch (error) {
      fail(error);
    }
    setGoing(undefined);
  };
  const cancel = () => {
    if (going) void del(`/jobs/${encodeURIComponent(going.id)}`).catch(() => undefined);
  };
  return { days: span, going, problem, setDays, start, cancel };
}

interface Props {
  readonly asking: Asking;
  /** What the button says. */
  readonly deed: string;
  readonly disabled?: boolean;
  readonly onStart: () => void;
}

/** Over how long, the button, how far it is, and what went wrong. */
export function TrialAsk({ asking, deed, disabled = false, onStart }: Props) {
  const { days, going, problem, setDays, cancel } = asking;
  return (
    <>
      <div class="row dry-run-ask">
        <Choice label="Over" value={days} options={SPANS} onChange={setDays} />
        {going ? (
          <button type="button" onClick={cancel}>
            Cancel
          </button>
        ) : (
          <button type="button" class="primary" disabled={disabled} onClick={onStart}>
            {deed}
          </button>
        )}
      </div>
      {going ? <progress value={going.done} max={1} aria-label="How far it is" /> : null}
      {problem.length > 0 ? <Notice tone="bad">{problem.join("; ")}</Notice> : null}
    </>
  );
}
