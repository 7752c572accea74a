import { beyond } from "./beyond.ts";
import type { TariffForm } from "./form.ts";
import { north } from "./north.ts";
import { west } from "./west.ts";

export type { TariffForm } from "./form.ts";

/** Every form: one entry in its region's list. */
export const tariffForms: readonly TariffForm[] = [...west, ...north, ...beyond];
