/** What a rule heats, with a model of it that was learned from this home's past: so that a dry run can tell how warm it would have been. */
import { localTime } from "../../energy/clock.ts";
import { type Parts, partsOf, type TankPart, type ThermostatPart } from "../../energy/parts.ts";
import type { Goal } from "../../model/goal/index.ts";
import { deviceTypesOf, type Home } from "../../model/home.ts";
import type { Proof } from "../../model/learned.ts";
import { pathKey } from "../../model/path.ts";
import { comfortBand, comfortOf } from "../../planner/facts.ts";
import { pastFrom, pastOf } from "../../planning/past.ts";
import type { Store } from "../../ports.ts";
import type { Warmed } from "../../step/dry-run/warmth.ts";
import type { Model } from "../../twin/device.ts";
import { fitting, type Twin } from "../../twin/fit.ts";
import { type History, seriesOf, timeOf, valueAt } from "../../twin/history.ts";
import { quantile } from "../../twin/numbers.ts";
import { livedTwice } from "../../twin/otherwise.ts";
import { proving } from "../../twin/proof.ts";

/** What a rule was found to heat. */
export interface WarmedFound {
  /** With the text paths of what is written when it is steered. */
  readonly warmed: readonly Warmed[];
  /** Of the rest: why nothing can be told, each with the text paths by which it is steered. */
  readonly untold: readonly { readonly controls: readonly string[]; readonly why: string }[];
}

export interface WarmthParts {
  readonly home: Home;
  readonly store: Pick<Store, "history" | "energy">;
  readonly now: number;
  readonly goals: readonly Goal[];
  readonly drive: <T>(work: Generator<number, T>) => Promise<T>;
}

interface Heating {
  readonly kind: Warmed["kind"];
  readonly part: ThermostatPart | TankPart;
  readonly set?: string;
  readonly mode?: string;
  readonly relay?: string;
}

/** Fewer tested days than this show nothing. */
const LEAST_DAYS = 3;
/** A thermostat keeps a room no closer than this to what it is set to, K below and above. */
const BELOW_K = 0.5;
const ABOVE_K = 1;
/** A goal's own limit, as policies look at it, K. */
const GOAL_K = 0.1;
const DRAW_KWH = 0.03;

/** Nothing is read or learned where nothing of it is `written` (text paths). `from`, `to`: the time that is tried, epoch ms. */
export async function warmedBy(
  parts: WarmthParts,
  written: ReadonlySet<string>,
  from: number,
  to: number,
): Promise<WarmedFound> {
  const energy = partsOf(parts.home);
  const heating = heatingOf(energy, written);
  if (heating.length === 0) return { warmed: [], untold: [] };
  const narrow = onlyHeating(energy, heating);
  const reader = { store: parts.store, yieldNow: () => new Promise<void>((resolve) => setImmediate(resolve)) };
  const history = await pastOf(reader, parts.home, narrow, pastFrom(parts.now), parts.now);
  const twin = await parts.drive(fitting(history, narrow));
  const over = from < history.from ? await pastOf(reader, parts.home, narrow, from, to) : history;
  const found = { warmed: [] as Warmed[], untold: [] as WarmedFound["untold"][number][] };
  for (const one of heating) {
    const made = await warmedOf(parts, one, twin, over, from);
    if (typeof made !== "string") found.warmed.push(made);
    else found.untold.push({ controls: [one.set, one.mode, one.relay].filter((key) => key !== undefined), why: made });
  }
  return found;
}

/** What of what is written heats a room or a tank. */
export function heatingOf({ thermostats, heatPumps, tanks }: Parts, written: ReadonlySet<string>): Heating[] {
  const has = (key: string | undefined): key is string => key !== undefined && written.has(key);
  // The twin tells apart no rooms behind one heat pump: its switch is that of the only room.
  const pump = thermostats.length === 1 ? heatPumps[0]?.relay : undefined;
  const rooms = thermostats.map((part): Heating => {
    const mode = part.setpoint.replace("occupiedHeatingSetpoint", "systemMode");
    const set = has(part.setpoint) ? { set: part.setpoint, mode } : {};
    return { kind: "room", part, ...set, ...(has(pump) ? { relay: pump } : {}) };
  });
  const waters = tanks.map(
    (part): Heating => ({ kind: "tank", part, ...(has(part.relay) ? { relay: part.relay } : {}) }),
  );
  return [...rooms, ...waters].filter(({ set, relay }) => set !== undefined || relay !== undefined);
}

/** All that the models of these need, and nothing else. */
function onlyHeating(energy: Parts, heating: readonly Heating[]): Parts {
  const rooms = heating.some((h) => h.kind === "room");
  return {
    ...energy,
    ...{ batteries: [], evses: [], appliances: [], flexibles: [], corners: [], lights: [], others: [] },
    ...(rooms ? {} : { thermostats: [], heatPumps: [], solar: [], occupancy: [], outdoor: undefined }),
    tanks: energy.tanks.filter((t) => heating.some((h) => h.part === t)),
  };
}

