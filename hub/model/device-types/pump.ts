import { deviceType } from "../device-type.ts";

export const pump = deviceType({ name: "pump", matter: "Pump", label: "Pump", icon: "pump", words: ["pump"] });
