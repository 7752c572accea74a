import type { Dialect } from "../dialect.ts";
import { ahoydtu } from "./ahoydtu.ts";
import { amsreader } from "./amsreader.ts";
import { dsmrReader } from "./dsmr-reader.ts";
import { emsEsp } from "./ems-esp.ts";
import { esphome } from "./esphome.ts";
import { evcc } from "./evcc.ts";
import { createGeneric, type MappingRegistry } from "./generic.ts";
import { glow } from "./glow.ts";
import { goE } from "./go-e.ts";
import { grott } from "./grott.ts";
import { haDiscovery } from "./ha-discovery.ts";
import { homie } from "./homie.ts";
import { opendtu } from "./opendtu.ts";
import { openevse } from "./openevse.ts";
import { openmqttgateway } from "./openmqttgateway.ts";
import { openwb } from "./openwb.ts";
import { p1Dongle } from "./p1-dongle.ts";
import { shellyGen1 } from "./shelly-gen1.ts";
import { shellyGen2 } from "./shelly-gen2.ts";
import { smartevse } from "./smartevse.ts";
import { solaredge2mqtt } from "./solaredge2mqtt.ts";
import { tasmota } from "./tasmota.ts";
import { tibberPulse } from "./tibber-pulse.ts";
import { victron } from "./victron.ts";
import { warp } from "./warp.ts";
import { wled } from "./wled.ts";
import { zigbee2mqtt } from "./zigbee2mqtt.ts";
import { zwaveJsUi } from "./zwave-js-ui.ts";

/** Every dialect: one line each. A topic belongs to the first that knows it; what only announces other programs' devices comes last. */
export const dialects: readonly Dialect[] = [
  zigbee2mqtt,
  tasmota,
  shellyGen1,
  shellyGen2,
  emsEsp,
  homie,
  solaredge2mqtt,
  opendtu,
  openmqttgateway,
  victron,
  evcc,
  openwb,
  zwaveJsUi,
  esphome,
  ahoydtu,
  amsreader,
  dsmrReader,
  glow,
  goE,
  grott,
  openevse,
  p1Dongle,
  smartevse,
  tibberPulse,
  warp,
  wled,
  haDiscovery,
];

/** With the devices that people describe: last, so that no mapping takes a maker's topics. */
export const dialectsWith = (mappings: MappingRegistry): readonly Dialect[] => [...dialects, createGeneric(mappings)];
