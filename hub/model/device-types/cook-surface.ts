import { deviceType } from "../device-type.ts";

export const cookSurface = deviceType({
  name: "cookSurface",
  matter: "CookSurface",
  label: "Hot plate",
  icon: "hob",
  words: ["hot plate"],
});
