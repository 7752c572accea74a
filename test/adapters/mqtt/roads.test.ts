import { describe, expect, test } from "vitest";
import { Listener, type Message } from "./listener.ts";

const ieee = "0x00158d0009abcdef";
const list: Message = [
  "zigbee2mqtt/bridge/devices",
  JSON.stringify([
    {
      ieee_address: ieee,
      friendly_name: "Desk",
      type: "Router",
      supported: true,
      interview_completed: true,
      definition: {
        vendor: "Maker",
        model: "P1",
        description: "smart plug",
        exposes: [
          {
            type: "switch",
            features: [
              { type: "binary", name: "state", property: "state", access: 7, value_on: "ON", value_off: "OFF" },
            ],
          },
          { type: "numeric", name: "power", property: "power", unit: "W", access: 1 },
        ],
      },
    },
  ]),
  true,
];
const device = { identifiers: [`zigbee2mqtt_${ieee}`], name: "Desk", manufacturer: "Maker", model: "P1" };
const entity = (component: string, id: string, rest: object): Message => [
  `homeassistant/${component}/${ieee}/${id}/config`,
  JSON.stringify({ unique_id: `${ieee}_${id}`, device, ...rest }),
  true,
];
const announced: Message[] = [
  entity("switch", "switch", {
    ...{
      state_topic: "zigbee2mqtt/Desk",
      value_template: "{{ value_json.state }}",
      command_topic: "zigbee2mqtt/Desk/set",
    },
    ...{ origin: { name: "Zigbee2MQTT" }, payload_on: "ON", payload_off: "OFF" },
  }),
  entity("sensor", "power", {
    ...{ state_topic: "zigbee2mqtt/Desk", value_template: "{{ value_json.power }}", unit_of_measurement: "W" },
    ...{ device_class: "power", origin: { name: "Zigbee2MQTT" } },
  }),
  entity("sensor", "shelf", {
    ...{ state_topic: "shelf/temperature", unit_of_measurement: "°C", device_class: "temperature" },
  }),
];
const state: Message = ["zigbee2mqtt/Desk", { state: "ON", power: 12.5 }];
const node = `z2m-${ieee}`;

describe("a device that two programs speak of is one device", () => {
  test.each([
    ["the bridge first", [list, ...announced]],
    ["Home Assistant's discovery first", [...announced, list]],
  ])("%s: one node, the bridge's own description leads, the other fills what it lacks", (_, messages) => {
    const l = new Listener().hear(...messages, state, ["shelf/temperature", "21.5"]);
    expect([...l.nodes.keys()]).toEqual([node]);
    expect(l.nodes.get(node)).toMatchObject({ dialect: "zigbee2mqtt", alsoBy: ["ha-discovery"] });
    expect(l.values()).toMatchObject({
      [`${node}/1/onOff.onOff`]: true,
      [`${node}/1/electricalPowerMeasurement.activePower`]: 12.5,
    });
    expect(Object.entries(l.values()).filter(([key]) => key.endsWith("temperatureMeasurement.measuredValue"))).toEqual([
      [expect.stringContaining(node), 21.5],
    ]);
    const powers = l.nodes
      .get(node)
      ?.endpoints.flatMap((e) => Object.keys(e.capabilities.electricalPowerMeasurement?.attributes ?? {}));
    expect(powers).toEqual(["activePower"]);
    expect(l.ask(node, 1, "onOff.off")).toEqual(['zigbee2mqtt/Desk/set {"state":"OFF"}']);
  });

  test("when one road ends the other carries on; when both end the device is gone", () => {
    const l = new Listener().hear(list, ...announced, state);
    l.hear(["zigbee2mqtt/bridge/devices", "[]", true]);
    expect(l.nodes.get(node)).toMatchObject({ dialect: "ha-discovery" });
    expect(l.ask(node, 1, "onOff.off")).toEqual(["zigbee2mqtt/Desk/set OFF"]);
    l.hear(...announced.map(([topic]): Message => [topic, "", true]));
    expect([...l.nodes.keys()]).toEqual([]);
  });

  test("two brokers: a command goes to the one that leads to the device", () => {
    const l = new Listener();
    const hear = (broker: string, [topic, body, retained = false]: Message) =>
      l.take(l.ingest.receive(topic, typeof body === "string" ? body : JSON.stringify(body), retained, 1, broker));
    hear("attic", list);
    hear("attic", state);
    const asked = l.ingest.encode({ target: { node, endpoint: 1 }, capability: "onOff", command: "on", args: {} });
    expect(asked).toMatchObject({ ok: true, broker: "attic" });
  });
});
