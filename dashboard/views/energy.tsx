import { useEffect, useState } from "preact/hooks";
import type { EnergyNow, History, NodeView } from "../../hub/http/schemas.ts";
import { get, inWords } from "../api.ts";
import { DayChart, type DaySeries } from "../parts/day-chart.tsx";
import { Flow, type FlowPart } from "../parts/flow.tsx";
import { Notice } from "../parts/notice.tsx";
import { linkTo } from "../router.ts";
import { energy, nodes, settings } from "../store.ts";
import "../styles/node.css";
import "../styles/energy.css";
import { money, number, power, startOfDay } from "../words/format.ts";
import { summed } from "../words/series.ts";
import { hasType, typesOf } from "../words/values.ts";
import { EnergyBooks } from "./energy-books.tsx";
import { Repairs } from "./repairs.tsx";

/** Where energy flows now, what takes most, and how today went. */
export function EnergyView() {
  const flow = energy.value;
  const all = nodes.value;
  return (
    <>
      <header class="view-head">
        <h1 tabIndex={-1}>Energy</h1>
        {flow ? (
          <p class="quiet">
            A kilowatt-hour costs {money(flow.price, settings.value?.currency, 3)} now and causes{" "}
            {number(flow.co2GPerKwh, 0)} g CO₂. <a href={linkTo("bill")}>Bills</a> ·{" "}
            <a href={linkTo("settings", "tariff")}>Tariff</a>
          </p>
        ) : null}
      </header>
      {flow && all ? (
        <div class="energy-grid">
          <section class="card flow-card" aria-label="Energy flow now">
            <Flow parts={partsOf(flow, all)} house={houseUse(flow, carUse(flow, all))} />
          </section>
          <Loads flow={flow} />
        </div>
      ) : (
        <p class="quiet loading">Reading the meters …</p>
      )}
      {all ? <Today nodes={all} /> : null}
      <EnergyBooks />
      <Repairs />
    </>
  );
}

/** What all chargers draw together, W; undefined where none of them tells. */
function carUse(flow: EnergyNow, all: readonly NodeView[]): number | undefined {
  const chargers = new Set(
    all.flatMap((n) => n.endpoints.filter((e) => typesOf(e).includes("energyEvse")).map((e) => `${n.id}/${e.number}`)),
  );
  const told = flow.loads.filter((l) => chargers.has(`${l.node}/${l.endpoint}`));
  return told.length === 0 ? undefined : told.reduce((sum, l) => sum + l.watts, 0);
}

/** The grid meter is the sum of everything else, so the house is what is left of it; W. */
function houseUse(flow: EnergyNow, car: number | undefined): number | undefined {
  if (flow.grid === undefined) return undefined;
  return Math.max(0, flow.grid - (flow.solar ?? 0) - (flow.battery ?? 0) - (car ?? 0));
}

function partsOf(flow: EnergyNow, all: readonly NodeView[]): FlowPart[] {
  const { grid, solar, battery, batteryPercent } = flow;
  const car = carUse(flow, all);
  const parts: FlowPart[] = [
    { id: "grid", label: grid !== undefined && grid < 0 ? "to the grid" : "from grid", watts: grid },
  ];
  if (solar !== undefined || hasType(all, "solarPower"))
    parts.push({ id: "sun", label: "sun", watts: solar === undefined ? undefined : Math.min(0, solar) });
  if (battery !== undefined || hasType(all, "batteryStorage"))
    parts.push({
      id: "battery",
      label: battery === undefined || Math.abs(battery) < 5 ? "battery" : battery > 0 ? "charging" : "giving",
      watts: battery,
      extra: batteryPercent === undefined ? undefined : `${number(batteryPercent, 0)} %`,
    });
  if (hasType(all, "energyEvse")) parts.push({ id: "car", label: "car", watts: car });
  return parts;
}

const LOADS_SHOWN = 12;

