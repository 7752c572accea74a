import { useEffect, useRef } from "preact/hooks";
import { announcement } from "./acting.ts";
import { del } from "./api.ts";
import { lazy } from "./lazy.tsx";
import { Hearth } from "./parts/hearth.tsx";
import { Icon } from "./parts/icon.tsx";
import { JobList } from "./parts/job-list.tsx";
import { Notice } from "./parts/notice.tsx";
import { route } from "./router.ts";
import { isTaken, useRunningPolicies } from "./running-policies.ts";
import { findingCounts, jobs, live, notices, plans, session } from "./store.ts";
import { HomeView } from "./views/home.tsx";
import { SignInView } from "./views/sign-in.tsx";
import { WelcomeView } from "./views/welcome.tsx";

const NodePage = lazy(async () => (await import("./views/node.tsx")).NodePage);
const EnergyView = lazy(async () => (await import("./views/energy.tsx")).EnergyView);
const PlansView = lazy(async () => (await import("./views/plans.tsx")).PlansView);
const BillView = lazy(async () => (await import("./views/bill.tsx")).BillView);
const RulesView = lazy(async () => (await import("./views/rules.tsx")).RulesView);
const BlueprintsView = lazy(async () => (await import("./views/blueprints.tsx")).BlueprintsView);
const AllTried = lazy(async () => (await import("./views/rules/all-tried.tsx")).AllTried);
const RulesExchange = lazy(async () => (await import("./views/rules-exchange.tsx")).RulesExchange);
const TracesView = lazy(async () => (await import("./views/traces.tsx")).TracesView);
const SettingsView = lazy(async () => (await import("./views/settings.tsx")).SettingsView);

const TABS = [
  { view: "home", label: "Home", icon: "home" },
  { view: "energy", label: "Energy", icon: "power" },
  { view: "plans", label: "Plans", icon: "plan" },
  { view: "rules", label: "Rules", icon: "rule" },
  { view: "settings", label: "Settings", icon: "settings" },
] as const;

/** The whole page: who is here decides between sign-in and the house. */
export function App() {
  const who = session.value;
  const { view, id } = route.value;
  if (view === "welcome" && id !== undefined) return <WelcomeView token={id} />;
  if (who.state === "asking") return <main class="alone" aria-busy="true" />;
  if (who.state === "away")
    return (
      <main class="alone">
        <Notice tone="bad">{who.problem}</Notice>
        <button type="button" onClick={() => location.reload()}>
          Try again
        </button>
      </main>
    );
  if (who.state === "signedOut") return <SignInView needsFirstAccount={who.needsFirstAccount} />;
  return <House />;
}

function House() {
  const { view, id } = route.value;
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // A change of view is a change of page for those who hear it: the title and the focus follow.
  useEffect(() => {
    document.title = `${TABS.find((t) => t.view === view)?.label ?? (view === "bill" ? "Bill" : view === "traces" ? "What rules did" : view === "blueprints" ? "Ready-made rules" : "Device")} · Inglenook`;
    if (first.current) {
      first.current = false;
      return;
    }
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [view, id]);
  return (
    <div class="house">
      {/* No link: the address's hash is the router's. */}
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Nav />
      <main id="main" ref={main} tabIndex={-1}>
        <Connection />
        <JobList
          jobs={jobs.value}
          onCancel={(job) => void del(`/jobs/${encodeURIComponent(job)}`).catch(() => undefined)}
        />
        <View />
      </main>
      <p class="heard" role="status" aria-live="polite">
        {announcement}
      </p>
    </div>
  );
}

function View() {
  const { view, id } = route.value;
  switch (view) {
    case "node":
      return <NodePage key={id} id={id ?? ""} />;
    case "energy":
      return <EnergyView />;
    case "bill":
      return <BillView month={id} />;
    case "plans":
      return <PlansView />;
    case "rules":
      return id === "exchange" ? <RulesExchange /> : id === "past" ? <AllTried /> : <RulesView />;
    case "blueprints":
      return <BlueprintsView />;
    case "traces":
      return <TracesView />;
    case "settings":
      return <SettingsView part={id ?? "models"} />;
    default:
      return <HomeView />;
  }
}

function Nav() {
  const { view } = route.value;
  const shown =
    view === "node" ? "home" : view === "bill" ? "energy" : view === "traces" || view === "blueprints" ? "rules" : view;
  const running = useRunningPolicies();
  const waiting = plans.value?.filter((p) => p.state === "verified" && !isTaken(p, running)).length ?? 0;
  const badges: Readonly<Record<string, readonly [number, string]>> = {
    home: [notices.value?.unread ?? 0, "unread messages"],
    plans: [waiting, "waiting for your decision"],
    settings: [findingCounts.value?.new ?? 0, "new in the findings"],
  };
  return (
    <nav class="nav" aria-label="Views">
      <p class="brand">
        <Hearth />
        <span>Inglenook</span>
      </p>
      <ul>
        {TABS.map((tab) => (
          <li key={tab.view}>
            <a href={`#/${tab.view}`} aria-current={shown === tab.view ? "page" : undefined}>
              <Icon name={tab.icon} />
              <span>{tab.label}</span>
              <Badge badge={badges[tab.view]} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Badge({ badge }: { readonly badge: readonly [count: number, words: string] | undefined }) {
  if (!badge || badge[0] === 0) return null;
  return (
    <span class="badge">
      {badge[0] > 99 ? "99+" : badge[0]}
      <span class="heard"> {badge[1]}</span>
    </span>
  );
}

function Connection() {
  if (live.value !== "lost") return null;
  return <Notice tone="warn">The connection to the hub is lost; what you see may be old. Trying again …</Notice>;
}
