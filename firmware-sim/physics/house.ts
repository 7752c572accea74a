/** Two heat stores: the air with furniture, and the heavy shell. W, W/K, kWh/K, degC. */

export interface HouseParams {
  readonly airKwhPerK: number;
  readonly massKwhPerK: number;
  readonly airToMass: number;
  readonly airToOutside: number;
  readonly massToOutside: number;
  /** Added while a window stands open. */
  readonly openWindow: number;
  /** South windows: m2 times solar transmittance. */
  readonly windowArea: number;
  /** Share of the heating that warms the air; the rest goes into the floor. */
  readonly heatToAir: number;
}

export interface HouseState {
  readonly air: number;
  readonly mass: number;
}

export interface HouseInput {
  readonly outdoor: number;
  /** W of heat from the heating, people and appliances, and sun through the windows. */
  readonly heating: number;
  readonly internal: number;
  readonly solar: number;
  readonly windowOpen: boolean;
}

const joulesPerKwh = 3_600_000;

/** One step; `lost` is the heat that went outside, in J, so that gain = stored + lost. */
export function stepHouse(
  state: HouseState,
  input: HouseInput,
  params: HouseParams,
  seconds: number,
): HouseState & { readonly lost: number } {
  const toMass = params.airToMass * (state.air - state.mass);
  const airLoss = (params.airToOutside + (input.windowOpen ? params.openWindow : 0)) * (state.air - input.outdoor);
  const massLoss = params.massToOutside * (state.mass - input.outdoor);
  const intoAir = input.heating * params.heatToAir + input.internal + input.solar * 0.6;
  const intoMass = input.heating * (1 - params.heatToAir) + input.solar * 0.4;
  return {
    air: state.air + ((intoAir - toMass - airLoss) * seconds) / (params.airKwhPerK * joulesPerKwh),
    mass: state.mass + ((intoMass + toMass - massLoss) * seconds) / (params.massKwhPerK * joulesPerKwh),
    lost: (airLoss + massLoss) * seconds,
  };
}
