import { Endpoint } from "@matter/main";
import { ContactSensorDevice } from "@matter/main/devices/contact-sensor";
import { noise } from "../../../random.ts";
import { type Birth, type Product, truthIn } from "../product.ts";

/** A contact: its state value is true while the magnet is near, which is closed. */
export function contactSensor({ seed }: Birth): Product {
  const endpoint = new Endpoint(ContactSensorDevice, { id: "contact", booleanState: { stateValue: true } });
  let held: boolean | undefined;
  return {
    endpoints: [endpoint],
    state: () => ({ closed: endpoint.state.booleanState.stateValue }),
    async set(values) {
      held = truthIn(values, "closed") ?? held;
      if (held !== undefined) await endpoint.set({ booleanState: { stateValue: held } });
    },
    step() {},
    async show({ elapsed }) {
      // Nobody has set it: opened now and then.
      if (held === undefined) await endpoint.set({ booleanState: { stateValue: noise(seed, 21, elapsed, 900) < 0.5 } });
    },
  };
}
