import { describe, expect, test } from "vitest";
import { config, dev } from "./fixtures/ha-discovery.ts";
import { Listener } from "./listener.ts";

/** Unit as announced, the device's number, the house's number. */
type Row = readonly [unit: string | undefined, raw: number, house: number];

const pressure: readonly Row[] = [
  ["Pa", 101_325, 1013.25],
  ["hPa", 1013.25, 1013.25],
  ["mbar", 1013.25, 1013.25],
  ["kPa", 101.325, 1013.25],
  ["bar", 1.01325, 1013.25],
  ["cbar", 101.325, 1013.25],
  ["mPa", 101_325_000, 1013.25],
  ["mmHg", 760, 1013.25],
  ["inHg", 29.9213, 1013.25],
  ["psi", 14.69595, 1013.25],
  ["inH₂O", 406.7827, 1013.25],
];
const energy: readonly Row[] = [
  ["mWh", 2e6, 2],
  ["Wh", 2000, 2],
  ["kWh", 2, 2],
  ["MWh", 0.002, 2],
  ["GWh", 0.000002, 2],
  ["TWh", 0.000000002, 2],
  ["J", 7.2e6, 2],
  ["kJ", 7200, 2],
  ["MJ", 7.2, 2],
  ["GJ", 0.0072, 2],
  ["cal", 1_720_841.3, 2],
  ["kcal", 1720.8413, 2],
  ["Mcal", 1.7208413, 2],
  ["Gcal", 0.0017208413, 2],
];
const small = (house: number): readonly Row[] => [
  ["µg/m³", house, house],
  ["\u03bcg/m³", house, house],
];
const air = (gas: string): string => `${gas}ConcentrationMeasurement.measuredValue`;
const electric = (what: string): string => `electricalPowerMeasurement.${what}`;

/** Classes that the house has a capability for, with every unit that Home Assistant lets them have. */
const measured: Readonly<Record<string, readonly [path: string, rows: readonly Row[]]>> = {
  temperature: [
    "temperatureMeasurement.measuredValue",
    [
      ["°C", 21.5, 21.5],
      ["°F", 70.7, 21.5],
      ["K", 294.65, 21.5],
    ],
  ],
  humidity: ["relativeHumidityMeasurement.measuredValue", [["%", 44, 44]]],
  moisture: ["soilMeasurement.soilMoistureMeasuredValue", [["%", 31, 31]]],
  battery: ["powerSource.batPercentRemaining", [["%", 88, 88]]],
  illuminance: ["illuminanceMeasurement.measuredValue", [["lx", 320, 320]]],
  atmospheric_pressure: ["pressureMeasurement.measuredValue", pressure],
  pressure: ["pressureMeasurement.measuredValue", pressure],
  energy: ["electricalEnergyMeasurement.cumulativeEnergyImported", energy],
  power: [
    electric("activePower"),
    [
      ["mW", 1_200_000, 1200],
      ["W", 1200, 1200],
      ["kW", 1.2, 1200],
      ["MW", 0.0012, 1200],
      ["GW", 0.0000012, 1200],
      ["TW", 0.0000000012, 1200],
    ],
  ],
  voltage: [
    electric("voltage"),
    [
      ["V", 230, 230],
      ["mV", 230_000, 230],
      ["kV", 0.23, 230],
      ["MV", 0.00023, 230],
      ["\u03bcV", 230_000_000, 230],
    ],
  ],
  current: [
    electric("activeCurrent"),
    [
      ["A", 5.2, 5.2],
      ["mA", 5200, 5.2],
    ],
  ],
  frequency: [electric("frequency"), [["Hz", 50, 50]]],
  power_factor: [
    electric("powerFactor"),
    [
      ["%", 97, 97],
      [undefined, 0.97, 97],
    ],
  ],
  apparent_power: [
    electric("apparentPower"),
    [
      ["VA", 640, 640],
      ["kVA", 0.64, 640],
      ["mVA", 640_000, 640],
    ],
  ],
  reactive_power: [
    electric("reactivePower"),
    [
      ["var", 120, 120],
      ["kvar", 0.12, 120],
      ["mvar", 120_000, 120],
    ],
  ],
  carbon_dioxide: [air("carbonDioxide"), [["ppm", 640, 640]]],
  carbon_monoxide: [
    air("carbonMonoxide"),
    [
      ["ppm", 9, 9],
      ["ppb", 9000, 9],
    ],
  ],
  volatile_organic_compounds_parts: [
    air("totalVolatileOrganicCompounds"),
    [
      ["ppb", 220, 220],
      ["ppm", 0.22, 220],
    ],
  ],
  pm1: [air("pm1"), small(4)],
  pm25: [air("pm25"), small(11)],
  pm10: [air("pm10"), small(17)],
  volume_flow_rate: [
    "flowMeasurement.measuredValue",
    [
      ["m³/h", 1.8, 1.8],
      ["m³/min", 0.03, 1.8],
      ["m³/s", 0.0005, 1.8],
      ["L/h", 1800, 1.8],
      ["L/min", 30, 1.8],
      ["L/s", 0.5, 1.8],
      ["mL/s", 500, 1.8],
      ["ft³/min", 1.05944, 1.8],
      ["gal/h", 475.509, 1.8],
      ["gal/min", 7.92516, 1.8],
      ["gal/d", 11_412.24, 1.8],
    ],
  ],
};

