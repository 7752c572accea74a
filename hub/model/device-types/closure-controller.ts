import { deviceType } from "../device-type.ts";

export const closureController = deviceType({
  name: "closureController",
  matter: "ClosureController",
  label: "Gate control",
  icon: "remote",
  words: [],
});
