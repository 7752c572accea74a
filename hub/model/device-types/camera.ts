import { deviceType } from "../device-type.ts";

export const camera = deviceType({
  name: "camera",
  matter: "Camera",
  label: "Camera",
  icon: "camera",
  words: ["camera"],
});
