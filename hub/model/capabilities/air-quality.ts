import { capability } from "../capability.ts";

export const airQuality = capability({
  name: "airQuality",
  label: "Air quality",
  matter: "AirQuality",
  attributes: {
    airQuality: {
      type: "enum",
      values: ["unknown", "good", "fair", "moderate", "poor", "veryPoor", "extremelyPoor"],
      label: "Air quality",
    },
  },
  commands: {},
});
