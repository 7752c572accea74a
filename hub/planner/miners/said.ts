/** How miners say their figures. */
import { clockText } from "../../energy/clock.ts";
import { cleanName } from "../names.ts";

export const watts = (w: number): string => (w >= 10 ? `${Math.round(w)} W` : `${w.toFixed(1)} W`);
export const degrees = (c: number): string => `${c.toFixed(1)} °C`;
export const hours = (h: number): string => (h < 1 ? `${Math.round(h * 60)} min` : `${h.toFixed(1)} h`);
export const kwh = (k: number): string => `${k < 10 ? k.toFixed(1) : k.toFixed(0)} kWh`;
export const clock = (hour: number): string => clockText((hour % 24) * 60);
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** A foreign name as it may stand in a sentence. */
export const named = cleanName;
