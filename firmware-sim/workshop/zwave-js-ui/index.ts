import { type Ids, maker } from "../kind.ts";
import { dimmer } from "./dimmer.ts";
import { doorSensor } from "./door-sensor.ts";
import { Gateway, type GatewaySettings } from "./gateway.ts";
import type { ZwaveNode } from "./node.ts";
import { plug } from "./plug.ts";
import { sceneController } from "./scene-controller.ts";
import { gateway, usual } from "./settings.ts";
import { thermostat } from "./thermostat.ts";

/** Node numbers; 1 is the controller's own. */
const ids: Ids = {
  pattern: /^([2-9]|[1-9]\d|1\d\d|2[0-2]\d|23[0-2])$/,
  words: "a node number from 2 to 232",
  make: (_seed, place) => String(place + 2),
};

/** Z-Wave JS UI: a product is a file and a word in this line. All nodes stand behind one gateway. */
export const zwaveJsUi = maker<ZwaveNode | GatewaySettings>(
  "zwave-js-ui",
  ids,
  [gateway, plug, dimmer, thermostat, doorSensor, sceneController],
  (parts) => {
    const nodes = parts.filter((part) => part.kind === "node");
    return [new Gateway(parts.find((part) => part.kind === "gateway") ?? usual, nodes)];
  },
);
