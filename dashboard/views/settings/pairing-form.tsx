import { useEffect, useState } from "preact/hooks";
import type { MatterFacts, PairingJob } from "../../../hub/http/schemas.ts";
import { ApiError, get, inWords, post, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { OwnDevices } from "../../parts/own-devices.tsx";
import { PairingCard } from "../../parts/pairing-card.tsx";
import { nodes, now, pairings, readPairings } from "../../store.ts";
import { nameOf } from "../../words/goal.ts";
import { useIdentity } from "../identity.tsx";

/** Commissioning of a Matter device by its code. */
export function PairingForm() {
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState("");
  const [facts, setFacts] = useState<MatterFacts>();
  const [wifi, setWifi] = useState({ ssid: "", password: "" });
  const readFacts = () => get<MatterFacts>("/matter").then(setFacts, () => undefined);
  useEffect(() => {
    void readFacts();
    void readPairings().catch(() => undefined);
  }, []);
  const pair = async () => {
    setProblem("");
    try {
      const job = await post<PairingJob>("/pairings", {
        code: code.trim(),
        ...(facts?.bluetooth && wifi.ssid ? { wifi } : {}),
      });
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
          Plug the device in, bring it into the home's network, and type the code from its label, its maker's app, or
          another hub that shares it. Devices that speak MQTT need none of this: they appear by themselves.
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
          {facts?.bluetooth ? <Network wifi={wifi} set={setWifi} /> : null}
          <div class="row">
            <button type="submit" class="primary">
              Pair
            </button>
          </div>
        </form>
      </div>
      {facts ? <Checking facts={facts} changed={readFacts} /> : null}
      <ul class="stack" aria-live="polite">
        {pairings.value.map((job) => (
          <PairingCard key={job.id} job={job} name={job.node && nameOf(nodes.value ?? [], job.node)} />
        ))}
      </ul>
      <OwnDevices own={useIdentity()?.own ?? []} now={now.value} />
    </section>
  );
}

interface NetworkProps {
  readonly wifi: { readonly ssid: string; readonly password: string };
  readonly set: (wifi: { readonly ssid: string; readonly password: string }) => void;
}

/** Only a machine with Bluetooth can tell a device of its network. */
function Network({ wifi, set }: NetworkProps) {
  return (
    <details>
      <summary>The device has no network yet</summary>
      <div class="stack">
        <Field
          label="Name of the Wi-Fi"
          maxLength={32}
          autocomplete="off"
          hint="The device is told of it by Bluetooth; the hub keeps neither."
          value={wifi.ssid}
          onInput={(e) => set({ ...wifi, ssid: e.currentTarget.value })}
        />
        <Field
          label="Its password"
          type="password"
          maxLength={64}
          autocomplete="off"
          value={wifi.password}
          onInput={(e) => set({ ...wifi, password: e.currentTarget.value })}
        />
      </div>
    </details>
  );
}

/** What a device's certificate is held against, and whether the hub may ask outside. */
function Checking({ facts, changed }: { readonly facts: MatterFacts; readonly changed: () => Promise<unknown> }) {
  const [problem, setProblem] = useState("");
  const set = (online: boolean) =>
    put("/matter", { online }).then(changed, (error: unknown) => setProblem(inWords(error)));
  return (
    <div class="card stack">
      <h3>How devices are checked</h3>
      <p class="quiet">
        A device shows a certificate, and the hub holds it against{" "}
        {facts.roots === 0
          ? "the makers' authorities, of which it knows none yet"
          : `the ${facts.roots} makers' authorities that it knows`}
        . One that can't be proven is paired only if you say so; a revoked one never.
      </p>
      <label class="row">
        <input type="checkbox" checked={facts.online} onChange={(e) => void set(e.currentTarget.checked)} />
        Ask the standard's public ledger on the internet for makers' authorities, revoked devices and updates
      </label>
      {problem ? <p class="wanted-bad">{problem}</p> : null}
    </div>
  );
}
