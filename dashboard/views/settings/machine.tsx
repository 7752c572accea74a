import { useEffect, useState } from "preact/hooks";
import type { Diagnosis } from "../../../hub/http/schemas.ts";
import { get, inWords } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";

const pills = {
  ok: { words: "fine", tone: "pill-good" },
  warn: { words: "note", tone: "pill-warn" },
  bad: { words: "wrong", tone: "pill-bad" },
} as const;

/** What the machine and its network give the hub, and what to do about what they do not give. */
export function Machine() {
  const [found, setFound] = useState<readonly Diagnosis[] | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const look = async () => {
    setBusy(true);
    setProblem("");
    try {
      setFound((await get<{ found: Diagnosis[] }>("/doctor")).found);
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  };
  useEffect(() => {
    void look();
  }, []);
  return (
    <section class="card stack" aria-label="Machine and network" aria-busy={busy}>
      <div class="row spread">
        <h2>Machine and network</h2>
        <button type="button" disabled={busy} onClick={() => void look()}>
          {busy ? "Looking …" : "Look again"}
        </button>
      </div>
      <p class="quiet">
        Matter devices are found by multicast and spoken to over IPv6. When one can't be paired, the reason often stands
        here.
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <ul class="stack">
        {found?.map((one) => (
          <li key={one.name} class="stack">
            <div class="row spread">
              <strong>{one.name}</strong>
              <span class={`pill ${pills[one.state].tone}`}>{pills[one.state].words}</span>
            </div>
            <span>{one.detail}</span>
            {one.fix ? <span class="quiet">What to do: {one.fix}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
