import { describe, expect, test } from "vitest";
import { type Meant, type Translated, translateFiles } from "../../../hub/rules/translate/home-assistant/index.ts";

const device = (node: string, capabilities: readonly string[], types: readonly string[] = []): Meant => ({
  ...{ kind: "device", node, endpoint: 1, capabilities, types },
});

const home = new Map<string, Meant>([
  ["light.hall", device("hall", ["onOff", "levelControl", "colorControl"])],
  ["switch.pump", device("pump", ["onOff"])],
  ["media_player.tv", device("tv", ["onOff", "mediaPlayback"])],
  ["binary_sensor.door", device("door", ["booleanState"], ["contactSensor"])],
  ["sensor.attic_temperature", device("attic", ["temperatureMeasurement"])],
  ["sensor.oven_power_kw", device("oven", ["electricalPowerMeasurement"])],
  ["climate.bath", device("bath", ["thermostat"])],
  ["topic/zigbee2mqtt/hall", device("hall", ["onOff", "levelControl", "colorControl"])],
  ["topic/zigbee2mqtt/blind", device("blind", ["windowCovering"])],
  ["topic/cmnd/pump/2", { ...device("pump", ["onOff"]), endpoint: 2 } as Meant],
  ["topic/shellies/pump/relay/0", device("pump", ["onOff"])],
  ["device/remote", device("remote", ["switch"])],
  ["device/remote/button 2", { ...device("remote", ["switch"]), endpoint: 2 } as Meant],
  ["input_number.limit", { kind: "value", value: 25 }],
  ["input_datetime.wake", { kind: "value", value: "06:45" }],
  ["alarm_control_panel.house", { kind: "house", modes: ["home", "away", "night"] }],
]);

function all(...texts: readonly string[]): readonly Translated[] {
  const file = translateFiles(
    texts.map((text, i) => ({ name: `${i}.yaml`, text })),
    (entity) => home.get(entity),
  );
  if (!file.ok) throw new Error(`line ${file.line}: ${file.text}`);
  return file.things;
}

const one = (text: string): Translated => all(text)[0] ?? expect.fail("nothing");
const missed = (of: Translated) => of.misses.filter((m) => m.level === "missed").map((m) => m.text);

/** What a template asks, as the condition of a rule. */
const asked = (template: string) => {
  const found = one(`
- trigger: { platform: state, entity_id: [binary_sensor.door], to: ["on", "off"] }
  condition: { condition: template, value_template: ${JSON.stringify(template)} }
  action: { service: switch.turn_off, entity_id: switch.pump }
`);
  return { misses: missed(found), if: found.draft?.form === "when" ? found.draft.if : undefined };
};

describe("templates", () => {
  test.each([
    ["{{ is_state('switch.pump', 'on') }}", { kind: "state", of: "onOff.onOff", op: "=", value: true }],
    ["{{ states('sensor.attic_temperature')|float(0) > 21.5 }}", { kind: "state", op: ">", value: 21.5 }],
    ["{{ 21.5 < states.sensor.attic_temperature.state | float }}", { kind: "state", op: ">", value: 21.5 }],
    [
      "{{ states('sensor.attic_temperature')|float > states('input_number.limit')|float }}",
      { kind: "state", op: ">", value: 25 },
    ],
    [
      "{{ now().hour >= 22 or now().hour < 6 }}",
      { kind: "any", of: [{ is: { op: ">=", of: [{ now: "hour" }, 22] } }, { is: { op: "<" } }] },
    ],
    [
      "{{ now().month in [12, 1] }}",
      { kind: "any", of: [{ kind: "date", from: "12-01", to: "12-31" }, { kind: "date" }] },
    ],
    ["{{ now().strftime('%H:%M') >= '21:30' }}", { kind: "between", from: "21:30", to: "00:00" }],
    ["{{ not is_state('media_player.tv', 'off') }}", { kind: "not", of: { of: "onOff.onOff", value: false } }],
    [
      "{{ state_attr('sun.sun', 'elevation') < 4 }}",
      { kind: "formula", is: { op: "<", of: [{ now: "sunElevation" }, 4] } },
    ],
    ["{% if is_state('switch.pump','on') %}false{% else %}true{% endif %}", { kind: "not", of: { kind: "state" } }],
    // The door's contact is shut when Home Assistant says off.
    ["{{ trigger.to_state.state == 'off' }}", { kind: "formula", is: { op: "=", of: [{ trigger: "value" }, true] } }],
    ["{{ states('sensor.oven_power_kw')|float > 1.5 }}", { kind: "formula", is: { of: [{ op: "/" }, 1.5] } }],
  ])("%s is a condition", (template, condition) => {
    const found = asked(template);
    expect(found.misses).toEqual([]);
    expect(found.if).toMatchObject(condition);
  });

  test.each([
    "{{ expand('group.x') | list | count > 0 }}",
    "{{ a }}",
    "{{",
    "{{ states('sensor.attic_temperature') }}",
  ])("%s is listed, and nothing is asked in its place", (template) => {
    const found = asked(template);
    expect(found.if).toBeUndefined();
    expect(found.misses).toHaveLength(1);
  });
});

