/** What a pairing is doing, in words, and how far that is (0 to 1) in the order of Matter core specification 5.5. */
export const steps = {
  copy: ["Saving a copy of the Matter store", 0.02],
  search: ["Looking for the device on the network", 0.05],
  radio: ["Looking for the device by Bluetooth", 0.1],
  code: ["Found a device; checking the pairing code", 0.3],
  prepare: ["The code is right; setting the device up", 0.4],
  certificate: ["Checking the device's certificate", 0.5],
  asking: ["Waiting for your word on the device", 0.55],
  fabric: ["Giving the device its key to this home", 0.6],
  access: ["Telling the device who may command it", 0.7],
  network: ["Bringing the device into the network", 0.72],
  reconnect: ["Connecting with the home's own key", 0.8],
  complete: ["Finishing", 0.9],
  read: ["Paired; reading what the device can do", 0.95],
} as const satisfies Record<string, readonly [words: string, done: number]>;

export type StepName = keyof typeof steps;

/** matter.js's names of the steps of its flow. */
const ofFlow: readonly (readonly [start: string, step: StepName])[] = [
  ["OperationalCredentials.DeviceAttestation", "certificate"],
  ["OperationalCredentials.Certificates", "fabric"],
  ["OperationalCredentials.UpdateFabricLabel", "complete"],
  ["AccessControl", "access"],
  ["NetworkCommissioning", "network"],
  ["Reconnect", "reconnect"],
  ["GeneralCommissioning.Complete", "complete"],
  ["AdditionalLogic", "complete"],
];

/** The step of ours that a step of matter.js belongs to. */
export const stepOfFlow = (name: string): StepName =>
  ofFlow.find(([start]) => name.startsWith(start))?.[1] ?? "prepare";
