import { capability } from "../capability.ts";

/** Ours: Matter has no limit for panels. What an inverter may give at most, as a share of what it is built for; it lasts until it is set anew. */
export const solarControl = capability({
  name: "solarControl",
  label: "Solar limit",
  matter: undefined,
  attributes: {
    limit: { type: "number", unit: "%", min: 0, max: 100, label: "Gives at most", writable: true },
  },
  commands: {},
});
