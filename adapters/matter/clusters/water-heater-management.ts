import { bitmap, scaled, words } from "./codecs.ts";
import { type ClusterTable, clusterTable } from "./table.ts";

type Args = Readonly<Record<string, unknown>>;

/** WaterHeaterBoostInfoStruct (9.5.6.3): what is not asked for is left out, so that the device's own rules hold. */
function boostInfo(args: Args): Record<string, unknown> | string {
  const { duration, oneShot, emergencyBoost, temporarySetpoint, targetPercentage, targetReheat } = args;
  if (targetReheat !== undefined && targetPercentage === undefined) return "targetReheat needs targetPercentage";
  if (targetReheat !== undefined && oneShot === true) return "targetReheat can't go with oneShot";
  return {
    boostInfo: {
      duration: Math.round(Number(duration)),
      ...(oneShot === undefined ? {} : { oneShot }),
      ...(emergencyBoost === undefined ? {} : { emergencyBoost }),
      ...(temporarySetpoint === undefined ? {} : { temporarySetpoint: Math.round(Number(temporarySetpoint) * 100) }),
      ...(targetPercentage === undefined ? {} : { targetPercentage: Math.round(Number(targetPercentage)) }),
      ...(targetReheat === undefined ? {} : { targetReheat: Math.round(Number(targetReheat)) }),
    },
  };
}

export const waterHeaterManagement: ClusterTable = clusterTable({
  cluster: "WaterHeaterManagement",
  id: 0x0094,
  capability: "waterHeaterManagement",
  attributes: {
    // One bit for each heat source that works now (9.5.6.2).
    heatDemand: bitmap(),
    boostState: words({ 0: "inactive", 1: "active" }),
    tankVolume: scaled(1),
    estimatedHeatRequired: scaled(1e6),
    tankPercentage: scaled(1),
  },
  commands: {
    boost: { command: "boost", id: 0, fields: boostInfo },
    cancelBoost: { command: "cancelBoost", id: 1 },
  },
});
