import { Endpoint } from "@matter/main";
import { SwitchServer } from "@matter/main/behaviors/switch";
import { GenericSwitchDevice } from "@matter/main/devices/generic-switch";
import { bornCell, CellPower } from "../parts/battery-cell.ts";
import type { Product } from "../product.ts";

const Type = GenericSwitchDevice.with(
  SwitchServer.with(
    "MomentarySwitch",
    "MomentarySwitchRelease",
    "MomentarySwitchLongPress",
    "MomentarySwitchMultiPress",
  ),
  CellPower,
);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** How long a finger stays on it, ms. */
const short = 60;
const long = 2300;

/** A button: `press` is "short", "long" or "double"; its events are told by the cluster as they happen. */
export function button(): Product {
  const endpoint = new Endpoint(Type, {
    id: "button",
    switch: { numberOfPositions: 2, currentPosition: 0, multiPressMax: 3, momentaryNeutralPosition: 0 },
    powerSource: bornCell(97),
  });
  let presses = 0;
  const press = async (ms: number): Promise<void> => {
    await endpoint.set({ switch: { rawPosition: 1 } });
    await wait(ms);
    await endpoint.set({ switch: { rawPosition: 0 } });
  };
  return {
    endpoints: [endpoint],
    state: () => ({ presses }),
    async set({ press: how }) {
      if (how !== "short" && how !== "long" && how !== "double") return;
      presses += 1;
      await press(how === "long" ? long : short);
      if (how !== "double") return;
      await wait(short * 2);
      await press(short);
    },
  };
}
