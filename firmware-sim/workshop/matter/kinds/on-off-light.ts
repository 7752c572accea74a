import { Endpoint } from "@matter/main";
import { OnOffLightDevice } from "@matter/main/devices/on-off-light";
import { type Product, truthIn } from "../product.ts";

/** A lamp that switches. */
export function onOffLight(): Product {
  const endpoint = new Endpoint(OnOffLightDevice, { id: "light" });
  return {
    endpoints: [endpoint],
    state: () => ({ onOff: endpoint.state.onOff.onOff }),
    async set(values) {
      const onOff = truthIn(values, "onOff");
      if (onOff !== undefined) await endpoint.set({ onOff: { onOff } });
    },
  };
}
