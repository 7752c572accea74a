import { useState } from "preact/hooks";
import type { BridgeStatus } from "../../../hub/http/schemas.ts";
import { del, inWords, post } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { LazyQrCode } from "../../parts/qr-code-lazy.ts";
import { now } from "../../store.ts";
import { ECOSYSTEMS } from "./bridge-draft.ts";

interface Props {
  readonly bridge: BridgeStatus;
  readonly onChanged: (bridge: BridgeStatus) => void;
  readonly onRemoved: () => void;
  readonly onEdit: () => void;
}

const states = {
  online: ["online", "pill-good"],
  starting: ["starting", "pill-ember"],
  failed: ["not running", "pill-bad"],
} as const;

/** 3497-011-2332, as labels have it. */
const spaced = (code: string): string => code.replace(/^(\d{4})(\d{3})(\d{4})$/, "$1-$2-$3");

/** One bridge: how it is, its code while it is open, and the apps that are connected. */
export function BridgeCard({ bridge, onChanged, onRemoved, onEdit }: Props) {
  const [problem, setProblem] = useState("");
  const [sure, setSure] = useState(false);
  const { settings } = bridge;
  const path = `/bridges/${encodeURIComponent(settings.id)}`;
  const tell = async (work: () => Promise<BridgeStatus | undefined>) => {
    setProblem("");
    try {
      const changed = await work();
      if (changed) onChanged(changed);
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  const remove = async () => {
    await del(path);
    onRemoved();
    return undefined;
  };
  const [words, tone] = states[bridge.state];
  return (
    <li class="card stack">
      <div class="row spread">
        <h3>{settings.name}</h3>
        <span class={`pill ${tone}`}>{words}</span>
      </div>
      <p class="quiet">
        {ECOSYSTEMS.find((e) => e.value === settings.ecosystem)?.label}: {bridge.shown} devices, port {settings.port}
      </p>
      {bridge.problem ? <Notice tone="bad">{bridge.problem}</Notice> : null}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <Window bridge={bridge} onOpen={(open) => void tell(() => post<BridgeStatus>(`${path}/window`, { open }))} />
      <Fabrics bridge={bridge} onRemove={(index) => void tell(() => del<BridgeStatus>(`${path}/fabrics/${index}`))} />
      <div class="row">
        <button type="button" onClick={onEdit}>
          Change
        </button>
        {sure ? (
          <>
            <button type="button" onClick={() => void tell(remove)}>
              Remove {settings.name} and its devices from all apps
            </button>
            <button type="button" onClick={() => setSure(false)}>
              Keep it
            </button>
          </>
        ) : (
          <button type="button" onClick={() => setSure(true)}>
            Remove
          </button>
        )}
      </div>
    </li>
  );
}

/** The code while another app may pair, with the time that is left. */
function Window({ bridge, onOpen }: { readonly bridge: BridgeStatus; readonly onOpen: (open: boolean) => void }) {
  const left = Math.ceil((bridge.openUntil - Math.max(now.value, Date.now())) / 60_000);
  if (bridge.state !== "online") return null;
  if (bridge.openUntil === 0 || left <= 0)
    return (
      <div class="row">
        <button type="button" class="primary" onClick={() => onOpen(true)}>
          Connect an app
        </button>
        <span class="quiet">Opens the bridge for 15 minutes.</span>
      </div>
    );
  return (
    <div class="bridge-window">
      {bridge.qrCode ? <LazyQrCode text={bridge.qrCode} words="QR code to scan with the other app" /> : null}
      <div class="stack">
        <p>
          Scan this in the other app, or type <strong class="code">{spaced(bridge.manualCode ?? "")}</strong>.
        </p>
        <p class="quiet" role="status">
          Open for another {left} {left === 1 ? "minute" : "minutes"}; 20 wrong codes close it.
        </p>
        <p class="quiet">The app may say that the bridge is not certified: the hub is not, so add it all the same.</p>
        <div class="row">
          <button type="button" onClick={() => onOpen(false)}>
            Close it now
          </button>
        </div>
      </div>
    </div>
  );
}

function Fabrics({ bridge, onRemove }: { readonly bridge: BridgeStatus; readonly onRemove: (index: number) => void }) {
  if (bridge.fabrics.length === 0) return <p class="quiet">No app is connected yet.</p>;
  return (
    <div class="stack">
      <h4>Connected</h4>
      <ul class="stack">
        {bridge.fabrics.map((fabric) => (
          <li key={fabric.index} class="row spread">
            <span>
              <strong>{fabric.label || fabric.maker}</strong>{" "}
              {fabric.label ? <span class="quiet">{fabric.maker}</span> : null}
            </span>
            <button type="button" onClick={() => onRemove(fabric.index)}>
              Disconnect {fabric.label || fabric.maker}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
