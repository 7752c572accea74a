/** The live home as conditions see it: one frozen moment. */
import { gridNow } from "../energy/flow.ts";
import { co2At, exportPriceAt, priceAt } from "../energy/tariff.ts";
import type { Value } from "../model/capability.ts";
import { knownOf } from "../model/home.ts";
import type { Known } from "../model/reading.ts";
import type { Picture, Started } from "../rules/picture.ts";
import { sunElevation } from "../rules/time/elevation.ts";
import { holidaySpans } from "../rules/time/holidays.ts";
import { sunOfLocalDay } from "../rules/time/sun.ts";
import { selected } from "./automation/watch.ts";
import { nameNow } from "./identity/names.ts";
import type { CoreState } from "./state.ts";

const sources = new WeakMap<CoreState["tariff"], { readonly timeZone: string; readonly price: Picture["price"] }>();

/** One source of prices as long as the tariff is the same: what was worked out from it (the cheapest hours) holds as long. */
function pricesOf(tariff: CoreState["tariff"], timeZone: string): Picture["price"] {
  const known = sources.get(tariff);
  if (known?.timeZone === timeZone) return known.price;
  const price: Picture["price"] = (when) => priceAt(tariff, when, timeZone);
  sources.set(tariff, { timeZone, price });
  return price;
}

interface Lasting extends Required<Pick<Picture, "name" | "select" | "co2" | "sunElevation" | "sunDay">> {}

const lastingParts = new WeakMap<CoreState, Lasting>();

/** What is the same at each moment: made once, for there are many moments. */
function lastingOf(state: CoreState): Lasting {
  const known = lastingParts.get(state);
  if (known) return known;
  const made: Lasting = {
    name: (id) => nameNow(state, id),
    select: (target, capability) => selected(state, target, capability),
    co2: (when) => co2At(state.tariff, when, state.home.settings.timeZone),
    sunElevation: (when) => sunElevation(when, state.home.settings),
    sunDay: (when) => sunOfLocalDay(when, state.home.settings),
  };
  lastingParts.set(state, made);
  return made;
}

/** What a run adds to it: its own variables and what started it. */
export interface InRun {
  readonly variables: Readonly<Record<string, Value>>;
  readonly started: Started;
}

/** Made for each evaluation: what nobody asks for is not worked out. */
class LivePicture implements Picture {
  readonly now: number;
  readonly timeZone: string;
  readonly memory: Picture["memory"];
  readonly house: Picture["house"];
  readonly price: Picture["price"];
  readonly started: Started | undefined;
  readonly name: Lasting["name"];
  readonly select: Lasting["select"];
  readonly co2: Lasting["co2"];
  readonly sunElevation: Lasting["sunElevation"];
  readonly sunDay: Lasting["sunDay"];
  readonly #state: CoreState;
  readonly #run: InRun | undefined;
  #grid: { readonly watts: number | undefined } | undefined;

  constructor(state: CoreState, now: number, run: InRun | undefined, memory: Picture["memory"]) {
    const { name, select, co2, sunElevation, sunDay } = lastingOf(state);
    this.#state = state;
    this.#run = run;
    this.now = now;
    this.timeZone = state.home.settings.timeZone;
    this.memory = memory;
    this.house = state.house;
    this.price = pricesOf(state.tariff, this.timeZone);
    this.started = run?.started;
    this.name = name;
    this.select = select;
    this.co2 = co2;
    this.sunElevation = sunElevation;
    this.sunDay = sunDay;
  }

  get exportPrice(): number {
    return exportPriceAt(this.#state.tariff, this.now, this.timeZone);
  }

  get variables(): Picture["variables"] {
    return this.#run && new Map(Object.entries(this.#run.variables));
  }

  surplusW(): number | undefined {
    this.#grid ??= { watts: gridNow(this.#state.home, this.now) };
    return this.#grid.watts === undefined ? undefined : -this.#grid.watts;
  }

  isHoliday(): boolean {
    const { holidays } = this.#state.home.settings;
    return holidays !== undefined && holidaySpans(holidays, this.now, this.now + 1, this.timeZone).length > 0;
  }

  known(key: string): Known {
    const node = this.#state.home.nodes.get(key.slice(0, Math.max(0, key.indexOf("/"))));
    return node ? knownOf(node, key, this.now) : { status: "unknown", reason: "there is no such device" };
  }
}

/** The home at a moment; `run`: as one of its runs sees it; `memory`: since when what lasts has held, the home's own if nothing else is given. */
export const pictureOf = (state: CoreState, at: number, run?: InRun, memory = state.memory): Picture =>
  new LivePicture(state, at, run, memory);
