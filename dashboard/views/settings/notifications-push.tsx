import { useState } from "preact/hooks";
import { inWords, put } from "../../api.ts";
import { newId } from "../../words/id.ts";

interface Props {
  /** The hub's, base64url. */
  readonly publicKey: string;
  readonly onDone: () => void;
}

/** Lets this browser be told, also while no page of the dashboard is open. */
export function PushHere({ publicKey, onDone }: Props) {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const turnOn = async () => {
    setBusy(true);
    setProblem("");
    try {
      await subscribe(publicKey);
      onDone();
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  };
  if (!isSecureContext || !("serviceWorker" in navigator) || !("PushManager" in globalThis))
    return (
      <p class="quiet small-text">
        This browser can't be told directly: browsers allow it only on pages with https, or on the hub's own machine.
        ntfy works without.
      </p>
    );
  return (
    <div class="row">
      <button type="button" disabled={busy} onClick={() => void turnOn()}>
        Tell this browser
      </button>
      <span class="quiet small-text">Goes through your browser maker's push service, which can't read it.</span>
      {problem ? <p class="wanted-bad">{problem}</p> : null}
    </div>
  );
}

async function subscribe(publicKey: string): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted")
    throw new Error(
      "This browser does not let the page show messages. Allow it in the browser's settings of this page.",
    );
  await navigator.serviceWorker.register("./push-worker.js");
  const worker = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) };
  const made = await worker.pushManager.subscribe(options).catch(() => {
    throw new Error("The browser's push service can't be reached. Is this device online?");
  });
  const { endpoint, keys } = made.toJSON();
  const { p256dh, auth } = keys ?? {};
  const common = { kind: "webPush", title: nameOf(navigator.userAgent), on: true, from: "info" };
  await put(`/notify-channels/${newId("browser")}`, { ...common, endpoint, p256dh, auth });
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** What a person calls it, roughly; they can change it. */
function nameOf(agent: string): string {
  const browser = /Firefox|Edg|Chrome|Safari/.exec(agent)?.[0] ?? "Browser";
  const machine = /Android|iPhone|iPad|Windows|Macintosh|Linux/.exec(agent)?.[0];
  return `${browser === "Edg" ? "Edge" : browser}${machine ? ` on ${machine}` : ""}`;
}