describe("triggers", () => {
  test("a button is its device's, and one of several buttons is asked for by itself", () => {
    const draft = one(`
- trigger:
    - { platform: event, event_type: deconz_event, event_data: { id: remote, event: 2004 } }
    - { platform: device, domain: mqtt, device_id: remote, type: action, subtype: single }
  action: { service: light.toggle, entity_id: light.hall }
`).draft;
    expect(draft).toMatchObject({
      on: [
        { kind: "event", target: { nodes: ["remote"], endpoint: 2 }, is: "doublePress" },
        { kind: "event", target: { endpoint: 1 }, is: "singlePress" },
      ],
    });
  });

  test("a setting is a fixed value, and a kilowatt is a thousand watts", () => {
    const draft = one(`
- trigger:
    - { platform: time, at: input_datetime.wake }
    - { platform: numeric_state, entity_id: sensor.oven_power_kw, above: 1.5 }
    - { platform: numeric_state, entity_id: sensor.attic_temperature, below: input_number.limit }
  action: { service: light.turn_on, entity_id: light.hall }
`).draft;
    expect(draft).toMatchObject({ on: [{ kind: "time", at: "06:45" }, { above: 1500 }, { below: 25 }] });
  });

  test("degrees Fahrenheit are degrees Celsius, in limits as in what is set", () => {
    const made = one(`
- trigger: { platform: numeric_state, entity_id: sensor.attic_temperature, above: 77 }
  action: { service: climate.set_temperature, entity_id: climate.bath, data: { temperature: 68 } }
`);
    expect(made.draft).toMatchObject({ on: [{ above: 25 }], do: [{ args: { occupiedHeatingSetpoint: 20 } }] });
    expect(made.misses.every((m) => m.level === "note")).toBe(true);
  });

  test("an alarm panel is the mode of the house; what a phone alone tells is listed", () => {
    const made = one(`
- trigger:
    - { platform: state, entity_id: alarm_control_panel.house, to: armed_away }
    - { platform: event, event_type: mobile_app_notification_action, event_data: { action: YES } }
  action: { service: switch.turn_off, entity_id: switch.pump }
`);
    expect(made.draft).toMatchObject({ enabled: false, on: [{ kind: "mode", to: ["away"] }] });
    expect(missed(made)).toHaveLength(1);
  });
});

