import { deviceType } from "../device-type.ts";

export const audioDoorbell = deviceType({
  name: "audioDoorbell",
  matter: "AudioDoorbell",
  label: "Doorbell with voice",
  icon: "bell",
  words: ["doorbell"],
});
