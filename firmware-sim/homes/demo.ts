import type { DeviceList } from "../devices/index.ts";
import type { HomeParams } from "../world-state.ts";

export interface HomeData {
  readonly params: HomeParams;
  readonly devices: DeviceList;
}

const degrees = Math.PI / 180;

/** A family home in northern Germany: two adults, one car, 6 kWp, 6.4 kWh, a heat pump, 19 devices of four kinds. */
export const demoHome: HomeData = {
  params: {
    site: { latitude: 54, longitude: 10.2 },
    timeZone: "Europe/Berlin",
    house: {
      airKwhPerK: 2.2,
      massKwhPerK: 15,
      airToMass: 620,
      airToOutside: 92,
      massToOutside: 44,
      openWindow: 190,
      windowArea: 4.4,
      heatToAir: 0.65,
    },
    tank: { litres: 200, heater: 2000, lossPerK: 1.7, on: 52, off: 55 },
    heatPump: { maxElectric: 2000, minShare: 0.28, standby: 8, circulation: 38 },
    solar: { kilowattPeak: 6, tilt: 35 * degrees, facing: -12 * degrees, standby: 2.6 },
    battery: { capacity: 6.4, maxPower: 5000, gridCharge: 3000, roundTrip: 0.9, reserve: 0.05 },
    car: { capacity: 58, full: 0.9, efficiency: 0.9 },
    baseLoad: 165,
    lightWatts: { living: 11, bedroom: 8.5, kitchen: 28, office: 22 },
    counters: {
      grid: [4_812_400, 5_230_900],
      solar: [14_100, 8_941_300],
      battery: [1_402_600, 1_239_800],
      heatPump: [3_120_450, 0],
      waterHeater: [2_204_330, 0],
      charger: [3_906_120, 0],
      dishwasher: [318_450, 0],
      tv: [271_900, 0],
      fridge: [402_180, 0],
      officeLight: [21_340, 0],
      blinds: [1_260, 0],
    },
  },
  devices: {
    bridge: { base: "zigbee2mqtt", ieee: "0x00124b0029f10c01" },
    zigbee: [
      { kind: "colorTemperatureLight", name: "Living room light", ieee: "0x90fd9ffffe2a4c11", light: "living" },
      { kind: "dimmableLight", name: "Bedroom light", ieee: "0x90fd9ffffe2a4c12", light: "bedroom" },
      { kind: "windowContact", name: "Kitchen window", ieee: "0x00158d0005aa3113" },
      { kind: "motionSensor", name: "Hallway motion", ieee: "0x00158d0005aa3114" },
      { kind: "climateSensor", name: "Living room climate", ieee: "0x00124b002511e215", where: "indoors" },
      { kind: "climateSensor", name: "Outdoor sensor", ieee: "0x00124b002511e216", where: "outdoors" },
      { kind: "meteringPlug", name: "TV corner plug", ieee: "0x287681fffe71c017" },
      { kind: "evCharger", name: "EV charger", ieee: "0x5c0272fffe33d018" },
      { kind: "homeBattery", name: "Home battery", ieee: "0x5c0272fffe33d019" },
    ],
    tasmota: [
      { kind: "waterHeater", name: "Water heater", topic: "water_heater", mac: "C45BBE61A010", ip: "192.168.1.40" },
      { kind: "dishwasherPlug", name: "Dishwasher plug", topic: "dishwasher", mac: "C45BBE61A011", ip: "192.168.1.41" },
      {
        kind: "relayLight",
        name: "Kitchen light",
        topic: "kitchen_light",
        mac: "C45BBE61A012",
        ip: "192.168.1.42",
        light: "kitchen",
      },
    ],
    shelly: [
      { kind: "pro3em", name: "House meter", id: "shellypro3em-a0dd6ca1e013", ip: "192.168.1.50" },
      {
        kind: "pmMini",
        name: "Solar inverter meter",
        id: "shellypmminig3-84fce639a014",
        ip: "192.168.1.51",
        meter: "solar",
      },
      {
        kind: "pmMini",
        name: "Heat pump meter",
        id: "shellypmminig3-84fce639a015",
        ip: "192.168.1.52",
        meter: "heatPump",
      },
      { kind: "onePm", name: "Office light", id: "shelly1pmg3-5432045aa016", ip: "192.168.1.53", light: "office" },
      { kind: "twoPmCover", name: "Living room blinds", id: "shellyplus2pm-c049ef8aa017", ip: "192.168.1.54" },
    ],
    matter: [
      { kind: "fridgePlug", name: "Fridge plug", serial: "SIM-PLUG-0018", passcode: 34970112, discriminator: 2818 },
      {
        kind: "thermostat",
        name: "Living room thermostat",
        serial: "SIM-THERM-0019",
        passcode: 40318265,
        discriminator: 2819,
      },
    ],
  },
};
