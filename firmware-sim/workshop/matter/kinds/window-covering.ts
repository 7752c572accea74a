import { Endpoint } from "@matter/main";
import { WindowCoveringServer } from "@matter/main/behaviors/window-covering";
import { WindowCovering } from "@matter/main/clusters/window-covering";
import { WindowCoveringDevice } from "@matter/main/devices/window-covering";
import { numberIn, type Product } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

/** A motor that takes its time: commands set the target only, `step` does the way. */
class BlindServer extends WindowCoveringServer.with("Lift", "PositionAwareLift", "Tilt", "PositionAwareTilt") {
  override handleMovement(): void {}
}

const Type = WindowCoveringDevice.with(BlindServer);
/** Times faster than lifting: turning the slats. */
const tiltFaster = 8;

/** A venetian blind; 0 is open and 10000 closed, as Matter counts. */
export function windowCovering(_birth: unknown, { seconds }: OptionsOf<"window-covering">): Product {
  const endpoint = new Endpoint(Type, {
    id: "blind",
    windowCovering: {
      type: WindowCovering.WindowCoveringType.TiltBlindLift,
      endProductType: WindowCovering.EndProductType.ExteriorVenetianBlind,
      configStatus: { operational: true, onlineReserved: true, liftPositionAware: true, tiltPositionAware: true },
      currentPositionLiftPercent100ths: 0,
      currentPositionTiltPercent100ths: 0,
      targetPositionLiftPercent100ths: 0,
      targetPositionTiltPercent100ths: 0,
    },
  });
  let lift: number | undefined;
  let tilt: number | undefined;
  const toward = (at: number, target: number, most: number): number =>
    Math.abs(target - at) <= most ? target : at + Math.sign(target - at) * most;
  return {
    endpoints: [endpoint],
    state: () => {
      const { currentPositionLiftPercent100ths, currentPositionTiltPercent100ths } = endpoint.state.windowCovering;
      return {
        lift: (currentPositionLiftPercent100ths ?? 0) / 100,
        tilt: (currentPositionTiltPercent100ths ?? 0) / 100,
      };
    },
    async set(values) {
      // A hand on the wall switch: where it is to go.
      const wanted = numberIn(values, "lift");
      if (wanted !== undefined)
        await endpoint.set({
          windowCovering: { targetPositionLiftPercent100ths: Math.round(Math.max(0, Math.min(100, wanted)) * 100) },
        });
    },
    step(passed) {
      const at = endpoint.state.windowCovering;
      lift ??= at.currentPositionLiftPercent100ths ?? 0;
      tilt ??= at.currentPositionTiltPercent100ths ?? 0;
      const way = (10_000 / seconds) * passed;
      lift = toward(lift, at.targetPositionLiftPercent100ths ?? lift, way);
      tilt = toward(tilt, at.targetPositionTiltPercent100ths ?? tilt, way * tiltFaster);
    },
    async show() {
      if (lift === undefined || tilt === undefined) return;
      await endpoint.set({
        windowCovering: {
          currentPositionLiftPercent100ths: Math.round(lift),
          currentPositionTiltPercent100ths: Math.round(tilt),
        },
      });
    },
  };
}
