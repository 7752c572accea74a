import { get, textOf } from "../../mqtt/json.ts";
import type { Body, Device, Firmware, Report, Said, Who } from "../firmware.ts";

type Components = { readonly [component: string]: Body };

const idOf = (who: Who, product: string): string => `shelly${product}-${who.address}`;
const online = (id: string, word: string): Said => ({ topic: `${id}/online`, body: word, retained: true });

const notice = (id: string, method: string, params: Components): Said => ({
  topic: `${id}/events/rpc`,
  body: { src: id, dst: `${id}/events`, method, params: { ts: 1_767_225_600.5, ...params } },
});
const full = (id: string, components: Components, says: Report["says"]): Report => ({
  ...notice(id, "NotifyFullStatus", components),
  says: under(says),
});
const part = (id: string, components: Components, says: Report["says"]): Report => ({
  ...notice(id, "NotifyStatus", components),
  says: under(says),
});
const under = (says: Report["says"]): Report["says"] =>
  Object.fromEntries(Object.entries(says).map(([field, truth]) => [`params.${field}`, truth]));

/** What the device answers to the hub's questions: who it is, how it is set up, how it stands. */
function answers(who: Who, id: string, app: string, status: Components) {
  const info = { name: who.name, id, mac: who.address.toUpperCase(), model: "S-KIT", gen: 2, ver: "1.7.0", app };
  const results: { readonly [method: string]: Body } = {
    "Shelly.GetDeviceInfo": info,
    "Shelly.GetConfig": { sys: { device: { name: who.name } }, mqtt: { topic_prefix: id } },
    "Shelly.GetStatus": { sys: { mac: info.mac }, ...status },
    "Shelly.GetComponents": { components: [], cfg_rev: 1, offset: 0, total: 0 },
  };
  return ({ topic, body }: { readonly topic: string; readonly body: Body }): readonly Said[] => {
    const [method, from] = [textOf(body, "method") ?? "", textOf(body, "src") ?? ""];
    if (topic !== `${id}/rpc` || !Object.hasOwn(results, method)) return [];
    return [
      { topic: `${from}/rpc`, body: { id: get(body, "id") ?? 0, src: id, dst: from, result: results[method] ?? null } },
    ];
  };
}

const rpc = (id: string, method: string, params: Body): readonly Said[] => [
  { topic: `${id}/rpc`, body: { src: "kit", method, params } },
];

const common = (who: Who, id: string, app: string, status: Components) => ({
  name: who.name,
  announce: [online(id, "true")],
  offline: [online(id, "false")],
  online: [online(id, "true")],
  answer: answers(who, id, app, status),
});

function plug(who: Who): Device {
  const id = idOf(who, "plusplugs");
  const status = {
    "switch:0": { id: 0, output: true, apower: 42.5, voltage: 231, current: 0.2, aenergy: { total: 1500 } },
    "input:0": { id: 0, state: null },
  };
  const off = part(id, { "switch:0": { id: 0, output: false } }, { "switch:0.output": { "1/onOff.onOff": false } });
  return {
    ...common(who, id, "PlusPlugS", status),
    deviceTypes: { 1: ["onOffPlugInUnit", "electricalSensor"] },
    reports: [
      {
        ...full(id, status, {
          "switch:0.output": { "1/onOff.onOff": true },
          "switch:0.apower": { "1/electricalPowerMeasurement.activePower": 42.5 },
          "switch:0.voltage": { "1/electricalPowerMeasurement.voltage": 231 },
          "switch:0.current": { "1/electricalPowerMeasurement.activeCurrent": 0.2 },
          "switch:0.aenergy.total": { "1/electricalEnergyMeasurement.cumulativeEnergyImported": 1.5 },
        }),
        open: "params.switch:0",
      },
    ],
    events: [
      {
        ...notice(id, "NotifyEvent", { events: [{ component: "input:0", id: 0, event: "single_push", ts: 1.5 }] }),
        says: { "params.events.0.event": { "51/vendor.event": "single_push" } },
      },
    ],
    orders: [
      { command: "1/onOff.off", wire: rpc(id, "Switch.Set", { id: 0, on: false }), echo: [off] },
      { command: "1/onOff.toggle", wire: rpc(id, "Switch.Toggle", { id: 0 }), echo: [off] },
    ],
  };
}

function dimmer(who: Who): Device {
  const id = idOf(who, "dimmerg3");
  const level = "1/levelControl.currentLevel";
  const status = { "light:0": { id: 0, output: true, brightness: 40 } };
  return {
    ...common(who, id, "DimmerG3", status),
    deviceTypes: { 1: ["dimmableLight"] },
    reports: [full(id, status, { "light:0.output": { "1/onOff.onOff": true }, "light:0.brightness": { [level]: 40 } })],
    orders: [
      {
        command: "1/levelControl.moveToLevel",
        args: { level: 75, transitionTime: 3 },
        wire: rpc(id, "Light.Set", { id: 0, brightness: 75, transition_duration: 3 }),
        echo: [part(id, { "light:0": { id: 0, brightness: 75 } }, { "light:0.brightness": { [level]: 75 } })],
      },
    ],
  };
}

function meter(who: Who): Device {
  const id = idOf(who, "pro3em");
  const status = {
    "em:0": { id: 0, a_act_power: -480.5, total_act_power: 1250, errors: [] },
    "emdata:0": { id: 0, total_act: 812_500, total_act_ret: 2500 },
  };
  return {
    ...common(who, id, "Pro3EM", status),
    deviceTypes: { 1: ["electricalSensor"] },
    reports: [
      full(id, status, {
        "em:0.a_act_power": { "91/electricalPowerMeasurement.activePower": -480.5 },
        "em:0.total_act_power": { "1/electricalPowerMeasurement.activePower": 1250 },
        "emdata:0.total_act": { "1/electricalEnergyMeasurement.cumulativeEnergyImported": 812.5 },
        "emdata:0.total_act_ret": { "1/electricalEnergyMeasurement.cumulativeEnergyExported": 2.5 },
      }),
    ],
  };
}

/** A metering plug with a button, a dimmer and a three-phase meter, with the answers that they give. */
export const shellyGen2: Firmware = {
  kit: 1,
  dialect: "shelly-gen2",
  models: { plug, dimmer, meter },
  without: {
    removed: "A Shelly says no farewell: people remove it in the hub.",
    otherUnit: "Its units are fixed by its API.",
  },
};
