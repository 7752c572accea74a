/** Units by the last parts of a path: they are the same in every service (Victron Energy, wiki "dbus"). */

const rows: readonly (readonly [at: RegExp, unit: string])[] = [
  [/\/BatteryVoltage\/\w*Value$/, "V"],
  [/\/Soc\/\w*Value$/, "%"],
  [/\/(BatteryCurrent)\/\w*Value$/, "A"],
  [/\/AcLoad\/\w*Value$/, "W"],
  [/\/(\w*Soc|\w*SocLimit|Soh|Load|LoadPercentage|Dimming|Humidity)$/, "%"],
  [/^tank\/Level$/, "%"],
  [/^tank\/(Capacity|Remaining)$/, "m3"],
  [/^battery\/(Capacity|InstalledCapacity|ConsumedAmphours)$/, "Ah"],
  [/^battery\/History\/(TotalAhDrawn|DeepestDischarge|LastDischarge|AverageDischarge)$/, "Ah"],
  [/\/(\w*Power|P|\w*PowerSet[Pp]oint|PowerLimit|AvailableOverhead)$/, "W"],
  [/\/(\w*Current|I|\w*CurrentLimit|AcExportLimit|AcInputLimit)$/, "A"],
  [/\/(\w*Voltage|V)$/, "V"],
  [/\/S$/, "VA"],
  [/\/(F|\w*Frequency)$/, "Hz"],
  [
    /\/Energy\/\w+$|\/Yield\/(User|System)$|\/(Yield|TodaysYield|EnergyIn|EnergyOut|ChargedEnergy|DischargedEnergy)$/,
    "kWh",
  ],
  [/^evcharger\/Session\/Energy$/, "kWh"],
  [/\/\w*Temperature$/, "C"],
  [/\/OilPressure$/, "kPa"],
  [/^temperature\/Pressure$/, "hPa"],
  [/\/(Engine\/Speed|\w*RPM)$/, "rpm"],
  [/^(gps\/Speed|meteo\/WindSpeed)$/, "m/s"],
  [/^meteo\/Irradiance$/, "W/m2"],
  [/^gps\/Altitude$/, "m"],
  [/^gps\/Course$/, "deg"],
  [
    /\/(\w+Timer?|Time|\w*Runtime|Duration|ServiceInterval|Timers\/\w+|TimeToGo|OperatingHours|Schedule\/Charge\/\d+\/Start)$/,
    "s",
  ],
];

/** The maker's unit of a path, `service/path`; undefined for plain numbers. */
export const unitOf = (at: string): string | undefined => rows.find(([pattern]) => pattern.test(at))?.[1];
