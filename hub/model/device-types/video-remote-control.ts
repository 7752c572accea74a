import { deviceType } from "../device-type.ts";

export const videoRemoteControl = deviceType({
  name: "videoRemoteControl",
  matter: "VideoRemoteControl",
  label: "TV remote",
  icon: "remote",
  words: [],
});