/** Classes or units that no capability of the house stands for: unit, and the house's unit where it has a name for it. */
const kept: Readonly<Record<string, readonly (readonly [unit: string | undefined, house: string | undefined])[]>> = {
  absolute_humidity: [["g/m³", undefined], ["mg/m³", "mg/m3"]],
  aqi: [[undefined, "1"]],
  area: [["m²", undefined], ["ft²", undefined]],
  blood_glucose_concentration: [["mg/dL", undefined]],
  carbon_monoxide: [["mg/m³", "mg/m3"], ["µg/m³", "µg/m3"]],
  conductivity: [["µS/cm", "µS/cm"], ["S/cm", undefined]],
  data_rate: [["kB/s", undefined], ["Mbit/s", undefined]],
  data_size: [["kB", "kB"], ["GiB", undefined]],
  distance: [["m", "m"], ["cm", "m"], ["km", "km"], ["in", undefined], ["mi", undefined]],
  duration: [["s", "s"], ["h", "h"], ["d", "h"], ["µs", undefined]],
  energy_distance: [["kWh/100km", undefined]],
  energy_storage: [["kWh", "kWh"], ["kcal", "kWh"]],
  frequency: [["MHz", undefined], ["kHz", "Hz"]],
  gas: [["m³", "m3"], ["CCF", undefined]],
  irradiance: [["W/m²", "W/m2"], ["BTU/(h⋅ft²)", undefined]],
  monetary: [["EUR", undefined]],
  nitrogen_dioxide: [["µg/m³", "µg/m3"]],
  ozone: [["ppb", "ppb"]],
  ph: [[undefined, "1"]],
  pm4: [["µg/m³", "µg/m3"]],
  precipitation: [["mm", "mm"], ["in", undefined]],
  precipitation_intensity: [["mm/h", "mm/h"], ["in/h", undefined]],
  reactive_energy: [["kvarh", undefined]],
  signal_strength: [["dBm", "dBm"], ["dB", "dB"]],
  sound_pressure: [["dBA", undefined]],
  speed: [["m/s", "m/s"], ["km/h", "km/h"], ["mph", undefined]],
  temperature_delta: [["K", "K"]],
  volatile_organic_compounds: [["mg/m³", "mg/m3"]],
  volume: [["L", "l"], ["gal", "l"], ["fl. oz.", undefined]],
  volume_storage: [["m³", "m3"]],
  water: [["m³", "m3"], ["L", "l"], ["ft³", undefined]],
  weight: [["kg", "kg"], ["lb", undefined]],
  wind_direction: [["°", "deg"]],
  wind_speed: [["m/s", "m/s"], ["kn", undefined], ["Beaufort", undefined]],
};

