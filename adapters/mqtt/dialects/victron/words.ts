/** Numbers that stand for words, by service and path (Victron Energy, wiki "dbus" and the GX register list). */

type Words = Readonly<Record<number, string>>;

const state: Words = {
  0: "off",
  1: "low power",
  2: "fault",
  3: "bulk",
  4: "absorption",
  5: "float",
  6: "storage",
  7: "equalize",
  8: "passthru",
  9: "inverting",
  10: "power assist",
  11: "power supply",
  244: "sustain",
  245: "wake-up",
  246: "repeated absorption",
  247: "auto equalize",
  248: "battery safe",
  249: "load detect",
  250: "blocked",
  251: "test",
  252: "external control",
  256: "discharging",
  257: "sustain (no charge)",
  258: "recharge",
  259: "scheduled recharge",
};
const alarm: Words = { 0: "ok", 1: "warning", 2: "alarm" };
const onOffMode: Words = { 1: "on", 4: "off" };
const input: Words = { 0: "not used", 1: "grid", 2: "generator", 3: "shore" };

const charger: Words = {
  0: "disconnected",
  1: "connected",
  2: "charging",
  3: "charged",
  4: "waiting for sun",
  5: "waiting for RFID",
  6: "waiting for start",
  7: "low SOC",
  8: "ground test error",
  9: "welded contacts error",
  10: "CP input test error",
  11: "residual current detected",
  12: "undervoltage detected",
  13: "overvoltage detected",
  14: "overheating detected",
  20: "charging limit",
  21: "start charging",
  22: "switching to 3 phases",
  23: "switching to 1 phase",
  24: "stop charging",
};

/** An EV charger's status in the words of the house. */
export const evseState: Readonly<Record<string, string>> = {
  disconnected: "notPluggedIn",
  connected: "pluggedInNoDemand",
  charging: "pluggedInCharging",
  charged: "pluggedInNoDemand",
  "waiting for sun": "pluggedInDemand",
  "waiting for RFID": "pluggedInDemand",
  "waiting for start": "pluggedInDemand",
  "low SOC": "pluggedInDemand",
  "charging limit": "pluggedInCharging",
  "start charging": "pluggedInCharging",
  "switching to 3 phases": "pluggedInCharging",
  "switching to 1 phase": "pluggedInCharging",
  "stop charging": "sessionEnding",
};

const rows: readonly (readonly [at: RegExp, words: Words])[] = [
  [/^evcharger\/Status$/, charger],
  [/^evcharger\/Mode$/, { 0: "manual", 1: "auto", 2: "scheduled" }],
  [/^evcharger\/StartStop$/, { 0: "stop", 1: "start" }],
  [/^pvinverter\/Position$/, { 0: "AC input 1", 1: "AC output", 2: "AC input 2" }],
  [/^(evcharger|acload|heatpump|genset)\/Position$/, { 0: "AC output", 1: "AC input" }],
  [/^heatpump\/State$/, { 0: "off", 1: "error", 2: "startup", 3: "heating", 4: "cooling" }],
  [/^generator\/State$/, { 0: "stopped", 1: "running", 2: "warm-up", 3: "cool-down", 4: "stopping", 10: "error" }],
  [
    /^(genset|dcgenset)\/StatusCode$/,
    {
      ...{
        0: "standby",
        1: "startup 1",
        2: "startup 2",
        3: "startup 3",
        4: "startup 4",
        5: "startup 5",
        6: "startup 6",
      },
      ...{ 7: "startup 7", 8: "running", 9: "stopping", 10: "error" },
    },
  ],
  [
    /^digitalinput\/State$/,
    {
      ...{ 0: "low", 1: "high", 2: "off", 3: "on", 4: "no", 5: "yes", 6: "open", 7: "closed" },
      ...{ 8: "ok", 9: "alarm", 10: "running", 11: "stopped" },
    },
  ],
  [
    /^vebus\/(State|VebusChargeState)$|^(solarcharger|inverter|charger|dcdc|alternator|multi|fuelcell|dcsource|acsystem)\/State$/,
    state,
  ],
  [/^gx\/SystemState\/State$/, state],
  [/^(vebus|multi|acsystem)\/Mode$/, { 1: "charger only", 2: "inverter only", 3: "on", 4: "off" }],
  [/^inverter\/Mode$/, { 2: "on", 4: "off", 5: "eco" }],
  [/^(solarcharger|charger|dcdc|alternator)\/Mode$/, onOffMode],
  [
    /\/(Pv\/\d+\/)?MppOperationMode$/,
    { 0: "off", 1: "voltage or current limited", 2: "tracking", 255: "not available" },
  ],
  [
    /^tank\/FluidType$/,
    {
      ...{ 0: "fuel", 1: "fresh water", 2: "waste water", 3: "live well", 4: "oil", 5: "black water", 6: "gasoline" },
      ...{ 7: "diesel", 8: "LPG", 9: "LNG", 10: "hydraulic oil", 11: "raw water" },
    },
  ],
  [
    /^(tank|temperature)\/Status$/,
    { 0: "ok", 1: "disconnected", 2: "short circuited", 3: "reverse polarity", 4: "unknown", 5: "error" },
  ],
  [
    /^temperature\/TemperatureType$/,
    { 0: "battery", 1: "fridge", 2: "generic", 3: "room", 4: "outdoor", 5: "water heater", 6: "freezer" },
  ],
  [/^gx\/Ac\/ActiveIn\/Source$/, { 0: "not available", 1: "grid", 2: "generator", 3: "shore", 240: "inverting" }],
  [/^gx\/Dc\/Battery\/State$/, { 0: "idle", 1: "charging", 2: "discharging" }],
  [/^settings\/Settings\/SystemSetup\/AcInput\d$/, input],
  [
    /^settings\/Settings\/CGwacs\/Hub4Mode$/,
    { 1: "ESS with phase compensation", 2: "ESS without phase compensation", 3: "external control" },
  ],
  [
    /^settings\/Settings\/CGwacs\/BatteryLife\/State$/,
    {
      ...{ 0: "external control", 1: "restarting", 2: "self-consumption", 3: "self-consumption, SOC above 85 %" },
      ...{ 4: "self-consumption, SOC at 100 %", 5: "SOC below the dynamic limit", 6: "SOC below the limit for a day" },
      ...{ 7: "sustain", 8: "recharge", 9: "keep batteries charged", 10: "optimized without battery life" },
      ...{ 11: "optimized without battery life, SOC above the minimum", 12: "recharge, SOC 5 % below the minimum" },
    },
  ],
  [/^settings\/Settings\/DynamicEss\/Mode$/, { 0: "off", 1: "auto", 2: "buy", 3: "sell", 4: "Node-RED" }],
  [
    /^multi\/Settings\/Ess\/Mode$/,
    { 0: "optimized with battery life", 1: "optimized", 2: "keep charged", 3: "external control" },
  ],
  [/\/Alarms\//, alarm],
];

/** Words for the numbers of a path, `service/path`. */
export const wordsOf = (at: string): Words | undefined => rows.find(([pattern]) => pattern.test(at))?.[1];
