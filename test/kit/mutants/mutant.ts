/**
 * Faults that makers make, planted one at a time into the worked example: what is changed in its source, and which rule
 * must find it.
 */
export interface Mutant {
  readonly fault: string;
  readonly rule: string;
  /** Each text must be there exactly once. */
  readonly changes: readonly (readonly [from: string, to: string])[];
}

export const mutant = (rule: string, fault: string, ...changes: Mutant["changes"]): Mutant => ({
  fault,
  rule,
  changes,
});

export const wh = 'wh: { word: "energy", maker: { kind: "number", unit: "Wh" } },';
export const watts = 'watts: { word: "power", maker: { kind: "number", unit: "W" } },';
export const readOne = "for (const [field, raw] of fields) readField(device.built, place, field, raw, into);";
export const reading = (code: string): readonly [string, string] => [
  readOne,
  `for (const [field, was] of fields) { let raw = was; ${code}; readField(device.built, place, field, raw, into); }`,
];
export const intoFields = (code: string): readonly [string, string] => [
  "#fields(device, message, learns) {",
  `#fields(device, message, learns) { ${code}`,
];
export const afterPlan = (code: string): readonly [string, string] => [
  "const body = Object.assign({}, ...planned.writes);",
  `const body = Object.assign({}, ...planned.writes); ${code}`,
];
export const power =
  '{ node: device.id, endpoint: 1, capability: "electricalPowerMeasurement", attribute: "activePower" }';
