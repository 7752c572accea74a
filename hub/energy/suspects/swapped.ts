import { localTime } from "../clock.ts";
import type { PowerPicture, PowerSeries, Suspect } from "./series.ts";

/** From 0 to 3 h no panel gives anything, anywhere but near the poles in summer. */
const NIGHT_MINUTES = 180;
const LEAST_SLOTS = 24;
/** An inverter's own need at night; a house always takes more than its meter's noise. */
const IDLE_W = 30;

/** Mean of |W| in the night hours, or undefined where too little is known. */
function nightOf(series: PowerSeries, picture: PowerPicture): number | undefined {
  let [sum, slots] = [0, 0];
  series.watts.forEach((watts, i) => {
    if (Number.isNaN(watts) || localTime(picture.from + i * picture.slotMs, picture.timeZone).minutes >= NIGHT_MINUTES)
      return;
    sum += Math.abs(watts);
    slots++;
  });
  return slots >= LEAST_SLOTS ? sum / slots : undefined;
}

/** House meter and panels whose clamps sit on each other's cable: the "sun" shines at night and the "house" sleeps. */
export function swappedMeters(picture: PowerPicture): Suspect[] {
  const { grid } = picture;
  const house = grid && nightOf(grid, picture);
  if (!grid || house === undefined || house > IDLE_W) return [];
  return picture.solar.flatMap((panels): Suspect[] => {
    const sun = nightOf(panels, picture);
    if (sun === undefined || sun < 2 * IDLE_W || sun < 4 * house) return [];
    return [
      {
        code: "meters-swapped",
        ...{ key: grid.key, other: panels.key },
        message: `${grid.name} and ${panels.name} seem to sit on each other's cable: between 0 and 3 h the panels tell ${Math.round(sun)} W on average and the house ${Math.round(house)} W.`,
        fix: "Change the two clamps over, or change what each of them measures on its page.",
      },
    ];
  });
}
