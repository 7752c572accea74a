import { flag } from "./codecs.ts";
import { clusterTable } from "./table.ts";

export const onOff = clusterTable({
  cluster: "OnOff",
  id: 0x0006,
  capability: "onOff",
  attributes: { onOff: flag },
  commands: {
    off: { command: "off", id: 0 },
    on: { command: "on", id: 1 },
    toggle: { command: "toggle", id: 2 },
  },
});
