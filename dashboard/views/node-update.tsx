import { useEffect, useState } from "preact/hooks";
import type { DeviceUpdate } from "../../hub/http/schemas.ts";
import { del, get, inWords, post } from "../api.ts";
import { bytes, number } from "../words/format.ts";

/** Looked at again this often while an update runs. */
const WATCH_MS = 1000;

interface Props {
  /** Of the API, e.g. `/nodes/lamp/matter/update`. */
  readonly path: string;
  readonly name: string;
}

/** The version of a Matter device, the update there is for it, and how one goes. Begins nothing without a person's yes. */
export function NodeUpdate({ path, name }: Props) {
  const [update, setUpdate] = useState<DeviceUpdate>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const read = () => get<DeviceUpdate>(path).then(setUpdate, () => undefined);
  const tell = async (work: () => Promise<unknown>) => {
    setProblem("");
    setBusy(true);
    await work().catch((error: unknown) => setProblem(inWords(error)));
    await read();
    setBusy(false);
  };
  const running = update?.run?.state === "running";
  useEffect(() => {
    void read();
    if (!running) return;
    const timer = setInterval(() => void read(), WATCH_MS);
    return () => clearInterval(timer);
  }, [path, running]);
  if (!update) return null;
  const { words, able, offer } = update;
  return (
    <section class="stack" aria-label="Firmware">
      <div class="row spread">
        <span>
          Firmware <strong>{words}</strong>
        </span>
        {able && !running ? (
          <button type="button" class="plain" disabled={busy} onClick={() => void tell(() => post(`${path}/look`))}>
            Look for an update
          </button>
        ) : null}
      </div>
      {able ? null : <p class="quiet small-text">This device takes no updates through Matter; use its maker's app.</p>}
      {update.run ? (
        <Run run={update.run} busy={busy} stop={() => void tell(() => del(path))} />
      ) : able && !offer ? (
        <p class="quiet small-text">No update is known for it.</p>
      ) : null}
      {problem ? <p class="wanted-bad">{problem}</p> : null}
      {offer && !running ? (
        <Offer
          key={offer.version}
          offer={offer}
          name={name}
          busy={busy}
          yes={() => void tell(() => post(path, { version: offer.version }))}
        />
      ) : null}
    </section>
  );
}

interface OfferProps {
  readonly offer: NonNullable<DeviceUpdate["offer"]>;
  readonly name: string;
  readonly busy: boolean;
  readonly yes: () => void;
}

function Offer({ offer, name, busy, yes }: OfferProps) {
  const [sure, setSure] = useState(false);
  const { words, size, notes, source } = offer;
  return (
    <>
      <p>
        <span class="pill pill-good">update</span> Version <strong>{words}</strong>
        {size === undefined ? "" : `, ${bytes(size)}`}
        {source === "ledger" ? ", from its maker's server" : ", from a file on this hub"}.{" "}
        {notes ? (
          <a href={notes} target="_blank" rel="noreferrer noopener">
            What is new
          </a>
        ) : null}
      </p>
      {sure ? (
        <>
          <p class="quiet">
            {name} downloads the update, restarts, and can't be used for some minutes. Don't take its power meanwhile.
          </p>
          <div class="row">
            <button type="button" class="primary" disabled={busy} onClick={yes}>
              Yes, update to {words}
            </button>
            <button type="button" onClick={() => setSure(false)}>
              Not now
            </button>
          </div>
        </>
      ) : (
        <div class="row">
          <button type="button" disabled={busy} onClick={() => setSure(true)}>
            Update
          </button>
        </div>
      )}
    </>
  );
}

interface RunProps {
  readonly run: NonNullable<DeviceUpdate["run"]>;
  readonly busy: boolean;
  readonly stop: () => void;
}

const ENDS = { done: "Updated", failed: "Not updated", cancelled: "Update stopped" } as const;

function Run({ run, busy, stop }: RunProps) {
  if (run.state !== "running")
    return (
      <p class={run.state === "failed" ? "wanted-bad" : "quiet"}>
        {ENDS[run.state]}. {run.detail}
      </p>
    );
  return (
    <div class="stack" aria-live="polite">
      <span>
        Update to <strong>{run.words}</strong> {number(run.done * 100, 0)} %{" "}
        <span class="quiet small-text">{run.detail}</span>
      </span>
      <progress max={1} value={run.done} aria-label={`Update to ${run.words}`} />
      {run.stoppable ? (
        <div class="row">
          <button type="button" disabled={busy} onClick={stop}>
            Stop the update
          </button>
        </div>
      ) : null}
    </div>
  );
}
