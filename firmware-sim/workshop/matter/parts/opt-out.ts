import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { StatusResponse } from "@matter/main/types";

const { OptOutState, AdjustmentCause } = DeviceEnergyManagement;
export type OptOut = DeviceEnergyManagement.OptOutState;

/** The words of a hand on the device, and what they mean. */
const words = new Map<unknown, OptOut>([
  ["none", OptOutState.NoOptOut],
  ["local", OptOutState.LocalOptOut],
  ["grid", OptOutState.GridOptOut],
  ["all", OptOutState.OptOut],
]);

export const optOutOf = (word: unknown): OptOut | undefined => words.get(word);

/** Whether the person at the device lets it be moved for that cause (Matter Application Clusters 9.2.7.7). */
export function allows(optOut: OptOut, cause: DeviceEnergyManagement.AdjustmentCause): boolean {
  if (optOut === OptOutState.OptOut) return false;
  return optOut !== (cause === AdjustmentCause.GridOptimization ? OptOutState.GridOptOut : OptOutState.LocalOptOut);
}

/** Refuses with CONSTRAINT_ERROR what the person at the device does not want. */
export function mustAllow(optOut: OptOut, cause: DeviceEnergyManagement.AdjustmentCause): void {
  if (!allows(optOut, cause)) throw new StatusResponse.ConstraintErrorError("the person at the device opted out");
}

/** Refuses with INVALID_IN_STATE. */
export function mustBe(condition: boolean, words: string): void {
  if (!condition) throw new StatusResponse.InvalidInStateError(words);
}

/** Refuses with CONSTRAINT_ERROR. */
export function mustHold(condition: boolean, words: string): void {
  if (!condition) throw new StatusResponse.ConstraintErrorError(words);
}
