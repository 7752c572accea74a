import { Endpoint } from "@matter/main";
import { OccupancySensingServer } from "@matter/main/behaviors/occupancy-sensing";
import { OccupancySensorDevice } from "@matter/main/devices/occupancy-sensor";
import { noise } from "../../../random.ts";
import { type Birth, type Product, truthIn } from "../product.ts";

const Type = OccupancySensorDevice.with(OccupancySensingServer.with("PassiveInfrared", "OccupancyEvent"));

/** Presence by infrared, with the event of the cluster's later revisions. */
export function occupancySensor({ seed }: Birth): Product {
  const endpoint = new Endpoint(Type, { id: "presence", occupancySensing: { occupancy: { occupied: false } } });
  let held: boolean | undefined;
  const put = (occupied: boolean) => endpoint.set({ occupancySensing: { occupancy: { occupied } } });
  return {
    endpoints: [endpoint],
    state: () => ({ occupied: endpoint.state.occupancySensing.occupancy.occupied === true }),
    async set(values) {
      held = truthIn(values, "occupied") ?? held;
      if (held !== undefined) await put(held);
    },
    async show({ elapsed }) {
      // Nobody has set it: people come and go.
      if (held === undefined) await put(noise(seed, 22, elapsed, 1200) > 0);
    },
  };
}
