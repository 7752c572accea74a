import { deviceType } from "../device-type.ts";

export const onOffPlugInUnit = deviceType({
  name: "onOffPlugInUnit",
  matter: "OnOffPlugInUnit",
  label: "Plug",
  icon: "plug",
  words: ["plug", "socket", "outlet"],
});