describe("actions", () => {
  test("a timer is a rule that waits, is begun anew, and is ended", () => {
    const [starts, ends, after, timer] = all(`
- alias: Starts
  trigger: { platform: state, entity_id: binary_sensor.door, to: "on" }
  action: { service: timer.start, target: { entity_id: timer.door }, data: { duration: "00:02:30" } }
- alias: Ends
  trigger: { platform: state, entity_id: binary_sensor.door, to: "off" }
  action: { service: timer.cancel, target: { entity_id: timer.door } }
- alias: After
  trigger: { platform: event, event_type: timer.finished, event_data: { entity_id: timer.door } }
  action: { service: light.turn_off, target: { entity_id: light.hall } }
`);
    expect(starts?.draft).toMatchObject({ enabled: true, do: [{ kind: "rule", rule: "import:timer.door" }] });
    expect(ends?.draft).toMatchObject({ enabled: true, do: [{ kind: "rule", does: "end" }] });
    expect(after?.draft).toMatchObject({ enabled: true, on: [] });
    expect(timer?.draft).toMatchObject({
      ...{ mode: "restart", on: [] },
      do: [
        { kind: "wait", minutes: 2.5 },
        { kind: "rule", rule: "import:automation.after" },
      ],
    });
  });

  test("a script that is told something is carried out in place, with what it was told", () => {
    const [calls] = all(
      `
- trigger: { platform: time, at: "07:00" }
  action: { service: script.lamp, data: { who: light.hall, level: 40 } }
`,
      `
lamp:
  sequence:
    - condition: template
      value_template: "{{ level > 10 }}"
    - service: light.turn_on
      target: { entity_id: "{{ who }}" }
      data: { brightness_pct: "{{ level }}" }
`,
    );
    expect(calls && missed(calls)).toEqual([]);
    // What it was told is above the script's limit: nothing is left to be asked.
    expect(calls?.draft).toMatchObject({
      do: [{ kind: "command", target: { nodes: ["hall"] }, args: { level: 40 } }],
    });
  });

  test("a script that calls itself is no endless rule", () => {
    const things = all("again:\n  sequence:\n    - service: script.again\n      data: { x: 1 }\n");
    expect(things[0] && missed(things[0]).join()).toMatch(/calls itself/);
  });

  test("what a condition guards that can't be asked is left out with it", () => {
    const made = one(`
- trigger: { platform: time, at: "07:00" }
  action:
    - { service: light.turn_on, entity_id: light.hall }
    - { condition: state, entity_id: sensor.unheard_of, state: "free" }
    - { service: switch.turn_on, entity_id: switch.pump }
`);
    expect(made.draft).toMatchObject({ enabled: false, do: [{ capability: "onOff", command: "on" }] });
    expect(made.draft?.form === "when" && made.draft.do).toHaveLength(1);
  });

  test("waiting for a trigger waits for the change, not for what is so already", () => {
    const made = one(`
- trigger: { platform: time, at: "07:00" }
  action:
    - wait_for_trigger: [{ platform: state, entity_id: binary_sensor.door, to: "off" }]
      timeout: "00:05:00"
      continue_on_timeout: false
    - { service: switch.turn_off, entity_id: switch.pump }
`);
    const closed = { kind: "state", of: "booleanState.stateValue", value: true };
    expect(made.draft).toMatchObject({
      do: [
        { kind: "waitUntil", condition: { kind: "not", of: closed }, atMostMinutes: 5, otherwise: "stop" },
        { kind: "waitUntil", condition: closed, otherwise: "stop" },
        { command: "off" },
      ],
    });
  });

  test("one of two services by a template is a choice, and figures in a text stand below it", () => {
    const made = one(`
- trigger: { platform: time, at: "07:00" }
  action:
    - service: "{% if is_state('switch.pump','on') %}light.turn_on{% else %}light.turn_off{% endif %}"
      entity_id: light.hall
    - service: notify.all
      data: { message: "The attic has {{ states('sensor.attic_temperature') }} degrees" }
`);
    expect(missed(made)).toEqual([]);
    expect(made.draft).toMatchObject({
      do: [
        { kind: "choose", options: [{ do: [{ command: "on" }] }], otherwise: [{ command: "off" }] },
        { kind: "notify", values: [{ label: "sensor.attic_temperature" }] },
      ],
    });
  });

  test("a scene of the file sets what it says, and what it can't set is listed", () => {
    const scene = all(
      "- trigger: { platform: time, at: '07:00' }\n  action: { scene: scene.film }\n",
      "- name: Film\n  entities:\n    light.hall: { state: 'on', brightness: 51 }\n    switch.pump: 'off'\n    sensor.x: 1\n",
    );
    expect(scene[0]?.draft).toMatchObject({ do: [{ kind: "scene", scene: "import:scene.film" }] });
    expect(scene[1]?.scene).toMatchObject([
      { node: "hall", command: "moveToLevel", args: { level: 20 } },
      { node: "pump", command: "off" },
    ]);
    expect(scene[1] && missed(scene[1])).toHaveLength(1);
  });
});

