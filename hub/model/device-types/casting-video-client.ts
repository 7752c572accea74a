import { deviceType } from "../device-type.ts";

export const castingVideoClient = deviceType({
  name: "castingVideoClient",
  matter: "CastingVideoClient",
  label: "Casting device",
  icon: "tv",
  words: [],
});
