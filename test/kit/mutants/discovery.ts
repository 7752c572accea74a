import { type Mutant, mutant } from "./mutant.ts";

export const discovery: readonly Mutant[] = [
  mutant("discovery.found", "no device type", ['type: "onOffPlugInUnit",', ""]),
  mutant("discovery.sound", "a device type that nobody knows", ['type: "solarPower"', 'type: "inverter"']),
  mutant("discovery.found", "the MAC for a name", ["      name,\n      model", "      name: mac,\n      model"]),
  mutant(
    "discovery.modest",
    "takes everybody's messages",
    ['if (root !== "acme" ||', 'if (root === "" ||'],
    ["if (!device) return undefined;", "if (!device) return nothing;"],
  ),
  mutant("discovery.any-order", "what comes before the description is thrown away", [
    "if (!device) return undefined;",
    "if (!device) return nothing;",
  ]),
];
