import * as appliances from "./appliances.ts";
import { closureControl } from "./closure.ts";
import { colorControl } from "./color-control.ts";
import { concentrations } from "./concentrations.ts";
import { deviceEnergyManagement } from "./device-energy-management.ts";
import { doorLock } from "./door-lock.ts";
import { energyEvse } from "./energy-evse.ts";
import { energyPreference } from "./energy-preference.ts";
import { fanControl } from "./fan-control.ts";
import * as grid from "./grid.ts";
import { levelControl } from "./level-control.ts";
import * as measurements from "./measurements.ts";
import * as media from "./media.ts";
import { modeClusters } from "./modes.ts";
import { onOff } from "./on-off.ts";
import * as operationalStates from "./operational-states.ts";
import * as power from "./power.ts";
import { pumpConfigurationAndControl } from "./pump.ts";
import { resources } from "./resources.ts";
import { serviceArea } from "./service-area.ts";
import * as states from "./states.ts";
import { switchTable } from "./switch.ts";
import type { ClusterTable } from "./table.ts";
import * as tariff from "./tariff.ts";
import { temperatureControl } from "./temperature-control.ts";
import { thermostat } from "./thermostat.ts";
import { valveConfigurationAndControl } from "./valve.ts";
import { waterHeaterManagement } from "./water-heater-management.ts";
import { windowCovering } from "./window-covering.ts";

/** Every cluster that has a capability: one line each. */
export const clusterTables: readonly ClusterTable[] = [
  onOff,
  levelControl,
  colorControl,
  windowCovering,
  closureControl,
  switchTable,
  doorLock,
  thermostat,
  fanControl,
  ...Object.values(measurements),
  ...concentrations,
  ...Object.values(states),
  ...Object.values(power),
  energyEvse,
  waterHeaterManagement,
  deviceEnergyManagement,
  ...Object.values(tariff),
  ...Object.values(grid),
  energyPreference,
  ...modeClusters,
  ...Object.values(operationalStates),
  ...Object.values(appliances),
  temperatureControl,
  serviceArea,
  ...resources,
  ...Object.values(media),
  pumpConfigurationAndControl,
  valveConfigurationAndControl,
];

const byCluster = new Map(clusterTables.map((table) => [table.cluster, table]));
const byCapability = new Map(clusterTables.map((table) => [table.capability, table]));

/** The table of a cluster by the standard's name; undefined for one beyond our model. */
export const tableOf = (cluster: string): ClusterTable | undefined => byCluster.get(cluster);

/** The table of a capability; undefined for one that no cluster stands behind. */
export const tableFor = (capability: string): ClusterTable | undefined => byCapability.get(capability);
