import { deviceType } from "../device-type.ts";

export const closurePanel = deviceType({
  name: "closurePanel",
  matter: "ClosurePanel",
  label: "Panel",
  icon: "gate",
  words: [],
});
