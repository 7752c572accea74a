import { deviceType } from "../device-type.ts";

export const extractorHood = deviceType({
  name: "extractorHood",
  matter: "ExtractorHood",
  label: "Cooker hood",
  icon: "hood",
  words: ["hood", "extractor"],
});
