import type { Body, Device, Firmware, Question, Report, Said, Truth, Who } from "../firmware.ts";

const PREFIX = "zwave";
const CLIENT = `${PREFIX}/_CLIENTS/ZWAVE_GATEWAY-kit`;

type Fields = { readonly [key: string]: Body };

/** Nodes are numbered by their network; 1 is the controller. */
const idOf = (who: Who): number => Number.parseInt(who.address.slice(-4), 16) + 1;
const baseOf = (who: Who): string => `${PREFIX}/${who.name}`;

const status = (who: Who, alive: boolean): Said => ({
  topic: `${baseOf(who)}/status`,
  body: { time: 1_767_225_600_000, value: alive, status: alive ? "Alive" : "Dead", nodeId: idOf(who) },
  retained: true,
});

const answer = (api: string, result: Body): Said => ({
  topic: `${CLIENT}/api/${api}`,
  body: { success: true, message: "Success zwave api call", args: [], result },
});

const controller: Body = { id: 1, name: "", isControllerNode: true, ready: true };
const list = (cards: readonly Body[]): Said => answer("getNodes", [controller, ...cards]);

/** A value as the gateway's list describes it. */
const valueId = (who: Who, place: string, more: Fields): Body => {
  const [commandClass = "", endpoint = "", property = "", propertyKey] = place.split("/");
  const number = (text: string): Body => (/^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : text);
  return {
    ...{ id: `${idOf(who)}-${place.replaceAll("/", "-")}`, nodeId: idOf(who), commandClass: Number(commandClass) },
    ...{ endpoint: Number(endpoint), property: number(property), propertyName: property, readable: true },
    ...(propertyKey === undefined ? {} : { propertyKey: number(propertyKey) }),
    ...{ writeable: false, stateless: false, ...more },
  };
};

/** What a node is, as the gateway's list says it too. */
const infoOf = (who: Who, product: string): Fields => ({
  ...{ id: idOf(who), name: who.name, loc: "", manufacturer: "Kit", manufacturerId: 4095, productLabel: "KIT" },
  ...{ productDescription: product, productType: 1, productId: 1, firmwareVersion: "1.2", ready: true, failed: false },
});

/** `target`: what was asked for last has a topic as well. */
const common = (who: Who, product: string, values: readonly Body[], target: readonly Said[] = []) => ({
  name: who.name,
  card: { ...infoOf(who, product), values },
  announce: [
    { topic: `${baseOf(who)}/nodeinfo`, body: { ...infoOf(who, product), status: "Alive" }, retained: true },
    status(who, true),
    ...target,
  ],
  offline: [status(who, false)],
  online: [status(who, true)],
  // Its retained topics are emptied.
  removed: [
    { topic: `${baseOf(who)}/nodeinfo`, body: "", retained: true },
    { topic: `${baseOf(who)}/status`, body: "", retained: true },
  ],
});

const told = (who: Who, place: string, raw: Body): Said => ({
  topic: `${baseOf(who)}/${place}`,
  body: { time: 1_767_225_600_000, value: raw },
  retained: true,
});
const value = (who: Who, place: string, raw: Body, truth: Truth): Report => ({
  ...told(who, place, raw),
  says: { value: truth },
});

function plug(who: Who): Device {
  const on = "1/onOff.onOff";
  const off = value(who, "37/0/currentValue", false, { [on]: false });
  const values = [
    valueId(who, "37/0/currentValue", { type: "boolean", label: "Current value" }),
    valueId(who, "37/0/targetValue", { type: "boolean", label: "Target value", writeable: true }),
    valueId(who, "50/0/value/65537", { type: "number", unit: "kWh", label: "Electric Consumption [kWh]" }),
    valueId(who, "50/0/value/66049", { type: "number", unit: "W", label: "Electric Consumption [W]" }),
    valueId(who, "50/0/value/66561", { type: "number", unit: "V", label: "Electric Consumption [V]" }),
  ];
  return {
    ...common(who, "Smart Plug", values, [told(who, "37/0/targetValue", true)]),
    deviceTypes: { 1: ["onOffPlugInUnit", "electricalSensor"] },
    reports: [
      value(who, "37/0/currentValue", true, { [on]: true }),
      value(who, "50/0/value/65537", 12.5, { "1/electricalEnergyMeasurement.cumulativeEnergyImported": 12.5 }),
      value(who, "50/0/value/66049", 140.25, { "1/electricalPowerMeasurement.activePower": 140.25 }),
      value(who, "50/0/value/66561", 231.5, { "1/electricalPowerMeasurement.voltage": 231.5 }),
    ],
    orders: [
      { command: "1/onOff.off", wire: [{ topic: `${baseOf(who)}/37/0/targetValue/set`, body: "false" }], echo: [off] },
    ],
  };
}

