import type { Prediction } from "../../model/learned.ts";
import type { Twin } from "../../twin/fit.ts";
import { hoursOf } from "../../twin/history.ts";
import { hoursFrom } from "../../twin/hours.ts";
import { byHabit } from "./presence.ts";
import { predicted, scored } from "./scored.ts";

/** What people draw of warm water, kWh by hour. */
export function hotWater(twin: Twin): Prediction | undefined {
  const tank = twin.models.find((m) => m.kind === "tank" && m.asked);
  if (!tank?.asked) return undefined;
  const perKwh = 1000 / hoursOf(twin.history);
  const series = hoursFrom(
    twin.history,
    tank.asked.map((kwh) => kwh * perKwh),
  );
  const found = scored(series, byHabit(series));
  const note = `What is drawn in an hour is off by ${found.error.toFixed(2)} kWh of usually ${found.usual.toFixed(2)} kWh; the mean of all hours would be off by ${found.plain.toFixed(2)} kWh. Used to have water warm when it is usually drawn; at all other hours some is kept ready.`;
  return predicted("hotWater", "kWh", "the mean of all hours", found, { used: true, note });
}
