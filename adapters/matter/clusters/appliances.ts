import { bitmap, scaled, words } from "./codecs.ts";
import { clusterTable } from "./table.ts";

export const waterHeaterManagement = clusterTable({
  cluster: "WaterHeaterManagement",
  id: 0x0094,
  capability: "waterHeaterManagement",
  attributes: {
    // One bit for each heat source that works now (9.5.6.2).
    heatDemand: bitmap(),
    boostState: words({ 0: "inactive", 1: "active" }),
    tankVolume: scaled(1),
    tankPercentage: scaled(1),
  },
});

export const operationalState = clusterTable({
  cluster: "OperationalState",
  id: 0x0060,
  capability: "operationalState",
  attributes: { operationalState: words({ 0: "stopped", 1: "running", 2: "paused", 3: "error" }) },
  commands: {
    pause: { command: "pause", id: 0 },
    stop: { command: "stop", id: 1 },
    start: { command: "start", id: 2 },
    resume: { command: "resume", id: 3 },
  },
});
