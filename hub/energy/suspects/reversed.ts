import { type Coupling, couplingOf, type PowerPicture, type PowerSeries, type Suspect } from "./series.ts";

/** A kettle or an oven stands out from a house's ups and downs; less may be chance. */
const LEAST_STEP_W = 300;
const LEAST_STEPS = 8;
/** Two meters of one thing never agree to the watt: their moments differ. */
const CLEAR = 0.6;
const TIGHT = 0.5;

const follows = (c: Coupling, sign: 1 | -1): boolean =>
  c.steps >= LEAST_STEPS && sign * c.slope > CLEAR && sign * c.slope < 1.4 && sign * c.correlation > TIGHT;

const ratio = (c: Coupling): string =>
  `over ${c.steps} steps of 300 W and more the house meter moved ${c.slope.toFixed(2)} W for each W`;

const reversed = ({ key, name }: PowerSeries, why: string): Suspect => ({
  code: "meter-reversed",
  ...{ key, message: `${name} seems to count the wrong way round: ${why}.` },
  fix: "Turn the current clamp round, or say on its page that its meter counts the other way round.",
});

/**
 * Meters whose sign is wrong. By Kirchhoff's current law the house meter moves with each meter behind it, one for one. If all of them
 * seem to move it backwards it is the house meter that is turned; if one does, it is that one.
 */
export function reversedMeters(picture: PowerPicture): Suspect[] {
  const { grid, loads, solar, batteries } = picture;
  const own = [
    ...batteries.flatMap((battery) => byCharge(battery, picture.slotMs)),
    ...loads
      .filter((load) => isNegative(load.watts))
      .map((load) => reversed(load, "a load can only take, and it gives")),
    ...solar
      .filter((panels) => isPositive(panels.watts))
      .map((panels) => reversed(panels, "panels can only give, and it takes")),
  ];
  if (!grid) return own;
  if (solar.length + batteries.length === 0 && isNegative(grid.watts))
    return [...own, reversed(grid, "nothing in this house gives energy, and it tells that energy leaves it")];
  // What proves itself wrong says nothing about the house meter.
  const honest = [...loads, ...solar, ...batteries].filter((meter) => !own.some((o) => o.key === meter.key));
  const coupled = honest.map((meter) => ({ meter, c: couplingOf(meter.watts, grid.watts, LEAST_STEP_W) }));
  const right = coupled.filter(({ c }) => follows(c, 1));
  const wrong = coupled.filter(({ c }) => follows(c, -1));
  if (wrong.length > right.length && wrong[0]) {
    const { meter, c } = wrong[0];
    return [...own, reversed(grid, `when ${meter.name} takes more, it tells less (${ratio(c)})`)];
  }
  const odd = right.length > 0 ? wrong.filter(({ meter }) => batteries.some((b) => b.key === meter.key)) : [];
  return [
    ...own,
    ...odd.map(({ meter, c }) => reversed(meter, `when it takes more, the house meter tells less (${ratio(c)})`)),
  ];
}

/** Slots in which it told clearly more, and clearly less, than nothing. */
function signsOf(watts: Float64Array): { readonly above: number; readonly below: number } {
  let [above, below] = [0, 0];
  for (const w of watts) {
    if (w > 50) above++;
    else if (w < -50) below++;
  }
  return { above, below };
}

const LEAST_SLOTS = 12;

function isNegative(watts: Float64Array): boolean {
  const { above, below } = signsOf(watts);
  return below >= LEAST_SLOTS && below > 9 * above;
}

function isPositive(watts: Float64Array): boolean {
  const { above, below } = signsOf(watts);
  return above >= 2 * LEAST_SLOTS && above > 9 * below;
}

/** A battery that charges gets fuller. */
function byCharge(battery: PowerPicture["batteries"][number], slotMs: number): Suspect[] {
  const { percent, watts } = battery;
  if (!percent) return [];
  let [with_, against] = [0, 0];
  for (let i = 1; i < watts.length; i++) {
    const rise = (percent[i] ?? Number.NaN) - (percent[i - 1] ?? Number.NaN);
    const power = watts[i - 1] ?? Number.NaN;
    if (!(Math.abs(power) > 200) || !(Math.abs(rise) >= 0.2)) continue;
    if (rise > 0 === power > 0) with_++;
    else against++;
  }
  if (against < LEAST_STEPS || against < 4 * with_) return [];
  const hours = ((against * slotMs) / 3_600_000).toFixed(1);
  return [reversed(battery, `for ${hours} h it grew emptier while it told that it charges, or fuller while it gave`)];
}