function Loads({ flow }: { readonly flow: EnergyNow }) {
  // What rests would only lengthen the list.
  const ranked = flow.loads
    .filter((l) => Math.round(l.watts) !== 0)
    .sort((a, b) => b.watts - a.watts)
    .slice(0, LOADS_SHOWN);
  const most = Math.max(1, ...ranked.map((l) => l.watts), flow.unmetered ?? 0);
  return (
    <section class="card stack" aria-labelledby="loads">
      <h2 id="loads">What takes most now</h2>
      {ranked.length === 0 ? <p class="quiet">No device takes anything that it tells of.</p> : null}
      <ol class="loads">
        {ranked.map((load) => (
          <li key={`${load.node}/${load.endpoint}`}>
            <a href={linkTo("node", load.node)}>{load.name}</a>
            <span>
              {load.estimated ? <span class="pill">estimated</span> : null} {power(load.watts)}
            </span>
            <meter min={0} max={most} value={Math.max(0, load.watts)} aria-label={load.name} />
          </li>
        ))}
        {flow.unmetered === undefined ? null : (
          <li class="quiet">
            <span>Everything without a meter</span>
            <span>{power(flow.unmetered)}</span>
            <meter min={0} max={most} value={Math.max(0, flow.unmetered)} aria-label="Everything without a meter" />
          </li>
        )}
      </ol>
    </section>
  );
}

const SOURCES = [
  ["solar", "solarPower"],
  ["grid", "electricalMeter"],
  ["battery", "batteryStorage"],
] as const;
const REFRESH_MS = 300_000;
/** Meters may tell their power every ten minutes only; a shorter step would make dots of a line. */
const BUCKET = "15m";
/** Panels or batteries that are added up. */
const MAX_SUMMED = 8;

interface Day {
  readonly series: readonly DaySeries[];
  readonly from: number;
  readonly to: number;
}

function Today({ nodes: all }: { readonly nodes: readonly NodeView[] }) {
  const [day, setDay] = useState<Day | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const timeZone = settings.value?.timeZone;
  const keys = SOURCES.map(([, type]) => powerKeys(all, type).join(",")).join(" ");
  useEffect(() => {
    let current = true;
    const read = () =>
      readDay(keys.split(" "), timeZone).then(
        (d) => current && setDay(d),
        (error: unknown) => current && setProblem(inWords(error)),
      );
    void read();
    const timer = setInterval(() => void read(), REFRESH_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [keys, timeZone]);
  return (
    <section class="card stack" aria-labelledby="today">
      <h2 id="today">Today</h2>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {day && day.series.length > 0 ? <DayChart {...day} timeZone={timeZone} /> : null}
      {day && day.series.length === 0 ? (
        <p class="quiet">
          Give a meter its role on its page (house meter, solar power, home battery) to see the day here.
        </p>
      ) : null}
    </section>
  );
}

/**
 * The power of every endpoint of that type, with a minus before one that counts the other way round; of house meters one, because two of
 * them would measure the same grid.
 */
function powerKeys(all: readonly NodeView[], type: string): string[] {
  const keys = all.flatMap((node) =>
    node.endpoints.flatMap((endpoint) => {
      const power = endpoint.attributes.find((a) => a.attribute === "activePower")?.key;
      if (power === undefined || !typesOf(endpoint).includes(type)) return [];
      const said = node.meters[endpoint.number];
      return [said?.kind === "meter" && said.reversed ? `-${power}` : power];
    }),
  );
  return type === "electricalMeter" ? keys.slice(0, 1) : keys.slice(0, MAX_SUMMED);
}

async function readDay(keys: readonly string[], timeZone: string | undefined): Promise<Day> {
  const now = Date.now();
  const from = startOfDay(now, timeZone);
  const range = { from: String(from), to: String(now), bucket: BUCKET };
  const read = async (list: string, i: number): Promise<DaySeries[]> => {
    const id = SOURCES[i]?.[0];
    if (list === "" || id === undefined) return [];
    const parts = list.split(",").map(async (signed) => {
      const key = signed.replace(/^-/, "");
      const past = await get<History>(`/history?${new URLSearchParams({ key, ...range })}`);
      return key === signed ? past : { ...past, buckets: past.buckets.map((b) => ({ ...b, mean: -b.mean })) };
    });
    return [{ id, ...summed(await Promise.all(parts)) }];
  };
  const series = (await Promise.all(keys.map(read))).flat();
  return { series, from, to: from + 86_400_000 };
}