function dimmer(who: Who): Device {
  const [on, level] = ["1/onOff.onOff", "1/levelControl.currentLevel"];
  const at = (raw: number, percent: number): Report =>
    value(who, "38/0/currentValue", raw, { [level]: percent, [on]: percent > 0 });
  const range = { type: "number", min: 0, max: 99 };
  const values = [
    valueId(who, "38/0/currentValue", { ...range, label: "Current value" }),
    valueId(who, "38/0/targetValue", { ...range, label: "Target value", writeable: true }),
  ];
  return {
    ...common(who, "Wall dimmer", values, [told(who, "38/0/targetValue", 99)]),
    deviceTypes: { 1: ["dimmableLight"] },
    reports: [at(99, 100)],
    orders: [
      {
        command: "1/levelControl.moveToLevel",
        args: { level: 100, transitionTime: 2 },
        wire: [
          {
            topic: `${baseOf(who)}/38/0/targetValue/set`,
            body: { value: 99, options: { transitionDuration: "2s" } },
          },
        ],
        echo: [at(99, 100)],
      },
    ],
  };
}

function sensor(who: Who): Device {
  const press = { type: "number", min: 0, max: 255, states: { "0": "KeyPressed", "1": "KeyReleased" } };
  const card = (unit: string): readonly Body[] => [
    valueId(who, "49/0/Air_temperature", { type: "number", unit, label: "Air temperature" }),
    valueId(who, "49/0/Humidity", { type: "number", unit: "%", label: "Humidity" }),
    valueId(who, "128/0/level", { type: "number", unit: "%", min: 0, max: 100, label: "Battery level" }),
    valueId(who, "91/0/scene/001", { ...press, stateless: true, label: "Scene 001" }),
  ];
  const air = (raw: number, degrees: number): Report =>
    value(who, "49/0/Air_temperature", raw, { "1/temperatureMeasurement.measuredValue": degrees });
  const device = common(who, "Sensor with a button", card("°C"));
  return {
    ...device,
    deviceTypes: { 1: ["temperatureSensor", "humiditySensor"] },
    sleeps: true,
    reports: [
      air(-4.5, -4.5),
      value(who, "49/0/Humidity", 48.5, { "1/relativeHumidityMeasurement.measuredValue": 48.5 }),
      value(who, "128/0/level", 81, { "1/powerSource.batPercentRemaining": 81 }),
    ],
    events: [{ ...value(who, "91/0/scene/001", 0, { "201/vendor.event": "pressed" }), retained: false }],
    otherUnit: { said: [list([{ ...device.card, values: card("°F") }])], reports: [air(50, 10)] },
  };
}

/** What the gateway answers: which network it is, and the nodes in it. */
function answers({ topic }: Question, cards: readonly Body[]): readonly Said[] {
  if (topic === `${CLIENT}/api/getInfo/set`) return [answer("getInfo", { homeid: 3_225_419_777, name: "0xc0400001" })];
  return topic === `${CLIENT}/api/getNodes/set` ? [list(cards)] : [];
}

/** A gateway that writes every value as `{time, value}`: a metering plug, a dimmer and a battery sensor. */
export const zwaveJsUi: Firmware = {
  kit: 1,
  dialect: "zwave-js-ui",
  models: { plug, dimmer, sensor },
  bridge: () => [
    { topic: `${CLIENT}/status`, body: { value: true, time: 1_767_225_600_000 } },
    { topic: `${CLIENT}/version`, body: { value: "11.4.0", time: 1_767_225_600_000 } },
  ],
  answer: answers,
  without: {
    open: "Every value is a topic of its own.",
  },
};