/** The model laid onto the time that is tried; why it can't be told where it misses too much. */
async function warmedOf(
  parts: WarmthParts,
  one: Heating,
  twin: Twin,
  over: History,
  from: number,
): Promise<Warmed | string> {
  const { kind, part, set, mode, relay } = one;
  const learned = twin.models.find((m) => m.node === part.node && m.kind === kind);
  const thermometer = part.temperature;
  if (!learned || thermometer === undefined) {
    const unfit = twin.unfit.find((u) => u.node === part.node);
    return `${unfit?.note ?? `nothing is known of ${part.name}`}${unfit?.help ? `; what would help: ${unfit.help}` : ""}`;
  }
  const seen = learned.fit.proof;
  if (!seen || seen.days < LEAST_DAYS)
    return `${part.name}: too few days were left to test what was learned of it on; a week more of readings settles it`;
  const model = over === twin.history ? learned : learned.onto(over, false);
  const tried =
    model.test &&
    (await parts.drive(proving(over, model.test, Math.max(0, Math.floor((from - over.from) / over.stepMs)))));
  if (tried && !tried.ok) return `${part.name}: over the days that are tried, what was learned of it ${tried.note}`;
  const measured = seriesOf(over, thermometer);
  return {
    ...{ kind, name: kind === "room" ? (part.room ?? part.name) : part.name },
    ...(set === undefined ? {} : { set }),
    ...(mode === undefined ? {} : { mode }),
    ...(relay === undefined ? {} : { relay }),
    thermometers: kind === "room" ? thermometersIn(parts.home, part, thermometer) : new Set([thermometer]),
    ...{ from: over.from, stepMs: over.stepMs, steps: over.steps, measured },
    setC: "setpoint" in part ? seriesOf(over, part.setpoint) : new Float64Array(0),
    ...bandOf(parts, one, model, over),
    error:
      errorWords(seen, tried) + steadyWords("setpoint" in part ? seriesOf(twin.history, part.setpoint) : undefined),
    begin: (i) => livedTwice(model, thermometer, measured, i),
  };
}

const figure = ({ error, unit }: Proof): string => `${error.toFixed(error < 1 ? 2 : 1)} ${unit}`;

function errorWords(seen: Proof, tried: Proof | undefined): string {
  const here = tried && tried.days >= LEAST_DAYS ? `; over the days tried by ${figure(tried)}` : "";
  return `the model misses ${seen.what} by ${figure(seen)} on ${seen.days} days that it had not seen${here}`;
}

/** Set temperatures that lie within this were never really changed, K. */
const STEADY_K = 0.75;

/** A room that was never let cool has not shown how it does. */
function steadyWords(set: Float64Array | undefined): string {
  const known = Array.from(set ?? []).filter(Number.isFinite);
  const varied = quantile(known, 0.98) - quantile(known, 0.02);
  if (!(varied < STEADY_K)) return "";
  return "; what it was set to hardly changed so far, so how fast it cools and warms again is known less well than that";
}

/** What is told of the same air. */
function thermometersIn({ nodes }: Home, part: ThermostatPart | TankPart, own: string): ReadonlySet<string> {
  const found = new Set([own]);
  for (const node of part.room === undefined ? [] : nodes.values())
    for (const endpoint of node.settings.room === part.room ? node.description.endpoints : []) {
      if (!endpoint.capabilities.temperatureMeasurement || deviceTypesOf(node, endpoint).includes("waterHeater"))
        continue;
      const at = { node: node.description.id, endpoint: endpoint.number };
      found.add(pathKey({ ...at, capability: "temperatureMeasurement", attribute: "measuredValue" }));
    }
  return found;
}

function bandOf(
  { goals, home }: WarmthParts,
  { kind, part }: Heating,
  model: Model,
  over: History,
): Pick<Warmed, "band" | "bandWords"> {
  if (kind === "tank") {
    const low = comfortOf(goals, { ...partsOf(home), thermostats: [] }).tank.get(part.node) ?? 40;
    const drawn = model.asked ?? new Float64Array(0);
    return {
      bandWords: `at least ${low} °C while water is drawn`,
      band: (i) => (valueAt(drawn, i) > DRAW_KWH ? { low: low - BELOW_K } : undefined),
    };
  }
  if (goals.some((g) => g.kind === "comfort" && g.room === part.room))
    return {
      bandWords: "as your comfort goals say",
      band: (i) => {
        const { low, high } = comfortBand(goals, part.room, localTime(timeOf(over, i), over.timeZone).minutes);
        return {
          ...(low === undefined ? {} : { low: low - GOAL_K }),
          ...(high === undefined ? {} : { high: high + GOAL_K }),
        };
      },
    };
  const set = "setpoint" in part ? seriesOf(over, part.setpoint) : new Float64Array(0);
  return {
    bandWords: `what it was set to then, up to ${BELOW_K} °C less or ${ABOVE_K} °C more`,
    band: (i) => {
      const c = valueAt(set, i);
      return Number.isFinite(c) ? { low: c - BELOW_K, high: c + ABOVE_K } : undefined;
    },
  };
}
