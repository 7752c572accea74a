/**
 * Acme's devices as the kit plays them: what they say, what it means in the house's units, how they obey.
 * @type {import("#inglenook-kit").Firmware}
 */
export const firmware = {
  kit: 1,
  dialect: "acme",
  models: { plug, inverter, climate },
};

const info = (who, parts, more = {}) => ({
  topic: `acme/${who.name}/info`,
  body: { mac: who.address, model: "AP-1", version: "1.4.0", parts, unit: "C", ...more },
  retained: true,
});
const online = (who, word) => ({ topic: `acme/${who.name}/online`, body: word, retained: true });

/** What every Acme device has: a name, a description, a last will, and its own way to be removed. */
const common = (who, ...infoArgs) => ({
  name: who.name,
  announce: [info(who, ...infoArgs), online(who, "1")],
  offline: [online(who, "0")],
  online: [online(who, "1")],
  removed: [{ topic: `acme/${who.name}/info`, body: "", retained: true }],
});

function plug(who) {
  const topic = `acme/${who.name}/state`;
  const set = (body) => [{ topic: `acme/${who.name}/set`, body }];
  return {
    ...common(who, ["relay", "dimmer", "meter", "button"]),
    deviceTypes: { 1: ["onOffPlugInUnit", "electricalSensor"], 5: ["genericSwitch"] },
    reports: [
      {
        topic,
        body: { on: true, level: 51, watts: 42.5, wh: 1500, wh_today: 300 },
        says: {
          on: { "1/onOff.onOff": true },
          level: { "1/levelControl.currentLevel": 20 },
          watts: { "1/electricalPowerMeasurement.activePower": 42.5 },
          wh: { "1/electricalEnergyMeasurement.cumulativeEnergyImported": 1.5 },
          wh_today: { "1/vendor.wh_today": 0.3 },
        },
        open: "",
      },
    ],
    events: [
      { topic: `acme/${who.name}/event`, body: { press: "double" }, says: { press: { "5/vendor.press": "double" } } },
    ],
    orders: [
      {
        command: "1/onOff.off",
        wire: set({ on: false }),
        echo: [{ topic, body: { on: false }, says: { on: { "1/onOff.onOff": false } } }],
      },
      {
        command: "1/levelControl.moveToLevel",
        args: { level: 40 },
        wire: set({ level: 102 }),
        echo: [{ topic, body: { level: 102 }, says: { level: { "1/levelControl.currentLevel": 40 } } }],
      },
      {
        command: "1/onOff.toggle",
        wire: set({ on: "toggle" }),
        echo: [{ topic, body: { on: false }, says: { on: { "1/onOff.onOff": false } } }],
      },
    ],
  };
}

function inverter(who) {
  return {
    ...common(who, ["inverter"]),
    deviceTypes: { 2: ["solarPower"] },
    reports: [
      {
        topic: `acme/${who.name}/state`,
        body: { yield_w: 3200, yield_wh: 812_500 },
        says: {
          yield_w: { "2/electricalPowerMeasurement.activePower": -3200 },
          yield_wh: { "2/electricalEnergyMeasurement.cumulativeEnergyExported": 812.5 },
        },
      },
    ],
  };
}

function climate(who) {
  const topic = `acme/${who.name}/state`;
  const says = (temp) => ({
    temp: { "3/temperatureMeasurement.measuredValue": temp },
    humidity: { "3/relativeHumidityMeasurement.measuredValue": 48 },
    battery: { "0/powerSource.batPercentRemaining": 77 },
    target: { "4/thermostat.occupiedHeatingSetpoint": 20.5 },
  });
  const parts = ["climate", "thermostat", "battery"];
  return {
    ...common(who, parts),
    deviceTypes: { 3: ["temperatureSensor", "humiditySensor"], 4: ["thermostat"] },
    sleeps: true,
    reports: [{ topic, body: { temp: 21.5, humidity: 48, battery: 77, target: 20.5 }, says: says(21.5) }],
    orders: [
      {
        command: "4/thermostat.set",
        args: { occupiedHeatingSetpoint: 18.5 },
        wire: [{ topic: `acme/${who.name}/set`, body: { target: 18.5 } }],
        echo: [{ topic, body: { target: 18.5 }, says: { target: { "4/thermostat.occupiedHeatingSetpoint": 18.5 } } }],
      },
    ],
    otherUnit: {
      said: [info(who, parts, { unit: "F" })],
      reports: [{ topic, body: { temp: 50, humidity: 48, battery: 77, target: 20.5 }, says: says(10) }],
    },
  };
}
