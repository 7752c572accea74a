/** What a connection can carry at most: beyond it a number is no measurement. */

/** Plugs and sockets: 16 A at 230 V, a quarter more for overload and generous fuses. W. */
const SOCKET_W = 4_600;
/** A house connection of three phases at 80 A. W. */
const HOUSE_W = 60_000;

const LIMITS: Readonly<Record<string, number>> = {
  electricalMeter: HOUSE_W,
  electricalUtilityMeter: HOUSE_W,
  meterReferencePoint: HOUSE_W,
  solarPower: 40_000,
  batteryStorage: 40_000,
  energyEvse: 26_000,
  heatPump: 25_000,
  waterHeater: 30_000,
  cooktop: 14_000,
  oven: 8_000,
  roomAirConditioner: 8_000,
  dishwasher: SOCKET_W,
  laundryWasher: SOCKET_W,
  laundryDryer: SOCKET_W,
  refrigerator: SOCKET_W,
  basicVideoPlayer: SOCKET_W,
  onOffLight: SOCKET_W,
  dimmableLight: SOCKET_W,
  colorTemperatureLight: SOCKET_W,
  extendedColorLight: SOCKET_W,
  onOffPlugInUnit: SOCKET_W,
  dimmablePlugInUnit: SOCKET_W,
};

/**
 * W in either direction, by device types: the widest of those that say something, else a house connection. `announced`: the most
 * that the maker says its meter reads, W; it counts where it is less.
 */
export function limitWOf(types: readonly string[], announced?: number): number {
  const known = types.map((type) => LIMITS[type]).filter((watts) => watts !== undefined);
  const limit = known.length > 0 ? Math.max(...known) : HOUSE_W;
  return announced !== undefined && announced >= 100 ? Math.min(limit, announced * 1.25) : limit;
}
