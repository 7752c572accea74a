import { hash } from "../../random.ts";
import type { Ids, Maker } from "../kind.ts";
import { matterKinds, sheets } from "./sheets.ts";

/** Serial numbers: what makes a Matter device the same one after a restart. */
const ids: Ids = {
  pattern: /^[A-Za-z0-9-]{1,24}$/,
  words: "a serial number of 1 to 24 letters, digits and dashes",
  make: (seed) => `SIM-${hash(seed, 3, 1).toString(36).toUpperCase().padStart(7, "0")}`,
};

/** Matter devices: processes of their own beside the broker, so that no connection is built for them. */
export const matter: Maker = {
  name: "matter",
  ids,
  kinds: matterKinds.map((name) => ({ name, about: sheets[name].about, options: sheets[name].options })),
  // Each is a process with a Matter stack of its own: a home with all of them needs more memory than a small machine has.
  examples: ["plug", "dishwasher"],
  build: () => [],
};
