import { deviceType } from "../device-type.ts";

export const basicVideoPlayer = deviceType({
  name: "basicVideoPlayer",
  matter: "BasicVideoPlayer",
  label: "TV",
  icon: "tv",
  words: ["tv", "television"],
});
