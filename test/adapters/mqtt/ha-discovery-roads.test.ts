import { describe, expect, test } from "vitest";
import { config } from "./fixtures/ha-discovery.ts";
import { Listener, type Message } from "./listener.ts";

const mac = "a4cf12f3e2d1";
const about = (ids: string, more: object = {}): object => ({ ids: [ids], name: "Thing", ...more });
/** A temperature that is announced under another topic than the device's own dialect reads. */
const announced = (dev: object, stat_t: string, more: object = {}): Message =>
  config("sensor", "x", { uniq_id: "x", dev, stat_t, dev_cla: "temperature", unit_of_meas: "°C", ...more });

const zwave: readonly Message[] = [
  ["zwave/_CLIENTS/ZWAVE_GATEWAY-Home/status", { value: true }, true],
  [
    "zwave/_CLIENTS/ZWAVE_GATEWAY-Home/api/getInfo",
    { success: true, result: { homeid: 0xc0ffee01, name: "0xc0ffee01" } },
  ],
  ["zwave/nodeID_7/nodeinfo", { id: 7, manufacturerId: 134, manufacturer: "Maker", productLabel: "S1", ready: true }],
  ["zwave/nodeID_7/49/0/Air_temperature", { time: 1, value: 20 }],
];
const tasmota: readonly Message[] = [
  [
    "tasmota/discovery/A4CF12F3E2D1/config",
    {
      ip: "192.168.1.9",
      dn: "Plug",
      fn: ["Plug"],
      hn: "plug",
      mac: "A4CF12F3E2D1",
      md: "Basic",
      ofln: "Offline",
      onln: "Online",
      state: ["OFF", "ON", "TOGGLE", "HOLD"],
      sw: "13.0.0",
      t: "plug",
      ft: "%prefix%/%topic%/",
      tp: ["cmnd", "stat", "tele"],
      rl: [1],
      swc: [-1],
      swn: [null],
      btn: [0],
      so: {},
      lk: 0,
      lt_st: 0,
      ver: 1,
    },
    true,
  ],
];
const opendtu: readonly Message[] = [
  ["solar/116180215438/name", "Roof"],
  ["solar/116180215438/0/power", "410.2"],
];
const ahoy: readonly Message[] = [
  ["inverter/Roof/ch0/P_AC", "410"],
  ["inverter/Roof/ch0/U_AC", "231"],
];
const ble: readonly Message[] = [
  [
    "home/OMG/BTtoMQTT/A4C138112233",
    { id: "A4:C1:38:11:22:33", model: "TH", model_id: "LYWSD03MMC", brand: "Maker", type: "THB", tempc: 21, hum: 40 },
  ],
];
const rtl: readonly Message[] = [
  ["home/OMG/RTL_433toMQTT/Tower/A/1234", { model: "Tower", channel: "A", id: 1234, temperature_C: 4.5 }],
];
const evcc: readonly Message[] = [
  ["evcc/loadpoints/1/title", "Carport"],
  ["evcc/loadpoints/1/mode", "pv"],
  ["evcc/loadpoints/1/chargePower", "3600"],
];
const openwb: readonly Message[] = [
  ["openWB/chargepoint/4/get/power", "3600"],
  ["openWB/chargepoint/4/get/plug_state", "true"],
];
const victron: readonly Message[] = [
  ["N/c0619ab12345/system/0/Dc/Battery/Soc", { value: 71 }],
  ["N/c0619ab12345/system/0/Serial", { value: "c0619ab12345" }],
];
const shelly: readonly Message[] = [
  [
    `shellyplus1-${mac}/events/rpc`,
    { src: `shellyplus1-${mac}`, method: "NotifyStatus", params: { ts: 1, "switch:0": { id: 0, output: true } } },
  ],
];
const solaredge: readonly Message[] = [
  ["solaredge/powerflow", { pv_production: 900, grid: { power: 0 }, inverter: { power: 900 } }],
];

const both: readonly (readonly [string, readonly Message[], Message])[] = [
  ["a Z-Wave node", zwave, announced(about("zwavejs2mqtt_0xc0ffee01_node7", { sn: "SER123456" }), "elsewhere/1")],
  ["a Tasmota by its MAC", tasmota, announced(about("A4CF12F3E2D1"), "elsewhere/2")],
  [
    "a Shelly by a script's connections",
    shelly,
    announced(about("desk", { cns: [["mac", "A4:CF:12:F3:E2:D1"]] }), "elsewhere/3"),
  ],
  ["a Shelly by its topic", shelly, announced(about("desk"), `shellyplus1-${mac}/script/1`)],
  [
    "an inverter behind OpenDTU",
    opendtu,
    announced(about("116180215438", { mf: "OpenDTU" }), "solar/116180215438/0/temperature"),
  ],
  ["an inverter behind AhoyDTU", ahoy, announced(about("116180215438", { mf: "Hoymiles" }), "inverter/Roof/ch0/Temp")],
  ["a Bluetooth sensor by its identifier", ble, announced(about("A4C138112233"), "elsewhere/4")],
  ["a Bluetooth sensor by its topic with wildcards", ble, announced(about("th-sensor"), "+/+/BTtoMQTT/A4C138112233")],
  ["a 433 MHz sensor", rtl, announced(about("Tower-A-1234", { mf: "rtl_433" }), "elsewhere/5")],
  ["a 433 MHz sensor by its topic", rtl, announced(about("tower"), "+/+/RTL_433toMQTT/Tower/A/1234")],
  ["a charge point of evcc", evcc, announced(about("evcc"), "evcc/loadpoints/1/vehicleOdometer")],
  ["a charge point of openWB", openwb, announced(about("openwb"), "openWB/chargepoint/4/get/currents")],
  ["a GX device", victron, announced(about("venus"), "N/c0619ab12345/system/0/Ac/Grid/L1/Power")],
  ["a SolarEdge installation", solaredge, announced(about("se", { mf: "SolarEdge" }), "solaredge/energy/today")],
];

describe("a device that its own dialect reads and that discovery announces is one node", () => {
  test.each(both)("%s", (_, native, discovery) => {
    const alone = new Listener().hear(...native, ...native);
    expect(alone.nodes.size).toBe(1);
    const [id = ""] = alone.nodes.keys();
    for (const order of [
      [...native, discovery, ...native],
      [discovery, ...native, ...native],
    ]) {
      const l = new Listener().hear(...order);
      expect([...l.nodes.keys()]).toEqual([id]);
      const node = l.nodes.get(id);
      expect([node?.dialect, ...(node?.alsoBy ?? [])]).toContain("ha-discovery");
      expect(node?.alsoBy).toHaveLength(1);
    }
  });

  test("topics that only look like another program's are no identity", () => {
    const l = new Listener().hear(
      announced(about("meter"), "home/energy/today"),
      announced(about("meter"), "a/1a2b3c4d5e6f/status/t"),
    );
    expect([...l.nodes.keys()]).toEqual(["ha-meter"]);
  });
});
