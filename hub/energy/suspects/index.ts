import { unbalanced } from "./balance.ts";
import { reversedMeters } from "./reversed.ts";
import type { PowerPicture, Suspect } from "./series.ts";
import { swappedMeters } from "./swapped.ts";

export type { PowerPicture, PowerSeries, Suspect } from "./series.ts";

/** Meters that can't be right, the surest first. Where one is wrong, what follows from it is not said again. */
export function suspectsOf(picture: PowerPicture): readonly Suspect[] {
  const swapped = swappedMeters(picture);
  if (swapped.length > 0) return swapped;
  const reversed = reversedMeters(picture);
  return reversed.length > 0 ? reversed : unbalanced(picture);
}
