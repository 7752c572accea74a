import { describe, expect, test } from "vitest";
import { understand } from "../../hub/commands/understand.ts";
import type { Understood } from "../../hub/commands/understood.ts";
import { demoHome, largerHome } from "./demo-home.ts";

/** One line for what a sentence came to: the commands, the keys that answer, or the kind of refusal. */
function inShort(understood: Understood): string {
  if (understood.kind === "command")
    return understood.commands
      .map(
        (c) =>
          `${c.target.node} ${c.capability}.${c.command}${Object.keys(c.args).length > 0 ? JSON.stringify(c.args) : ""}`,
      )
      .join("; ");
  if (understood.kind !== "question") return understood.kind;
  const { ask, subjects, home } = understood.question;
  const what = ask.ask === "state" ? `${ask.scope} ${ask.state}` : ask.ask === "measure" ? ask.measure : ask.ask;
  return `${what}? ${home ? "home" : subjects.map((s) => s.key).join(" ")}`;
}

/** sentence [room] -> what it comes to */
type Table = readonly (readonly [sentence: string, short: string, room?: string])[];

const single: Table = [
  ["Turn on the kitchen light.", "kitchen-light onOff.on"],
  ["KITCHEN LIGHT OFF", "kitchen-light onOff.off"],
  ["could you please switch the kitchen lights off for me?", "kitchen-light onOff.off"],
  ["turn on the livingroom light", "living-light onOff.on"],
  ["toggle the office light", "office-light onOff.toggle"],
  ["turn off the tv", "tv onOff.off"],
  ["turn on the boiler", "heater onOff.on"],
  ["turn off the dishwasher", "dishwasher onOff.off"],
  ["switch on the fridge", "fridge onOff.on"],
  ["dim the bedroom light to 40 percent", 'bedroom-light levelControl.moveToLevel{"level":40}'],
  ["set the brightness of the bedroom light to fifty five %", 'bedroom-light levelControl.moveToLevel{"level":55}'],
  ["bedroom light 30%", 'bedroom-light levelControl.moveToLevel{"level":30}'],
  ["set the bedroom to 30%", 'bedroom-light levelControl.moveToLevel{"level":30}'],
  [
    "make the living room light warm white",
    'living-light colorControl.moveToColorTemperature{"colorTemperatureMireds":370}',
  ],
  ["set the living room to 21 degrees", 'thermostat thermostat.set{"occupiedHeatingSetpoint":21}'],
  ["set the temperature in the living room to 20.5°C", 'thermostat thermostat.set{"occupiedHeatingSetpoint":20.5}'],
  ["set the thermostat to 19,5", 'thermostat thermostat.set{"occupiedHeatingSetpoint":19.5}'],
  ["heat the living room to 70 degrees fahrenheit", 'thermostat thermostat.set{"occupiedHeatingSetpoint":21}'],
  ["open the blinds", "blinds windowCovering.upOrOpen"],
  ["pull the living room blinds down", "blinds windowCovering.downOrClose"],
  ["stop the blinds", "blinds windowCovering.stopMotion"],
  ["open the blinds to half", 'blinds windowCovering.goToLiftPercentage{"liftPercent":50}'],
  ["start charging", "evse energyEvse.enableCharging"],
  ["charge the car", "evse energyEvse.enableCharging"],
  ["stop charging the car", "evse energyEvse.disable"],
  ["set the charge limit to 10 amps", 'evse energyEvse.set{"userMaximumChargeCurrent":10}'],
  ["limit the charger to 8 A", 'evse energyEvse.set{"userMaximumChargeCurrent":8}'],
  ["set the battery to hold", 'battery batteryControl.set{"mode":"hold"}'],
  ["charge the battery from the grid", 'battery batteryControl.set{"mode":"chargeFromGrid"}'],
  ["set the home battery to follow the load", 'battery batteryControl.set{"mode":"followLoad"}'],
];

