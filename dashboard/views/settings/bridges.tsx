import { useEffect, useState } from "preact/hooks";
import type { BridgeList, BridgeStatus } from "../../../hub/http/schemas.ts";
import { get, inWords } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { BridgeCard } from "./bridge-card.tsx";
import { type BridgeDraft, draftOf, emptyDraft } from "./bridge-draft.ts";
import { BridgeForm } from "./bridge-form.tsx";

/** Fabrics come by a controller's doing: looked for while the page is open, ms. */
const LOOK_MS = 5000;

/** The hub's devices in other ecosystems. */
export function Bridges() {
  const [bridges, setBridges] = useState<readonly BridgeStatus[] | undefined>(undefined);
  const [draft, setDraft] = useState<BridgeDraft | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const read = () =>
    get<BridgeList>("/bridges").then(
      (list) => {
        setProblem("");
        setBridges(list.bridges);
      },
      (error: unknown) => setProblem(inWords(error)),
    );
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const keep = (changed: BridgeStatus) =>
    setBridges((all = []) => {
      const is = (b: BridgeStatus) => b.settings.id === changed.settings.id;
      return all.some(is) ? all.map((b) => (is(b) ? changed : b)) : [...all, changed];
    });
  return (
    <section class="stack" aria-label="Other apps">
      <div class="card stack">
        <h2>Your devices in other apps</h2>
        <p class="quiet">
          A Matter bridge shows the devices of this hub in Apple Home, Google Home, Alexa, SmartThings or Home
          Assistant. What is done there goes through this hub, by its rules. Devices that speak Matter themselves are
          not shown twice: share them instead.
        </p>
        {draft ? null : (
          <div class="row">
            <button type="button" class="primary" onClick={() => setDraft(emptyDraft)}>
              New bridge
            </button>
          </div>
        )}
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
      </div>
      {draft ? (
        <BridgeForm
          draft={draft}
          onChange={setDraft}
          onCancel={() => setDraft(undefined)}
          onSaved={(saved) => {
            keep(saved);
            setDraft(undefined);
          }}
        />
      ) : null}
      <ul class="stack">
        {(bridges ?? []).map((bridge) => (
          <BridgeCard
            key={bridge.settings.id}
            bridge={bridge}
            onChanged={keep}
            onRemoved={() => setBridges((all = []) => all.filter((b) => b !== bridge))}
            onEdit={() => setDraft(draftOf(bridge))}
          />
        ))}
      </ul>
    </section>
  );
}
