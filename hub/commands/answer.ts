/** From a question to what the house says. */
import type { Part } from "../energy/parts.ts";
import { partsOf } from "../energy/parts.ts";
import type { Home } from "../model/home.ts";
import { read } from "../model/home.ts";
import { parsePath, pathKey } from "../model/path.ts";
import type { Known } from "../model/reading.ts";
import type { Subject } from "./asks.ts";
import type { Question } from "./understood.ts";

/** Energy of a counter since local midnight, kWh; undefined when not known. */
export type TodayKwh = (key: string) => Promise<number | undefined>;

/** The answer in words. Unknown and stale values are said to be so. */
export async function answer(question: Question, home: Home, now: number, todayKwh: TodayKwh): Promise<string> {
  const { ask, subjects, language } = question;
  const knownOf = (key: string): Known => knownAt(home, key, now);
  if (question.home)
    return ask.ask === "energyToday" ? homeEnergy(question, home, todayKwh) : homePower(question, home, now);
  if (ask.ask === "energyToday") {
    const parts = await Promise.all(subjects.map(async (s) => language.say.energyToday(s.name, await todayKwh(s.key))));
    return parts.slice(0, 12).join(" ");
  }
  if (ask.ask === "state") return stateAnswer(question, knownOf);
  const measure = ask.ask === "measure" ? ask.measure : "mode";
  return language.say.told(
    subjects.map((s) => ({
      name: s.name,
      ...(s.room !== undefined && { room: s.room }),
      measure: isPower(s) ? "power" : measure,
      known: knownOf(s.key),
      unit: s.unit,
    })),
  );
}

const isPower = (subject: Subject): boolean => subject.key.endsWith("electricalPowerMeasurement.activePower");

function knownAt(home: Home, key: string, now: number): Known {
  const path = parsePath(key);
  return path ? read(home, path, now) : { status: "unknown", reason: "there is no such value" };
}

/** A stale value still answers, with its age told; an unknown one does not. */
function stateAnswer({ ask, subjects, language: { say } }: Question, knownOf: (key: string) => Known): string {
  if (ask.ask !== "state") return "";
  const told = subjects.map((s) => {
    const known = knownOf(s.key);
    return { name: s.name, known, is: known.status === "unknown" ? undefined : s.is?.(known.value) };
  });
  const state = say.stateWord(ask);
  const scope = ask.scope === "one" && told.length > 1 ? "all" : ask.scope;
  if (scope === "which" || scope === "count") {
    const names = told.filter((t) => t.is).map((t) => t.name);
    return say.listed(
      state,
      names,
      told.filter((t) => t.is === undefined).map((t) => t.name),
      scope === "count",
    );
  }
  const values = told.map((t) => t.is);
  const unknown = values.includes(undefined);
  const yes =
    scope === "any"
      ? values.includes(true) || (unknown ? undefined : false)
      : values.includes(false)
        ? false
        : unknown
          ? undefined
          : true;
  return say.yesNo(yes, state, told, scope);
}

const numberOf = (known: Known): number | undefined =>
  known.status === "known" && typeof known.value === "number" ? known.value : undefined;

/** The house uses what comes from the grid, the sun and the battery: grid minus the (negative) powers of those two. */
function homePower({ language }: Question, home: Home, now: number): string {
  const parts = partsOf(home);
  const watts = (part: Part | undefined): number | undefined =>
    part?.power ? numberOf(knownAt(home, part.power, now)) : undefined;
  const grid = watts(parts.grid);
  const solar = total(parts.solar.map(watts));
  const battery = total(parts.batteries.map(watts));
  const use = grid === undefined || solar === undefined || battery === undefined ? undefined : grid - solar - battery;
  return language.say.homePower(use, grid, parts.solar.length > 0 ? solar : undefined);
}

/** As {@link homePower}, from the counters since midnight: imported counts to the endpoint, exported from it. */
async function homeEnergy({ language }: Question, home: Home, todayKwh: TodayKwh): Promise<string> {
  const parts = partsOf(home);
  const net = async (part: Part): Promise<number | undefined> => {
    const [imported, exported] = await Promise.all(
      counters(home, part).map((key) => (key === undefined ? 0 : todayKwh(key))),
    );
    return imported === undefined || exported === undefined ? undefined : imported - exported;
  };
  const grid = parts.grid && (await net(parts.grid));
  const others = total(await Promise.all([...parts.solar, ...parts.batteries].map(net)));
  const [importKey] = parts.grid ? counters(home, parts.grid) : [];
  const imported = importKey === undefined ? undefined : await todayKwh(importKey);
  return language.say.homeEnergy(grid === undefined || others === undefined ? undefined : grid - others, imported);
}

/** Text paths of the counters imported and exported: on the part's endpoint, else on the only other one that has them. */
function counters(home: Home, part: Part): [string | undefined, string | undefined] {
  const endpoints = home.nodes.get(part.node)?.description.endpoints ?? [];
  const key = (attribute: string): string | undefined => {
    const having = endpoints.filter((e) => e.capabilities.electricalEnergyMeasurement?.attributes[attribute]);
    const endpoint = having.find((e) => e.number === part.endpoint) ?? (having.length === 1 ? having[0] : undefined);
    return (
      endpoint &&
      pathKey({ node: part.node, endpoint: endpoint.number, capability: "electricalEnergyMeasurement", attribute })
    );
  };
  return [key("cumulativeEnergyImported"), key("cumulativeEnergyExported")];
}

/** The sum; 0 of nothing, undefined where one is unknown. */
function total(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
