import { deviceType } from "../device-type.ts";

export const smokeCoAlarm = deviceType({
  name: "smokeCoAlarm",
  matter: "SmokeCoAlarm",
  label: "Smoke and CO alarm",
  icon: "alarm",
  words: ["smoke alarm"],
});
