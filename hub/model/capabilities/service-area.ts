import { capability } from "../capability.ts";
import { moment } from "./shapes.ts";

/** Areas go by their names, several with commas between; no name at all means every area. */
export const serviceArea = capability({
  name: "serviceArea",
  label: "Rooms to clean",
  matter: "ServiceArea",
  attributes: {
    currentArea: { type: "string", maxLength: 64, label: "Cleans now" },
    chosenAreas: { type: "string", maxLength: 255, label: "Chosen", ours: true },
    knownAreas: { type: "string", maxLength: 255, label: "Knows", ours: true },
    estimatedEndTime: { ...moment, label: "Done by" },
  },
  commands: {
    selectAreas: {
      label: "Choose rooms",
      args: { newAreas: { type: "string", maxLength: 255, label: "Rooms, with commas" } },
      wants: () => ({}),
    },
    skipArea: {
      label: "Skip a room",
      args: { skippedArea: { type: "string", maxLength: 64, label: "Room" } },
      wants: () => ({}),
    },
  },
});
