import { clamp } from "./numbers.ts";

/** Change of a heat pump's yield per K outdoors: about 2.5 % in field data (Keymark maps in hplib). */
const YIELD_PER_K = 0.025;
/** What a heat pump gives at this temperature outdoors (degC), as a share of what it gives at 7. */
export const yieldAt = (outside: number): number => clamp(1 + YIELD_PER_K * (outside - 7), 0.4, 1.6);
