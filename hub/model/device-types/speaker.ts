import { deviceType } from "../device-type.ts";

export const speaker = deviceType({
  name: "speaker",
  matter: "Speaker",
  label: "Speaker",
  icon: "speaker",
  words: ["speaker"],
});
