import { type Mutant, mutant, power } from "./mutant.ts";

export const presence: readonly Mutant[] = [
  mutant("presence.will", "the last will is ignored", [
    'if (kind === "online") return this.#online(device, message.payload);',
    'if (kind === "online") return nothing;',
  ]),
  mutant("presence.will", "the last will is inverted", ['reachable: payload === "1"', 'reachable: payload === "0"']),
  mutant("presence.will", "dead is told, back is not", ['payload !== "1" && payload !== "0"', 'payload !== "0"']),
  mutant("presence.dead-at-start", "a will that came first is lost", [
    "if (!device) return undefined;",
    'if (!device) return kind === "online" ? nothing : undefined;',
  ]),
  mutant("presence.values-stay", "a dead device uses 0 W", [
    "return { ...harvest(), reachable:",
    `const readings = payload === "0" && device.parts.includes("meter") ? [{ path: ${power}, value: 0, source: "x#will" }] : [];\n    return { ...harvest(), readings, reachable:`,
  ]),
  mutant("presence.asleep", "a sleeping device is lost after a minute", [
    "silentAfterS: 25 * HOUR_S",
    "silentAfterS: HOUR_S / 60",
  ]),
  mutant("life.removed", "a removed device is heard on", [
    "    this.#byBase.delete(device.base);\n    this.#byMac.delete",
    "    this.#byMac.delete",
  ]),
  mutant("life.removed", "removal is ignored", ["return known ? this.#remove(known) : nothing;", "return nothing;"]),
  mutant(
    "life.removed",
    "comes back under another id",
    [`identify([\`mac:\${mac}\`], "acme", mac)`, `\`acme-\${mac}\${this.again ?? ''}\``],
    ["this.#byMac.delete(device.mac);", "this.#byMac.delete(device.mac); this.again = '-2';"],
  ),
];
