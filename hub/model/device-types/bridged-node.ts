import { deviceType } from "../device-type.ts";

/** A device of which only its maker's own values are known. */
export const bridgedNode = deviceType({
  name: "bridgedNode",
  matter: "BridgedNode",
  label: "Other device",
  icon: "power",
  words: [],
});
