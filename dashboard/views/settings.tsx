import { del } from "../api.ts";
import { findingCounts, session, signedOut } from "../store.ts";
import "../styles/settings.css";
import { Audit } from "./settings/audit.tsx";
import { Bridges } from "./settings/bridges.tsx";
import { BrokerList } from "./settings/broker-list.tsx";
import { Findings } from "./settings/findings.tsx";
import { Floors } from "./settings/floors.tsx";
import { HomeForm } from "./settings/home-form.tsx";
import { HousePage } from "./settings/house.tsx";
import { KeepingForm } from "./settings/keeping.tsx";
import { Machine } from "./settings/machine.tsx";
import { Mappings } from "./settings/mappings.tsx";
import { ModelList } from "./settings/model-list.tsx";
import { Notifications } from "./settings/notifications.tsx";
import { PairingForm } from "./settings/pairing-form.tsx";
import { PasswordForm } from "./settings/password-form.tsx";
import { Tariffs } from "./settings/tariffs.tsx";
import { Updates } from "./settings/updates.tsx";
import { YourHistory } from "./settings/your-history.tsx";

const PARTS = [
  { id: "models", label: "Language model", view: ModelList },
  { id: "pairing", label: "Pair a device", view: PairingForm },
  { id: "updates", label: "Updates", view: Updates },
  { id: "bridges", label: "Other apps", view: Bridges },
  { id: "brokers", label: "MQTT", view: Mqtt },
  { id: "tariff", label: "Tariff", view: Tariffs },
  { id: "home", label: "Home", view: HomePage },
  { id: "house", label: "People and scenes", view: HousePage },
  { id: "notifications", label: "Notifications", view: Notifications },
  { id: "password", label: "Password", view: PasswordForm },
  { id: "findings", label: "Findings", view: Findings },
  { id: "history", label: "History", view: History },
  { id: "machine", label: "Machine", view: Machine },
  { id: "audit", label: "Audit log", view: Audit },
] as const;

function Mqtt() {
  return (
    <>
      <BrokerList />
      <Mappings />
    </>
  );
}

function HomePage() {
  return (
    <>
      <HomeForm />
      <Floors />
    </>
  );
}

function History() {
  return (
    <>
      <KeepingForm />
      <YourHistory />
    </>
  );
}

/** Everything that is set once and looked at rarely. */
export function SettingsView({ part }: { readonly part: string }) {
  const shown = PARTS.find((p) => p.id === part) ?? PARTS[0];
  const View = shown.view;
  const who = session.value;
  return (
    <>
      <header class="row spread">
        <h1 tabIndex={-1}>Settings</h1>
        {who.state === "signedIn" ? (
          <button type="button" class="plain" onClick={() => void leave()}>
            Sign out {who.name}
          </button>
        ) : null}
      </header>
      <nav class="subnav" aria-label="Settings">
        {PARTS.map((p) => (
          <a key={p.id} href={`#/settings/${p.id}`} aria-current={p === shown ? "page" : undefined}>
            {p.label}
            {p.id === "findings" && findingCounts.value?.new ? (
              <span class="count">
                {findingCounts.value.new}
                <span class="heard"> new</span>
              </span>
            ) : null}
          </a>
        ))}
      </nav>
      <View key={shown.id} />
    </>
  );
}

async function leave(): Promise<void> {
  await del("/session").catch(() => undefined);
  signedOut();
}
