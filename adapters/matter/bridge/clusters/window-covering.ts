import type { Value } from "../../../../hub/model/capability.ts";
import { ask, bridgeCluster, type Fields, has, hasCommand, type Source } from "../table.ts";
import { numberIn, numberOf } from "./codecs.ts";

const WC = "windowCovering";

/** Percent open in the house; hundredths of a percent from open (0) to closed (10,000) in Matter (5.3.6). */
const closed = (open: Value | undefined): number | null =>
  typeof open === "number" ? Math.round((100 - Math.min(100, Math.max(0, open))) * 100) : null;

const openOf = (hundredths: number): number => Math.round(100 - hundredths / 100);

const lifts = (s: Source) => has(s, WC, "currentPositionLiftPercentage") || hasCommand(s, WC, "upOrOpen");
const knowsLift = (s: Source) => has(s, WC, "currentPositionLiftPercentage") && hasCommand(s, WC, "goToLiftPercentage");
const tilts = (s: Source) => has(s, WC, "currentPositionTiltPercentage") && hasCommand(s, WC, "goToTiltPercentage");

const movements = { stopped: 0, opening: 1, closing: 2 };

const position = (name: "Lift" | "Tilt", value: Value | undefined, moving: boolean): Fields => {
  const current = closed(value);
  return {
    [`currentPosition${name}Percent100ths`]: current,
    [`currentPosition${name}Percentage`]: current === null ? null : Math.floor(current / 100),
    // Where a movement will end nobody tells over MQTT.
    [`targetPosition${name}Percent100ths`]: moving ? null : current,
  };
};

const go = (name: "Lift" | "Tilt") => (fields: Fields) => {
  const value = numberIn(fields, `${name.toLowerCase()}Percent100thsValue`);
  if (value === undefined || value > 10_000) return { constraint: "the position must be 0 to 10,000" };
  return [ask(WC, `goTo${name}Percentage`, { [`${name.toLowerCase()}Percent`]: openOf(value) })];
};

export const windowCovering = bridgeCluster({
  cluster: "WindowCovering",
  features: (s) => [
    ...(lifts(s) ? ["Lift"] : []),
    ...(knowsLift(s) ? ["PositionAwareLift"] : []),
    ...(tilts(s) ? ["Tilt", "PositionAwareTilt"] : []),
  ],
  fixed: (s) => ({
    // Roller shade, tilt blind, or both (5.3.5.1); which product it is MQTT does not tell.
    type: tilts(s) ? (lifts(s) ? 8 : 7) : 0,
    endProductType: 0,
    configStatus: { operational: true, liftPositionAware: knowsLift(s), tiltPositionAware: tilts(s) },
    mode: {},
  }),
  state: (held, s) => {
    const movement = numberOf(movements, held(`${WC}.operationalStatus`)) ?? 0;
    return {
      operationalStatus: { global: movement, lift: lifts(s) ? movement : 0, tilt: lifts(s) ? 0 : movement },
      ...(knowsLift(s) ? position("Lift", held(`${WC}.currentPositionLiftPercentage`), movement > 0) : {}),
      ...(tilts(s) ? position("Tilt", held(`${WC}.currentPositionTiltPercentage`), movement > 0) : {}),
    };
  },
  commands: {
    upOrOpen: (_, __, s) =>
      hasCommand(s, WC, "upOrOpen") ? [ask(WC, "upOrOpen")] : [ask(WC, "goToTiltPercentage", { tiltPercent: 100 })],
    downOrClose: (_, __, s) =>
      hasCommand(s, WC, "downOrClose") ? [ask(WC, "downOrClose")] : [ask(WC, "goToTiltPercentage", { tiltPercent: 0 })],
    stopMotion: () => [ask(WC, "stopMotion")],
    goToLiftPercentage: go("Lift"),
    goToTiltPercentage: go("Tilt"),
  },
  accepts: (command, s) =>
    command === "goToLiftPercentage" ? knowsLift(s) : command === "goToTiltPercentage" ? tilts(s) : true,
});
