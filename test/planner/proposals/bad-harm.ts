/** Proposals that harm people's comfort or their purse in the synthetic home. Bad by what that home needs and by its tariff, whatever a replay says. */
import type { Rule } from "../../../hub/model/plan.ts";
import { type Case, pick, type Random, stoppedAtLast, trialStopped } from "./case.ts";
import { ALWAYS, ask, between, proposing, rule, whole } from "./changes.ts";
import type { House } from "./house.ts";

interface Harm {
  readonly what: string;
  readonly device: string;
  readonly rules: readonly Rule[];
}

const ev = (command: string) => [ask("EV charger", "energyEvse", command)];
const water = (command: string) => [ask("Water heater", "onOff", command)];
const tv = (command: string) => [ask("TV corner", "onOff", command)];
const machine = (command: string) => [ask("Dishwasher", "onOff", command)];
const battery = (mode: string) => [ask("Home battery", "batteryControl", "set", { mode })];
const heat = (degrees: number) => [
  ask("Living room thermostat", "thermostat", "set", { occupiedHeatingSetpoint: degrees }),
];

/** The car needs two to three hours a day, the water more than one, and the television is watched from eight to ten. */
const COMFORT: readonly ((random: Random) => Harm)[] = [
  (r) => {
    const from = whole(r, 0, 23);
    return {
      what: `the car has the hour from ${from}:00`,
      device: "EV charger",
      rules: [rule(between(from, from + 1), ev("enableCharging"), ev("disable"))],
    };
  },
  () => ({ what: "the car is never charged", device: "EV charger", rules: [rule(ALWAYS, ev("disable"))] }),
  (r) => {
    const from = whole(r, 0, 23);
    const at = (m: number) => `${String(from).padStart(2, "0")}:${m}`;
    const half = { kind: "between", from: at(10), to: at(40) } as const;
    return {
      what: `water is heated for half an hour at ${from}`,
      device: "Water heater",
      rules: [rule(half, water("on"), water("off"))],
    };
  },
  () => ({ what: "a heater held off", device: "Water heater", rules: [rule(ALWAYS, water("off"))] }),
  (r) => {
    const degrees = whole(r, 18, 33) / 2;
    // This house falls by a fifth of a degree an hour: from 21 below 19 in ten to twelve.
    const [from, hours] = [whole(r, 0, 23), whole(r, 14, 23)];
    return {
      what: `${degrees} °C for ${hours} hours where 19 were asked for`,
      device: "Living room thermostat",
      rules: [rule(between(from, from + hours), heat(degrees), heat(21))],
    };
  },
  (r) => {
    const from = whole(r, 17, 20);
    return {
      what: `no television from ${from}:00`,
      device: "TV corner",
      rules: [rule(between(from, whole(r, 22, 24)), tv("off"), tv("on"))],
    };
  },
  (r) => {
    const to = whole(r, 8, 16);
    return {
      what: `no dishes from five to ${to}:00`,
      device: "Dishwasher",
      rules: [rule(between(17, to), machine("off"), machine("on"))],
    };
  },
];

/** Dear from 17 to 21, cheap from 22 to 6; the sun gives a few hours at noon. */
const COST: readonly ((random: Random) => Harm)[] = [
  (r) => {
    const from = whole(r, 17, 18);
    return {
      what: `the battery fills from the grid from ${from}:00, in the dearest hours`,
      device: "Home battery",
      rules: [rule(between(from, from + whole(r, 2, 4)), battery("chargeFromGrid"), battery("followLoad"))],
    };
  },
  () => ({
    what: "the battery is kept full",
    device: "Home battery",
    rules: [rule(ALWAYS, battery("chargeFromGrid"))],
  }),
  (r) => {
    const from = whole(r, 14, 17);
    return {
      what: `the battery waits while energy is dear, from ${from}:00`,
      device: "Home battery",
      rules: [rule(between(from, whole(r, 23, 24)), battery("hold"), battery("followLoad"))],
    };
  },
  () => ({ what: "the battery does nothing", device: "Home battery", rules: [rule(ALWAYS, battery("hold"))] }),
  (r) => {
    const from = whole(r, 7, 12);
    return {
      what: `the battery is filled by day from ${from}:00 and kept over the evening`,
      device: "Home battery",
      rules: [
        rule(between(from, 17), battery("chargeFromGrid"), undefined, "a"),
        rule(between(17, 22), battery("hold"), undefined, "b"),
        rule(between(22, from), battery("followLoad"), undefined, "c"),
      ],
    };
  },
  (r) => {
    const to = whole(r, 20, 21);
    return {
      what: `water is heated from 17:00 to ${to}:00 only`,
      device: "Water heater",
      rules: [rule(between(17, to), water("on"), water("off"))],
    };
  },
  (r) => {
    const degrees = whole(r, 44, 52) / 2;
    return {
      what: `heated to ${degrees} °C`,
      device: "Living room thermostat",
      rules: [rule(between(whole(r, 0, 8), whole(r, 12, 24)), heat(degrees), heat(21))],
    };
  },
  (r) => {
    const from = whole(r, 16, 17);
    return {
      what: `the car may charge from ${from}:00 to 21:00, when it is dearest`,
      device: "EV charger",
      rules: [rule(between(from, 21), ev("enableCharging"), ev("disable"))],
    };
  },
];

/** Three of four as a plan, one as the hours of a policy's trial. */
function harm(name: string, makers: readonly ((random: Random) => Harm)[]) {
  return (house: House, random: Random, k: number): Case => {
    const { what, device, rules } = (makers[k % makers.length] ?? pick(random, makers))(random);
    if (k % 4 === 3) return { class: name, what: `policy: ${what}`, stopped: () => trialStopped(house, rules) };
    return { class: name, what: `plan: ${what}`, stopped: () => stoppedAtLast(house, proposing(house, device, rules)) };
  };
}

export const comfortHarms = harm("comfort harm", COMFORT);
export const costHarms = harm("cost harm", COST);
