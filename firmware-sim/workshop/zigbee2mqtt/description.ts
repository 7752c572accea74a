import type { ZigbeeDevice } from "./product.ts";

const version = "2.14.1";
const endpoints = { 1: { bindings: [], clusters: { input: [], output: [] }, configured_reportings: [], scenes: [] } };
const coordinatorAddress = "0x00124b0029f1aa01";

/** The bridge's own line in the list of devices. */
export const coordinator = {
  disabled: false,
  endpoints,
  friendly_name: "Coordinator",
  ieee_address: coordinatorAddress,
  interview_completed: true,
  interview_state: "SUCCESSFUL",
  interviewing: false,
  network_address: 0,
  supported: true,
  type: "Coordinator",
};

export function describe({ entry, product }: ZigbeeDevice, name: string): object {
  return {
    definition: {
      description: product.description,
      exposes: product.exposes,
      model: product.model,
      options: [],
      source: "native",
      supports_ota: true,
      vendor: product.vendor,
      version: "0.0.0",
    },
    disabled: false,
    endpoints,
    friendly_name: name,
    ieee_address: entry.id,
    interview_completed: true,
    interview_state: "SUCCESSFUL",
    interviewing: false,
    manufacturer: product.manufacturer,
    model_id: product.modelId,
    network_address: Number.parseInt(entry.id.slice(-4), 16),
    power_source: product.battery ? "Battery" : "Mains (single phase)",
    supported: true,
    type: product.battery ? "EndDevice" : "Router",
  };
}

export function info(base: string, joining: boolean): object {
  return {
    commit: "unknown",
    config: {
      advanced: { channel: 20, last_seen: "ISO_8601_local", output: "json" },
      availability: { enabled: true },
      homeassistant: { enabled: false },
      mqtt: { base_topic: base },
    },
    coordinator: { ieee_address: coordinatorAddress, meta: { revision: "7.4.4 [GA]" }, type: "EmberZNet" },
    log_level: "info",
    network: { channel: 20, extended_pan_id: "0xdddddddddddddddd", pan_id: 6754 },
    permit_join: joining,
    restart_required: false,
    version,
    zigbee_herdsman: { version: "6.4.0" },
    zigbee_herdsman_converters: { version: "26.105.0" },
  };
}