const node = "ha-c";
/** A power beside it, so that voltage and power factor are the mains'. */
const beside = config("sensor", "zzzz", { ...dev("c"), uniq_id: "z", stat_t: "z", dev_cla: "current", unit_of_meas: "A" });
function hear(dev_cla: string, unit: string | undefined, raw: number): Listener {
  const own = { ...dev("c"), name: "Amount", uniq_id: "a", stat_t: "a", dev_cla, stat_cla: "total_increasing" };
  return new Listener().hear(beside, config("sensor", "a", { ...own, ...(unit ? { unit_of_meas: unit } : {}) }), [
    "a",
    String(raw),
  ]);
}

describe("a sensor's class and unit say what it measures", () => {
  const rows = Object.entries(measured).flatMap(([kind, [path, all]]) =>
    all.map(([unit, raw, house]) => [kind, unit, raw, path, house] as const),
  );
  test.each(rows)("%s in %s: %d is %s %d", (kind, unit, raw, path, house) => {
    const l = hear(kind, unit, raw);
    const value = Number(l.value(`${node}/1/${path}`));
    expect(Math.abs(value - house) / house).toBeLessThan(1e-4);
    expect(l.problems).toEqual([]);
  });

  const others = Object.entries(kept).flatMap(([kind, all]) => all.map(([unit, house]) => [kind, unit, house] as const));
  test.each(others)("%s in %s stays the maker's own, its unit is told", (kind, unit, house) => {
    const l = hear(kind, unit, 3);
    const own = l.endpoint(node, 1).capabilities.vendor?.attributes.a;
    expect(own?.type).toMatchObject({ type: "number", unit: house ?? "1" });
    expect(own?.label).toBe(house === undefined ? `Amount (${unit})` : "Amount");
    expect(l.value(`${node}/1/vendor.a`)).toBeTypeOf("number");
    expect(l.problems).toEqual([]);
  });

  test("a battery and soil moisture of an ESPHome in deep sleep are what they are", () => {
    const of = (id: string, dev_cla: string) =>
      config("sensor", `bed/${id}`, {
        ...{ dev: { ids: "a1b2c3d4e5f6", name: "Bed", mf: "Espressif", cns: [["mac", "a1b2c3d4e5f6"]] } },
        ...{ uniq_id: `ESPsensor${id}`, stat_t: `bed/sensor/${id}/state`, avty_t: "bed/status", dev_cla },
        ...{ unit_of_meas: "%", stat_cla: "measurement", name: id },
      });
    const l = new Listener().hear(
      of("battery", "battery"),
      of("soil_moisture", "moisture"),
      ["bed/sensor/battery/state", "95"],
      ["bed/sensor/soil_moisture/state", "36"],
    );
    expect(l.values()).toEqual({
      "mac-a1b2c3d4e5f6/1/powerSource.batPercentRemaining": 95,
      "mac-a1b2c3d4e5f6/1/soilMeasurement.soilMoistureMeasuredValue": 36,
    });
  });
});

describe("a binary sensor's class says what yes means", () => {
  const open = ["booleanState.stateValue", false, true] as const;
  const seen = ["occupancySensing.occupancy", true, false] as const;
  test.each([
    ["door", ...open],
    ["window", ...open],
    ["garage_door", ...open],
    ["opening", ...open],
    ["motion", ...seen],
    ["occupancy", ...seen],
    ["presence", ...seen],
    ["moisture", "booleanState.stateValue", true, false],
    ["smoke", "smokeCoAlarm.smokeState", "critical", "normal"],
    ["carbon_monoxide", "smokeCoAlarm.coState", "critical", "normal"],
    ["battery", "powerSource.batChargeLevel", "critical", "ok"],
    ...[
      ...["battery_charging", "cold", "connectivity", "gas", "heat", "light", "lock", "moving", "plug", "power"],
      ...["problem", "running", "safety", "sound", "tamper", "update", "vibration"],
    ].map((kind) => [kind, "vendor.b", true, false] as const),
  ] as const)("%s: %s", (dev_cla, path, on, off) => {
    const of = config("binary_sensor", "b", { ...dev("c"), uniq_id: "b", stat_t: "b", dev_cla });
    const l = new Listener().hear(of, ["b", "ON"]);
    expect(l.value(`${node}/1/${path}`)).toBe(on);
    expect(l.hear(["b", "OFF"]).value(`${node}/1/${path}`)).toBe(off);
  });
});
