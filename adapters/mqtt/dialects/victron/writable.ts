/** What may be written, and only by a person's command (Victron Energy, wiki "dbus": paths marked as writable). */

/** A narrower range than any number, where the maker states one that messages do not carry. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

const rows: readonly (readonly [at: RegExp, range: Range])[] = [
  [/^settings\/Settings\/CGwacs\/BatteryLife\/MinimumSocLimit$/, { min: 0, max: 100 }],
  [/^settings\/Settings\//, {}],
  [/^multi\/Settings\/Ess\/(MinimumSocLimit|Mode)$/, {}],
  [/^(vebus|multi|inverter|solarcharger|charger|dcdc|acsystem|evcharger)\/Mode$/, {}],
  [/^(vebus|multi|charger|acsystem)\/Ac\/(ActiveIn|In(\/\d)?)\/CurrentLimit$/, { min: 0, max: 100 }],
  [/^vebus\/Hub4\/(L[123]\/AcPowerSetpoint|DisableCharge|DisableFeedIn)$/, {}],
  [/^multi\/Ess\/(AcPowerSetpoint|DisableCharge|DisableFeedIn)$/, {}],
  [/^vebus\/(Ac\/Control\/IgnoreAcIn\d|PvInverter\/Disable)$/, {}],
  [/^pvinverter\/Ac\/PowerLimit$/, { min: 0, max: 1_000_000 }],
  [/^evcharger\/SetCurrent$/, { min: 0, max: 80, step: 1 }],
  [/^evcharger\/MaxCurrent$/, { min: 0, max: 80, step: 1 }],
  [/^evcharger\/(StartStop|AutoStart|EnableDisplay)$/, { min: 0, max: 1, step: 1 }],
  [/^generator\/(ManualStart|AutoStartEnabled)$/, { min: 0, max: 1, step: 1 }],
  [/^generator\/ManualStartTimer$/, { min: 0, max: 86_400, step: 1 }],
  [/^(genset|dcgenset)\/Start$/, { min: 0, max: 1, step: 1 }],
  [/\/(Relay\/\d|SwitchableOutput\/[^/]+)\/State$/, {}],
  [/\/SwitchableOutput\/[^/]+\/Dimming$/, { min: 0, max: 100 }],
  [/^(tank|temperature)\/(Capacity|FluidType|TemperatureType|Offset|Scale)$/, {}],
  [/\/CustomName$/, {}],
];

/** The range of a path, `service/path`, that may be written; undefined for the rest. */
export const writableRange = (at: string): Range | undefined => rows.find(([pattern]) => pattern.test(at))?.[1];