const groups: Table = [
  [
    "switch off all lights",
    "living-light onOff.off; bedroom-light onOff.off; kitchen-light onOff.off; office-light onOff.off",
  ],
  ["turn off the lights in the kitchen", "kitchen-light onOff.off"],
  ["turn on everything in the office", "office-light onOff.on"],
  ["turn off everything in the kitchen", "kitchen-light onOff.off"],
  ["turn off all plugs", "tv onOff.off"],
  ["turn off the kitchen light and the office light", "kitchen-light onOff.off; office-light onOff.off"],
  ["turn the kitchen light on and the bedroom light off", "kitchen-light onOff.on; bedroom-light onOff.off"],
  [
    "turn on the kitchen light, then dim the bedroom light to 10%",
    'kitchen-light onOff.on; bedroom-light levelControl.moveToLevel{"level":10}',
  ],
  ["turn on the light", "office-light onOff.on", "Office"],
  ["all lights on in here", "bedroom-light onOff.on", "Bedroom"],
];

const refused: Table = [
  ["turn on the light", "askBack"],
  ["turn on the lights", "askBack"],
  ["turn off the plug", "askBack"],
  ["turn off the kitchen", "askBack"],
  ["turn off the lights in here", "askBack"],
  ["turn on the disco ball", "notUnderstood"],
  ["open the kitchen window", "notUnderstood"],
  ["set the kitchen light to 40%", "notUnderstood"],
  ["set the thermostat to 99", "notUnderstood"],
  ["set the freezer to -18", "notUnderstood"],
  ["don't turn on the kitchen light", "notUnderstood"],
  ["never turn on the kitchen light", "notUnderstood"],
  ["turn on all lights except the kitchen", "notUnderstood"],
  ["turn on the kitchen light in 5 minutes", "notUnderstood"],
  ["turn on the kitchen light tomorrow", "notUnderstood"],
  ["if the window is open then turn off the kitchen light", "notUnderstood"],
  ["turn on the kitchen light and the disco ball", "notUnderstood"],
  ["turn on the kitchen light and is the window open", "notUnderstood"],
  ["add milk to my shopping list", "notUnderstood"],
  ["", "notUnderstood"],
  ["?!", "notUnderstood"],
];

const questions: Table = [
  ["Is the kitchen light on?", "one on? kitchen-light/1/onOff.onOff"],
  ["is the kitchen window open", "one open? kitchen-window/1/booleanState.stateValue"],
  ["are there any lights on in the kitchen?", "any on? kitchen-light/1/onOff.onOff"],
  ["how many windows are open?", "count open? kitchen-window/1/booleanState.stateValue"],
  ["what's on in the kitchen?", "which on? dishwasher/1/onOff.onOff kitchen-light/1/onOff.onOff fridge/1/onOff.onOff"],
  ["is the hallway occupied?", "one occupied? hall-motion/1/occupancySensing.occupancy"],
  ["is anyone in the hallway?", "any occupied? hall-motion/1/occupancySensing.occupancy"],
  [
    "how warm is it in the living room?",
    "temperature? living-climate/1/temperatureMeasurement.measuredValue thermostat/1/thermostat.localTemperature",
  ],
  ["how cold is it outside?", "temperature? outdoor/1/temperatureMeasurement.measuredValue"],
  ["how hot is the water heater?", "temperature? heater/2/temperatureMeasurement.measuredValue"],
  ["what's the humidity in the living room?", "humidity? living-climate/1/relativeHumidityMeasurement.measuredValue"],
  ["how much power does the fridge use?", "power? fridge/1/electricalPowerMeasurement.activePower"],
  ["how much power are we using right now?", "power? home"],
  ["how much energy did we use today?", "energyToday? home"],
  [
    "how much energy has the dishwasher used today?",
    "energyToday? dishwasher/1/electricalEnergyMeasurement.cumulativeEnergyImported",
  ],
  ["how much did solar produce today?", "energyToday? solar/1/electricalEnergyMeasurement.cumulativeEnergyExported"],
  ["how full is the battery?", "charge? battery/1/powerSource.batPercentRemaining"],
  ["how full is the car?", "charge? evse/1/energyEvse.stateOfCharge"],
  ["is the car plugged in?", "one pluggedIn? evse/1/energyEvse.state"],
  ["what is the thermostat set to?", "setpoint? thermostat/1/thermostat.occupiedHeatingSetpoint"],
  ["do you know if the kitchen light is on?", "one on? kitchen-light/1/onOff.onOff"],
  ["is the light on?", "askBack"],
  ["turn on the kitchen light?", "notUnderstood"],
  ["should I turn on the kitchen light?", "notUnderstood"],
  ["what is the weather tomorrow?", "notUnderstood"],
];

