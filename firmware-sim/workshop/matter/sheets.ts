/** What `--list` and the home file know of simulated Matter devices, without loading the Matter stack. */
import { z } from "zod";

interface Sheet<Options extends z.ZodType> {
  /** One line for `--list`. */
  readonly about: string;
  readonly options: Options;
}

const sheet = <Options extends z.ZodType>(about: string, options: Options): Sheet<Options> => ({ about, options });

const plain = z.strictObject({});
const watts = (usual: number, most: number) =>
  z.number().min(0).max(most).default(usual).describe(`what it draws when it runs, W, 0 to ${most}`);
const celsius = (usual: number, about: string) => z.number().min(5).max(75).default(usual).describe(about);
const whole = (usual: number, most: number, about: string) =>
  z.number().int().min(1).max(most).default(usual).describe(about);

/** Every kind: a line here, a file in `kinds/` and a line in `kinds.ts`. */
export const sheets = {
  "on-off-light": sheet("lamp that switches", plain),
  "dimmable-light": sheet("lamp that dims", plain),
  "color-temperature-light": sheet("lamp from warm to cold white", plain),
  "color-light": sheet("lamp with colours (hue and saturation, xy) and white", plain),
  plug: sheet("plug that measures power and energy (tree topology)", z.strictObject({ watts: watts(75, 3680) })),
  "contact-sensor": sheet("door or window contact", plain),
  "occupancy-sensor": sheet("presence by radar or infrared", plain),
  "climate-sensor": sheet(
    "temperature, humidity and pressure, an endpoint each",
    z.strictObject({ mean: celsius(21, "mean temperature, degC") }),
  ),
  "air-quality-sensor": sheet("air quality with CO2 and PM2.5", plain),
  "smoke-co-alarm": sheet("smoke and carbon monoxide alarm on a battery", plain),
  "leak-sensor": sheet("water leak detector", plain),
  "door-lock": sheet("lock with a motor", plain),
  "window-covering": sheet(
    "blind with lift and tilt that takes its time",
    z.strictObject({ seconds: whole(20, 600, "seconds from open to closed") }),
  ),
  thermostat: sheet(
    "heating thermostat in a room",
    z.strictObject({ setpoint: celsius(20.5, "first setpoint, degC") }),
  ),
  fan: sheet("fan in percent and in modes", z.strictObject({ watts: watts(45, 500) })),
  button: sheet("button: short, long and several presses", plain),
  "water-valve": sheet("water valve with a duration", plain),
  evse: sheet(
    "car charger with a car: limits, sessions, targets, modes, power forecast",
    z.strictObject({
      maxAmps: z.number().min(6).max(32).default(16).describe("most current, A, 6 to 32"),
      phases: whole(1, 3, "phases, 1 to 3"),
      batteryKwh: z.number().min(1).max(200).default(60).describe("the car's battery, kWh"),
      soc: z.number().min(0).max(100).default(40).describe("the car's charge at the start, percent"),
    }),
  ),
  "water-heater": sheet(
    "tank with a heating rod: boost, modes, power adjustment",
    z.strictObject({
      liters: whole(200, 1000, "the tank, litres"),
      watts: watts(2000, 9000),
      setpoint: celsius(55, "first setpoint, degC"),
    }),
  ),
  "heat-pump": sheet(
    "heat pump with its thermostat and power forecast",
    z.strictObject({ watts: watts(2500, 12_000) }),
  ),
  solar: sheet(
    "photovoltaics under sun and clouds",
    z.strictObject({
      kwp: z.number().gt(0).max(100).default(6).describe("peak power, kW"),
      latitude: z.number().min(-66).max(66).default(48).describe("degrees north"),
    }),
  ),
  battery: sheet(
    "home battery that can be told to charge or discharge",
    z.strictObject({
      kwh: z.number().gt(0).max(200).default(10).describe("what it holds, kWh"),
      watts: watts(4000, 30_000),
      soc: z.number().min(0).max(100).default(50).describe("charge at the start, percent"),
    }),
  ),
  dishwasher: sheet(
    "dishwasher whose start can be shifted and whose programme can be paused",
    z.strictObject({ startInMinutes: z.number().min(0).max(1440).default(30).describe("minutes until it starts") }),
  ),
  washer: sheet(
    "washing machine whose start can be shifted and whose programme can be paused",
    z.strictObject({ startInMinutes: z.number().min(0).max(1440).default(30).describe("minutes until it starts") }),
  ),
  "utility-meter": sheet("the grid's meter with the tariff of the hour and prices to come", plain),
  bridge: sheet(
    "bridge with lights and plugs behind it, which come, go and change their names",
    z.strictObject({ devices: whole(4, 200, "devices behind it, 1 to 200") }),
  ),
} as const;

type Sheets = typeof sheets;
export type MatterKind = keyof Sheets;
export type OptionsOf<Kind extends MatterKind> = z.output<Sheets[Kind]["options"]>;

export const matterKinds = Object.keys(sheets).filter((name): name is MatterKind => Object.hasOwn(sheets, name));
