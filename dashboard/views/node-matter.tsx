import { useEffect, useState } from "preact/hooks";
import type { MatterNode, NodeView } from "../../hub/http/schemas.ts";
import { del, get, inWords, post, put } from "../api.ts";
import { Field } from "../parts/field.tsx";
import { LazyQrCode } from "../parts/qr-code-lazy.ts";
import { now } from "../store.ts";
import { NodeUpdate } from "./node-update.tsx";

/** Looked at again this often while a window is open: the other home shuts it by coming in. */
const WATCH_MS = 5000;

type Tell = (work: () => Promise<unknown>) => Promise<void>;

/** What only Matter knows of a device: the homes it is paired with, sharing it with one more, its own name. */
export function NodeMatter({ node }: { readonly node: NodeView }) {
  const path = `/nodes/${encodeURIComponent(node.id)}/matter`;
  const [facts, setFacts] = useState<MatterNode>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const read = () => get<MatterNode>(path).then(setFacts);
  const tell: Tell = async (work) => {
    setProblem("");
    setBusy(true);
    await work()
      .then(read)
      .catch((error: unknown) => setProblem(inWords(error)));
    setBusy(false);
  };
  const open = facts?.window === "ours" || facts?.window === "another";
  // A device that is away can't say anything: it is asked when it is back, or when a person wants to try.
  const here = node.presence === "here";
  // An update sends its device away for a while: what is seen of it stays.
  const [seen, setSeen] = useState(here);
  useEffect(() => {
    if (!here) return;
    setSeen(true);
    void tell(async () => undefined);
  }, [path, here]);
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(() => void read().catch(() => undefined), WATCH_MS);
    return () => clearInterval(timer);
  }, [open, path]);
  return (
    <section class="card stack" aria-label="Matter">
      <h2>Matter</h2>
      {seen ? <NodeUpdate key={path} path={`${path}/update`} name={node.name} /> : null}
      {problem ? <p class="wanted-bad">{problem}</p> : null}
      {facts ? (
        <>
          <Homes facts={facts} path={path} tell={tell} busy={busy} />
          <Sharing facts={facts} path={path} tell={tell} busy={busy} />
          <OwnName key={facts.label} label={facts.label} path={path} tell={tell} busy={busy} />
        </>
      ) : problem || !here ? (
        <button type="button" onClick={() => void tell(async () => undefined)}>
          Ask the device
        </button>
      ) : (
        <p class="quiet loading">Asking the device …</p>
      )}
    </section>
  );
}

interface PartProps {
  readonly path: string;
  readonly tell: Tell;
  readonly busy: boolean;
}

function Homes({ facts, path, tell, busy }: PartProps & { readonly facts: MatterNode }) {
  const [leaving, setLeaving] = useState<number>();
  const most = facts.fabricsAtMost;
  return (
    <>
      <p class="quiet">
        Paired with {facts.fabrics.length} of {most} homes that it can hold.
      </p>
      <ul class="stack">
        {facts.fabrics.map(({ index, label, maker, ours }) => (
          <li key={index} class="row spread">
            <span>
              {label || "A home without a name"} <span class="quiet">{ours ? "this hub" : maker}</span>
            </span>
            {ours ? null : leaving === index ? (
              <span class="row">
                <button type="button" disabled={busy} onClick={() => void tell(() => del(`${path}/fabrics/${index}`))}>
                  Yes, take it out
                </button>
                <button type="button" onClick={() => setLeaving(undefined)}>
                  Keep
                </button>
              </span>
            ) : (
              <button type="button" disabled={busy} onClick={() => setLeaving(index)}>
                Remove this home
              </button>
            )}
          </li>
        ))}
      </ul>
      {facts.fabrics.length > 1 ? <EveryHome path={path} tell={tell} busy={busy} /> : null}
    </>
  );
}

/** For a device that is given away: this home goes last, and with it this page. */
function EveryHome({ path, tell, busy }: PartProps) {
  const [sure, setSure] = useState(false);
  if (!sure)
    return (
      <div class="row">
        <button type="button" disabled={busy} onClick={() => setSure(true)}>
          Remove it from every home …
        </button>
      </div>
    );
  return (
    <div class="row">
      <button type="button" disabled={busy} onClick={() => void tell(() => del(`${path}/fabrics`))}>
        Yes, from all of them
      </button>
      <button type="button" onClick={() => setSure(false)}>
        Keep
      </button>
    </div>
  );
}

function Sharing({ facts, path, tell, busy }: PartProps & { readonly facts: MatterNode }) {
  const { share, window } = facts;
  const end = () => void tell(() => del(`${path}/window`));
  if (window === "closed")
    return (
      <div class="stack">
        <p class="quiet">
          Share it with Apple, Google, Amazon, Home Assistant or another hub: it stays in this home and comes into that
          one as well.
        </p>
        <div class="row">
          <button type="button" disabled={busy} onClick={() => void tell(() => post(`${path}/window`))}>
            Share with another home
          </button>
        </div>
      </div>
    );
  const minutes = share && Math.max(0, Math.ceil((share.until - now.value) / 60_000));
  return (
    <div class="stack" aria-live="polite">
      {share ? (
        <>
          <p>Scan this with the other home's app, or type the digits there.</p>
          <LazyQrCode text={share.qr} words={`Pairing code ${share.manual}`} />
          <p>
            <strong class="code">{share.manual.replace(/^(\d{4})(\d{3})(\d{4})$/, "$1-$2-$3")}</strong>
          </p>
          <p class="quiet">
            {minutes === 1 ? "1 minute" : `${minutes} minutes`} left. It ends early after 20 wrong codes.
          </p>
        </>
      ) : (
        <p>
          {window === "ours"
            ? "The device is in pairing mode, but the code was lost with a restart of the hub. End it and share anew."
            : "Another home has put the device into pairing mode."}
        </p>
      )}
      <div class="row">
        <button type="button" disabled={busy} onClick={end}>
          End the sharing
        </button>
      </div>
    </div>
  );
}

function OwnName({ label, path, tell, busy }: PartProps & { readonly label: string }) {
  const [text, setText] = useState(label);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void tell(() => put(`${path}/label`, { label: text }));
      }}
    >
      <Field
        label="Name in the device"
        maxLength={32}
        hint="Other homes see this one; the name in this home is yours alone."
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div class="row">
        <button type="submit" disabled={busy || text === label}>
          Write it into the device
        </button>
      </div>
    </form>
  );
}
