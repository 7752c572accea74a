import { writableScaled, writableWords } from "./codecs.ts";
import { clusterTable } from "./table.ts";

export const fanControl = clusterTable({
  cluster: "FanControl",
  id: 0x0202,
  capability: "fanControl",
  attributes: {
    fanMode: writableWords({ 0: "off", 1: "low", 2: "medium", 3: "high", 4: "on", 5: "auto", 6: "smart" }),
    percentSetting: writableScaled(1),
  },
});