const dangerous: Table = [
  ["unlock the front door lock", "front-lock doorLock.unlockDoor"],
  ["unlock all doors", "askBack"],
  ["unlock the door", "askBack"],
  ["lock all doors", "front-lock doorLock.lockDoor; back-lock doorLock.lockDoor"],
  ["open the garage door", "garage-door windowCovering.upOrOpen"],
  ["open the garage", "askBack"],
  ["open the door", "askBack"],
  ["open all blinds", "blinds windowCovering.upOrOpen"],
  ["open everything", "blinds windowCovering.upOrOpen"],
  ["open all covers in the garage", "askBack"],
  ["turn on the lamp", "askBack"],
  ["turn on the lamp", "bed-lamp onOff.on", "Bedroom"],
  ["turn on the bedroom lamp", "bed-lamp onOff.on"],
  ["turn off the office lights", "office-light onOff.off; desk-lamp onOff.off"],
  ["turn off the office light", "office-light onOff.off"],
  ["are any windows open?", "any open? kitchen-window/1/booleanState.stateValue"],
];

const run = (table: Table, home = demoHome()): void =>
  test.each(table.map(([sentence, short, room]) => ({ sentence, short, room })))(
    "$sentence -> $short",
    ({ sentence, short, room }) => {
      expect(inShort(understand(sentence, home, room === undefined ? {} : { room }))).toBe(short);
    },
  );

describe("a sentence about one thing", () => run(single));
describe("a sentence about several things", () => run(groups));
describe("a sentence that moves nothing", () => run(refused));
describe("a question", () => run(questions));
describe("a home with locks, a garage door and lamps of one name", () => run(dangerous, largerHome()));

describe("what the house says", () => {
  test("who is asked back gets the things to choose from, with their rooms", () => {
    const result = understand("turn on the lamp", largerHome());
    expect(result).toMatchObject({
      kind: "askBack",
      candidates: [
        { node: "bed-lamp", room: "Bedroom" },
        { node: "living-lamp", room: "Living room" },
      ],
    });
    expect(result.kind === "askBack" && result.text).toContain("Lamp (Bedroom) or Lamp (Living room)");
  });

  test("what is left alone is named", () => {
    const result = understand("turn off everything in the kitchen", demoHome());
    expect(result.kind === "command" && result.text).toBe(
      "Turning off Kitchen light. Left alone, as these are only switched by name: Dishwasher plug and Fridge plug.",
    );
  });

  test.each([
    "turn off the kitchen light at 22:00",
    "every day at 10 pm turn off the kitchen light",
    "turn on the kitchen light at sunset",
    "if the window is open then turn off the kitchen light",
    "turn on the kitchen light in five minutes",
  ])("%s: what is for later is a rule, and where to make one", (sentence) => {
    const result = understand(sentence, demoHome());
    expect(result.kind === "notUnderstood" && result.text).toContain("make one under Rules");
  });

  test.each(["turn off every disco ball", "turn on the disco ball"])(
    "%s: a name that nobody has is no rule",
    (sentence) => {
      const result = understand(sentence, demoHome());
      expect(result.kind === "notUnderstood" && result.text).toContain("nothing called");
    },
  );

  test("a value beyond the device's range is refused with the range", () => {
    const result = understand("set the thermostat to 99", demoHome());
    expect(result.kind === "notUnderstood" && result.text).toContain("between 4 and 90");
  });
});
