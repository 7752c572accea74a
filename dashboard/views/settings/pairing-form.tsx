import { useEffect, useState } from "preact/hooks";
import type { PairingJob } from "../../../hub/http/schemas.ts";
import { ApiError, inWords, post } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { linkTo } from "../../router.ts";
import { nodes, pairings, readPairings } from "../../store.ts";
import { nameOf } from "../../words/goal.ts";

/** Commissioning of a Matter device by its code. */
export function PairingForm() {
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState("");
  useEffect(() => {
    void readPairings().catch(() => undefined);
  }, []);
  const pair = async () => {
    setProblem("");
    try {
      const job = await post<PairingJob>("/pairings", { code: code.trim() });
      // The stream may already have told of it.
      if (!pairings.value.some((j) => j.id === job.id)) pairings.value = [job, ...pairings.value];
      setCode("");
    } catch (error) {
      setProblem(error instanceof ApiError && error.fields[0] ? error.fields[0].message : inWords(error));
    }
  };
  return (
    <section class="stack" aria-label="Pair a Matter device">
      <div class="card stack">
        <h2>Pair a Matter device</h2>
        <p class="quiet">
          Plug the device in, bring it into the home's network, and type the code from its label or its maker's app.
          Devices that speak MQTT need none of this: they appear by themselves.
        </p>
        <form
          class="stack"
          onSubmit={(e) => {
            e.preventDefault();
            void pair();
          }}
        >
          <Field
            label="Pairing code"
            required
            maxLength={120}
            autocomplete="off"
            spellcheck={false}
            hint="11 or 21 digits such as 3497-011-2332, or the text of the QR code (MT:…)"
            problem={problem || undefined}
            value={code}
            onInput={(e) => setCode(e.currentTarget.value)}
          />
          <div class="row">
            <button type="submit" class="primary">
              Pair
            </button>
          </div>
        </form>
      </div>
      <ul class="stack" aria-live="polite">
        {pairings.value.map((job) => (
          <PairingCard key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function PairingCard({ job }: { readonly job: PairingJob }) {
  const words = { running: "under way", done: "paired", failed: "failed" }[job.state];
  const tone = { running: "pill-ember", done: "pill-good", failed: "pill-bad" }[job.state];
  return (
    <li class="card stack">
      <div class="row spread">
        <strong>{job.step}</strong>
        <span class={`pill ${tone}`}>{words}</span>
      </div>
      {job.problem ? <p class="wanted-bad">{job.problem}</p> : null}
      {job.node ? (
        <p>
          <a href={linkTo("node", job.node)}>Open {nameOf(nodes.value ?? [], job.node)}</a> to name it and give it a
          room.
        </p>
      ) : null}
    </li>
  );
}
