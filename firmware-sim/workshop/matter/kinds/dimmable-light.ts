import { Endpoint } from "@matter/main";
import { DimmableLightDevice } from "@matter/main/devices/dimmable-light";
import { lampState, setLamp } from "../parts/lamp.ts";
import type { Product } from "../product.ts";

/** A lamp that dims; fades take the time that a command gives. */
export function dimmableLight(): Product {
  const endpoint = new Endpoint(DimmableLightDevice, { id: "light", levelControl: { currentLevel: 152 } });
  return { endpoints: [endpoint], state: () => lampState(endpoint), set: (values) => setLamp(endpoint, values) };
}