describe("messages that are sent to devices", () => {
  const sent = (topic: string, payload: string) => {
    const found = one(`
- trigger: { platform: time, at: "07:00" }
  action:
    - service: mqtt.publish
      data: { topic: ${JSON.stringify(topic)}, payload: ${JSON.stringify(payload)}, retain: false }
`);
    return {
      misses: found.misses.map((m) => [m.line, m.level, m.text]),
      do: found.draft?.form === "when" ? found.draft.do : [],
    };
  };
  const hall = { kind: "command", target: { nodes: ["hall"] } };

  test.each([
    ["zigbee2mqtt/hall/set", '{"state": "ON"}', [{ ...hall, capability: "onOff", command: "on" }]],
    ["zigbee2mqtt/hall/set", "TOGGLE", [{ ...hall, capability: "onOff", command: "toggle" }]],
    ["zigbee2mqtt/hall/set/state", "off", [{ ...hall, capability: "onOff", command: "off" }]],
    // 254 is all that Zigbee2MQTT's lights have.
    [
      "zigbee2mqtt/hall/set",
      '{"state":"ON","brightness":127,"transition":2}',
      [{ args: { level: 50, transitionTime: 2 } }],
    ],
    ["zigbee2mqtt/hall/set", '{"brightness": 254}', [{ args: { level: 100 } }]],
    [
      "zigbee2mqtt/hall/set",
      '{"color": {"x": 0.3, "y": 0.4}}',
      [{ command: "on" }, { command: "moveToColor", args: { colorX: 0.3, colorY: 0.4 } }],
    ],
    ["zigbee2mqtt/hall/set", '{"state":"OFF","transition":3}', [{ args: { level: 0, transitionTime: 3 } }]],
    ["zigbee2mqtt/blind/set", '{"position": 30}', [{ command: "goToLiftPercentage", args: { liftPercent: 30 } }]],
    ["zigbee2mqtt/blind/set", '{"state": "CLOSE"}', [{ command: "downOrClose" }]],
    ["cmnd/pump/POWER2", "ON", [{ target: { nodes: ["pump"] }, command: "on" }]],
    ["shellies/pump/relay/0/command", "off", [{ target: { nodes: ["pump"] }, command: "off" }]],
  ])("%s %s", (topic, payload, steps) => {
    const found = sent(topic, payload);
    expect(found.misses).toEqual([]);
    expect(found.do).toMatchObject(steps);
    expect(found.do).toHaveLength(steps.length);
  });

  test.each([
    ["zigbee2mqtt/hall/set", '{"state": "ON", "effect": "blink"}', /^"effect" of the message is not translated/],
    ["zigbee2mqtt/hall/set", '{"state": "{{ x }}"}', /worked out by a template/],
    ["zigbee2mqtt/hall/set", "dance", /What "dance" asks a device for is not known/],
    ["zigbee2mqtt/hall/set", "", /not known|asks for nothing/],
    ["zigbee2mqtt/attic/set", "ON", /It is not said what topic.zigbee2mqtt.attic is in this home/],
    ["zigbee2mqtt/blind/set", "ON", /The device can't do this here/],
    ["alarm/cmd", "ARM", /What a message to "alarm.cmd" asks for is not known here: ask the device in a step/],
    ["{{ topic }}/set", "ON", /Which topic is meant is worked out by a template/],
    ["zigbee2mqtt/hall/set", `{${'"a":{'.repeat(70)}${"}".repeat(70)}}`, /not known|levels deep|not translated/],
  ])("%s %s is listed by its line", (topic, payload, why) => {
    const { misses } = sent(topic, payload);
    const listed = misses.filter(([, level, text]) => level === "missed" && why.test(String(text)));
    expect(listed.map(([line]) => line)).toEqual([expect.toSatisfy((line: number) => line >= 4 && line <= 5)]);
  });
});
