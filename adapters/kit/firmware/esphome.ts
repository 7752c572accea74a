import { namedEndpoint } from "../../mqtt/draft.ts";
import type { Body, Device, Firmware, Report, Said, Truth, Who } from "../firmware.ts";

/** With the end of its MAC behind the name, as ready-made firmwares have it (name_add_mac_suffix). */
const prefixOf = (who: Who): string => `${who.name}-${who.address.slice(-6)}`;
const status = (who: Who, word: string): Said => ({ topic: `${prefixOf(who)}/status`, body: word, retained: true });

const hello = (who: Who): Said => ({
  topic: `esphome/discover/${prefixOf(who)}`,
  body: {
    ...{ ip: "192.0.2.9", name: prefixOf(who), friendly_name: who.name, port: 6053, version: "2026.6.5" },
    ...{ mac: who.address, platform: "ESP32", board: "esp32dev" },
  },
  retained: true,
});

const common = (who: Who) => ({
  name: who.name,
  announce: [hello(who), status(who, "online")],
  offline: [status(who, "offline")],
  online: [status(who, "online")],
  answer: ({ topic }: { readonly topic: string }): readonly Said[] =>
    topic === "esphome/discover" ? [hello(who)] : [],
});

/** A topic of an entity; everything but a light says a plain text. */
const state = (who: Who, path: string, body: Body, says: Report["says"]): Report => ({
  topic: `${prefixOf(who)}/${path}/state`,
  body,
  retained: true,
  says,
});
const value = (who: Who, path: string, body: string, truth: Truth): Report => state(who, path, body, { "": truth });

const command = (who: Who, path: string, body: Body): readonly Said[] => [
  { topic: `${prefixOf(who)}/${path}/command`, body },
];

function pump(who: Who): Device {
  const endpoint = namedEndpoint("switch/pump");
  const on = `${endpoint}/onOff.onOff`;
  const off = value(who, "switch/pump", "OFF", { [on]: false });
  return {
    ...common(who),
    deviceTypes: { 1: ["humiditySensor"], [endpoint]: ["mountedOnOffControl"] },
    reports: [
      value(who, "switch/pump", "ON", { [on]: true }),
      value(who, "sensor/hall_humidity", "48.5", { "1/relativeHumidityMeasurement.measuredValue": 48.5 }),
    ],
    orders: [
      { command: `${endpoint}/onOff.off`, wire: command(who, "switch/pump", "OFF"), echo: [off] },
      { command: `${endpoint}/onOff.toggle`, wire: command(who, "switch/pump", "TOGGLE"), echo: [off] },
    ],
  };
}

function lamp(who: Who): Device {
  const endpoint = namedEndpoint("light/shelf");
  const [on, level] = [`${endpoint}/onOff.onOff`, `${endpoint}/levelControl.currentLevel`];
  const mireds = `${endpoint}/colorControl.colorTemperatureMireds`;
  return {
    ...common(who),
    deviceTypes: { [endpoint]: ["colorTemperatureLight"] },
    reports: [
      {
        ...state(
          who,
          "light/shelf",
          { state: "ON", color_mode: "color_temp", brightness: 102, color_temp: 250 },
          { state: { [on]: true }, brightness: { [level]: 40 }, color_temp: { [mireds]: 250 } },
        ),
        open: "",
      },
    ],
    orders: [
      {
        command: `${endpoint}/levelControl.moveToLevel`,
        args: { level: 80, transitionTime: 2 },
        wire: command(who, "light/shelf", { state: "ON", brightness: 204, transition: 2 }),
        echo: [state(who, "light/shelf", { state: "ON", brightness: 204 }, { brightness: { [level]: 80 } })],
      },
    ],
  };
}

function blind(who: Who): Device {
  const endpoint = namedEndpoint("cover/blind");
  const place = `${endpoint}/windowCovering.currentPositionLiftPercentage`;
  const at = (body: string, percent: number): Report => value(who, "cover/blind/position", body, { [place]: percent });
  return {
    ...common(who),
    deviceTypes: { [endpoint]: ["windowCovering"] },
    reports: [at("30", 30)],
    orders: [
      {
        command: `${endpoint}/windowCovering.upOrOpen`,
        wire: command(who, "cover/blind", "OPEN"),
        echo: [at("100", 100)],
      },
    ],
  };
}

/** ESPHome whose discovery is turned off: nobody describes it, and it is waited for a description first. */
export const esphome: Firmware = {
  kit: 1,
  dialect: "esphome",
  models: { pump, lamp, blind },
  without: {
    names: "Its name is built into its firmware, and all its topics begin with it.",
    events: "No device here has a button.",
    removed: "It says no farewell: people remove it in the hub.",
    otherUnit: "Units are not told over MQTT.",
    counters: "Energy is told without a unit: it stays the maker's own.",
  },
};
