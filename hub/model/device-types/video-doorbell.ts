import { deviceType } from "../device-type.ts";

export const videoDoorbell = deviceType({
  name: "videoDoorbell",
  matter: "VideoDoorbell",
  label: "Video doorbell",
  icon: "bell",
  words: ["doorbell"],
});
