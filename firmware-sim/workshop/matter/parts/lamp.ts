import type { Endpoint } from "@matter/main";
import type { DimmableLightDevice } from "@matter/main/devices/dimmable-light";
import { numberIn, scaled, truthIn, type Values } from "../product.ts";

/** The first of the levels that a light can have; 254 is the last (Matter Application Clusters, Level Control for Lighting). */
const most = 254;

type Lamp = Endpoint<DimmableLightDevice>;

/** On, and brightness in percent. */
export const lampState = ({ state }: Lamp): Values => ({
  onOff: state.onOff.onOff,
  level: Math.round(((state.levelControl.currentLevel ?? 0) / most) * 100),
});

/** A hand on a lamp: `onOff`, `level` in percent. */
export async function setLamp(lamp: Lamp, values: Values): Promise<void> {
  const onOff = truthIn(values, "onOff");
  const level = numberIn(values, "level");
  if (onOff !== undefined) await lamp.set({ onOff: { onOff } });
  if (level !== undefined)
    await lamp.set({ levelControl: { currentLevel: Math.max(1, Math.min(most, scaled(level / 100, most))) } });
}
