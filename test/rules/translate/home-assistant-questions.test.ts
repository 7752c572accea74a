/** Messages with buttons and what waits for them, as questions. */
import { expect, test } from "vitest";
import type { Step } from "../../../hub/model/rule/step.ts";
import { type Meant, type Translated, translateFiles } from "../../../hub/rules/translate/home-assistant/index.ts";

const device = (node: string): Meant => ({ kind: "device", node, endpoint: 1, capabilities: ["onOff"], types: [] });
const home = new Map<string, Meant>([
  ["switch.dryer", device("dryer")],
  ["switch.pump", device("pump")],
  ["binary_sensor.washer", device("washer")],
]);

function all(text: string): readonly Translated[] {
  const file = translateFiles([{ name: "a.yaml", text }], (entity) => home.get(entity));
  if (!file.ok) throw new Error(`line ${file.line}: ${file.text}`);
  return file.things;
}
const missed = (of: Translated | undefined) => of?.misses.filter((m) => m.level === "missed").map((m) => m.text);
const noted = (of: Translated | undefined) => of?.misses.filter((m) => m.level === "note").map((m) => m.text);
const steps = (of: Translated | undefined): readonly Step[] => (of?.draft?.form === "when" ? of.draft.do : []);
const on = (node: string) => ({ kind: "command", target: { nodes: [node] }, capability: "onOff", command: "on" });

const HEAD = `
- alias: Dryer
  triggers: [{ trigger: state, entity_id: binary_sensor.washer, to: "off" }]
  actions:`;
const MESSAGE = `
    - action: notify.mobile_app_anna
      data:
        title: Dryer
        message: Start the dryer?
        data:
          tag: dryer
          actions:
            - { action: START, title: Start }
            - { action: LATER, title: Not today }`;
const WAIT = `
    - wait_for_trigger:
        - { trigger: event, event_type: mobile_app_notification_action, event_data: { action: START } }
        - { trigger: event, event_type: mobile_app_notification_action, event_data: { action: LATER } }
      timeout: "00:30:00"`;

test("a message with buttons, the wait for one and the choice by it are one question", () => {
  const [made] = all(`${HEAD}${MESSAGE}${WAIT}
    - choose:
        - conditions: "{{ wait.trigger.event.data.action == 'START' }}"
          sequence: [{ action: switch.turn_on, target: { entity_id: switch.dryer } }]
        - conditions: [{ condition: template, value_template: "{{ not wait.completed }}" }]
          sequence: [{ action: switch.turn_on, target: { entity_id: switch.pump } }]
    - { action: switch.turn_off, target: { entity_id: switch.pump } }
`);
  expect(missed(made)).toEqual([]);
  expect(made?.draft?.enabled).toBe(true);
  expect(steps(made)).toMatchObject([
    {
      ...{ kind: "ask", title: "Dryer", text: "Start the dryer?", atMostMinutes: 30 },
      answers: [
        { name: "Start", do: [on("dryer")] },
        { name: "Not today", do: [] },
      ],
      otherwise: [on("pump")],
    },
    { kind: "command", command: "off" },
  ]);
});

test("what is done by default is done for every other answer, and where nobody answers in time", () => {
  const [made] = all(`${HEAD}${MESSAGE}${WAIT}
    - if: "{{ wait.trigger is not none and wait.trigger.event.data.action == 'START' }}"
      then: [{ action: switch.turn_on, target: { entity_id: switch.dryer } }]
      else: [{ action: switch.turn_on, target: { entity_id: switch.pump } }]
`);
  expect(missed(made)).toEqual([]);
  expect(steps(made)).toMatchObject([
    { answers: [{ do: [on("dryer")] }, { name: "Not today", do: [on("pump")] }], otherwise: [on("pump")] },
  ]);
});

test("a condition after the wait: all that follows is done for that answer alone", () => {
  const [made] = all(`${HEAD}${MESSAGE}
    - wait_for_trigger: { platform: event, event_type: mobile_app_notification_action }
      timeout: { minutes: 5 }
      continue_on_timeout: false
    - condition: template
      value_template: '{{ wait.trigger.event.data["action"] == "START" }}'
    - { action: switch.turn_on, target: { entity_id: switch.dryer } }
`);
  expect(missed(made)).toEqual([]);
  expect(steps(made)).toMatchObject([
    {
      ...{ kind: "ask", atMostMinutes: 5, otherwise: [{ kind: "stop" }] },
      answers: [
        { name: "Start", do: [on("dryer")] },
        { name: "Not today", do: [] },
      ],
    },
  ]);
  expect(steps(made)).toHaveLength(1);
});

