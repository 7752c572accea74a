import { deviceType } from "../device-type.ts";

export const flowSensor = deviceType({
  name: "flowSensor",
  matter: "FlowSensor",
  label: "Flow sensor",
  icon: "flow",
  words: ["flow"],
});
