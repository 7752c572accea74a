/** A mixed hot-water tank with an immersion heater. Litres, degC, W. */

export interface TankParams {
  readonly litres: number;
  readonly heater: number;
  readonly lossPerK: number;
  readonly on: number;
  readonly off: number;
}

export interface TankState {
  readonly temperature: number;
  /** The built-in thermostat wants heat. */
  readonly calling: boolean;
}

export interface TankInput {
  /** The relay in front of the heater. */
  readonly allowed: boolean;
  readonly volts: number;
  /** Mixed water drawn, litres a second, and how warm it is wanted. */
  readonly draw: number;
  readonly wanted: number;
  readonly cold: number;
  readonly ambient: number;
}

/** J per litre and K. */
export const waterHeat = 4186;

/**
 * One step. `power` W electric, `drawn` and `lost` in J: electric energy = stored + drawn + lost.
 * A heating rod is a resistor, so its power goes with the square of the voltage.
 */
export function stepTank(
  state: TankState,
  input: TankInput,
  params: TankParams,
  seconds: number,
): TankState & { readonly power: number; readonly drawn: number; readonly lost: number } {
  let calling = state.calling;
  if (state.temperature <= params.on) calling = true;
  if (state.temperature >= params.off) calling = false;
  const power = calling && input.allowed ? params.heater * (input.volts / 230) ** 2 : 0;
  // The mixer can only add cold water: a tank colder than wanted gives all it has.
  const delivered = Math.max(input.cold, Math.min(input.wanted, state.temperature));
  const drawn = input.draw * seconds * waterHeat * (delivered - input.cold);
  const lost = params.lossPerK * (state.temperature - input.ambient) * seconds;
  const temperature = state.temperature + (power * seconds - drawn - lost) / (params.litres * waterHeat);
  return { temperature, calling, power, drawn, lost };
}