test("names of buttons that Home Assistant makes for one run, several phones, a wait without an end", () => {
  const [made] = all(`${HEAD}
    - variables: { yes: "{{ 'YES_' ~ context.id }}", no: "{{ 'NO_' ~ context.id }}" }
    - &told
      action: notify.mobile_app_anna
      data: { message: Start the dryer?, data: { actions: [{ action: "{{ yes }}", title: "Yes" }, { action: "{{ no }}", title: "No" }] } }
    - *told
    - wait_for_trigger:
        - { id: start, platform: event, event_type: mobile_app_notification_action, event_data: { action: "{{ yes }}" } }
        - { platform: event, event_type: mobile_app_notification_action, event_data: { action: "{{ no }}" } }
    - choose:
        conditions: "{{ wait.trigger.event.data.action == yes }}"
        sequence: { action: switch.turn_on, target: { entity_id: switch.dryer } }
`);
  expect(missed(made)).toEqual([]);
  expect(steps(made)).toMatchObject([
    {
      ...{ kind: "ask", title: "Start the dryer?", atMostMinutes: 1440, otherwise: [{ kind: "stop" }] },
      answers: [
        { name: "Yes", do: [on("dryer")] },
        { name: "No", do: [] },
      ],
    },
  ]);
  expect(noted(made)).toContain("All people of the house are asked at once.");
});

test("a button that nothing waits for is not offered, and that is said", () => {
  const [made] = all(`${HEAD}${MESSAGE}
    - wait_for_trigger: { platform: event, event_type: mobile_app_notification_action, event_data: { action: START } }
      timeout: 600
    - condition: "{{ wait.completed }}"
    - { action: switch.turn_on, target: { entity_id: switch.dryer } }
`);
  expect(steps(made)[0]).toMatchObject({ kind: "ask", answers: [{ name: "Start" }] });
  expect(noted(made)?.join()).toContain('Nothing waits for "Not today"');
  // Whether it was answered is asked by a template that has no like here: the rule stays off.
  expect(made?.draft?.enabled).toBe(false);
  expect(missed(made)).not.toEqual([]);
});

test.each([
  [
    "a wait for something else as well",
    `${MESSAGE}
    - wait_for_trigger:
        - { platform: event, event_type: mobile_app_notification_action, event_data: { action: START } }
        - { platform: state, entity_id: switch.dryer, to: "on" }
      timeout: 600`,
  ],
  [
    "a press that must tell more",
    `${MESSAGE}
    - wait_for_trigger: { platform: event, event_type: mobile_app_notification_action, event_data: { action: START, tag: dryer } }
      timeout: 600`,
  ],
  [
    "a choice by more than the button",
    `${MESSAGE}${WAIT}
    - choose:
        - conditions: ["{{ wait.trigger.event.data.action == 'START' }}", "{{ wait.trigger.event.data.tag == 'x' }}"]
          sequence: [{ action: switch.turn_on, target: { entity_id: switch.dryer } }]`,
  ],
  ["buttons that nothing waits for", MESSAGE],
])("%s is listed, and the rule stays off", (_, written) => {
  const [made] = all(`${HEAD}${written}
    - { action: switch.turn_off, target: { entity_id: switch.pump } }
`);
  expect(missed(made)).not.toEqual([]);
  expect(made?.draft?.enabled).toBe(false);
});

const HEARS = `
- alias: Start dryer
  trigger: { platform: event, event_type: mobile_app_notification_action, event_data: { action: START } }
  action: { service: switch.turn_on, entity_id: switch.dryer }
`;

test("an automation of its own that a button starts: the answer starts it, and the question can be asked anew", () => {
  const [asks, hears] = all(`${HEAD}${MESSAGE}${HEARS}`);
  expect([missed(asks), missed(hears)]).toEqual([[], []]);
  expect(asks?.draft).toMatchObject({
    ...{ enabled: true, mode: "restart" },
    do: [
      {
        ...{ kind: "ask", atMostMinutes: 1440 },
        answers: [
          { name: "Start", do: [{ kind: "rule", rule: "import:automation.start_dryer" }] },
          { name: "Not today", do: [] },
        ],
      },
    ],
  });
  expect(hears?.draft).toMatchObject({ enabled: true, on: [], do: [on("dryer")] });
});

test.each([
  ["more than one message offers it", `${HEAD}${MESSAGE}${HEAD.replace("Dryer", "Other")}${MESSAGE}${HEARS}`],
  [
    "no message of these files offers it",
    `${HEAD}\n    - { action: switch.turn_on, target: { entity_id: switch.pump } }${HEARS}`,
  ],
  [
    "not the last thing",
    `${HEAD}${MESSAGE}\n    - { action: switch.turn_on, target: { entity_id: switch.pump } }${HEARS}`,
  ],
  ["waits before", `${HEAD}\n    - delay: 60${MESSAGE}${HEARS}`],
  [
    "what starts it is asked for again",
    `${HEAD}${MESSAGE}${HEARS.replace("action: {", "condition: { condition: trigger, id: x }\n  action: {")}`,
  ],
  [
    "does not say which button alone",
    `${HEAD}${MESSAGE}${HEARS.replace("{ action: START }", "{ action: START, tag: x }")}`,
  ],
])("where it can't be known which question is answered, that is listed by line: %s", (why, text) => {
  const made = all(text);
  const hears = made.find((t) => t.title === "Start dryer");
  expect(missed(hears)?.join(" ")).toContain(why);
  expect(hears?.draft?.enabled ?? false).toBe(false);
});
