import { Endpoint } from "@matter/main";
import { BooleanStateServer } from "@matter/main/behaviors/boolean-state";
import { WaterLeakDetectorDevice } from "@matter/main/devices/water-leak-detector";
import { bornCell, CellPower } from "../parts/battery-cell.ts";
import { type Product, truthIn } from "../product.ts";

const Type = WaterLeakDetectorDevice.with(BooleanStateServer.with("ChangeEvent"), CellPower);

/** A water leak detector: its state value is true while it is wet. */
export function leakSensor(): Product {
  const endpoint = new Endpoint(Type, { id: "leak", booleanState: { stateValue: false }, powerSource: bornCell(88) });
  return {
    endpoints: [endpoint],
    state: () => ({ leak: endpoint.state.booleanState.stateValue }),
    async set(values) {
      const leak = truthIn(values, "leak");
      if (leak !== undefined) await endpoint.set({ booleanState: { stateValue: leak } });
    },
  };
}
