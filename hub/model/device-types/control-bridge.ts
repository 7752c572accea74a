import { deviceType } from "../device-type.ts";

export const controlBridge = deviceType({
  name: "controlBridge",
  matter: "ControlBridge",
  label: "Remote control",
  icon: "remote",
  words: [],
});
