/** Machines with a programme, and the refrigerator. */

/** Minutes and W of a dishwasher's eco programme: about 0.85 kWh in 3 h 10 min, two heating phases. */
const ecoProgramme: readonly (readonly [minutes: number, watts: number])[] = [
  [8, 70],
  [14, 1950],
  [62, 75],
  [4, 25],
  [6, 80],
  [9, 1950],
  [22, 60],
  [60, 9],
  [5, 30],
];

export const programmeSeconds = ecoProgramme.reduce((sum, [minutes]) => sum + minutes * 60, 0);

/** W at a moment of the programme. */
export function programmePower(seconds: number): number {
  let left = seconds;
  for (const [minutes, watts] of ecoProgramme) {
    left -= minutes * 60;
    if (left < 0) return watts;
  }
  return 0;
}

export interface FridgeState {
  readonly inside: number;
  readonly compressor: boolean;
}

/** W electric and the next state. The room warms the inside, opened doors (`disturbance`, W) too. */
export function stepFridge(
  state: FridgeState,
  powered: boolean,
  room: number,
  disturbance: number,
  seconds: number,
): FridgeState & { readonly power: number } {
  let compressor = state.compressor;
  if (state.inside > 6.5) compressor = true;
  if (state.inside < 3.5) compressor = false;
  const runs = compressor && powered;
  const heat = 1.9 * (room - state.inside) + disturbance - (runs ? 110 : 0);
  return { inside: state.inside + (heat * seconds) / 60_000, compressor, power: runs ? 72 : powered ? 1.2 : 0 };
}
