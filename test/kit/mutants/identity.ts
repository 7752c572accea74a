import { type Mutant, mutant } from "./mutant.ts";

export const identity: readonly Mutant[] = [
  mutant("identity.rename", "id made of the name", [
    `identify([\`mac:\${mac}\`], "acme", mac)`,
    'identify([], "acme", name)',
  ]),
  mutant("identity.restart", "ids are counted", [
    `id: identify([\`mac:\${mac}\`], "acme", mac)`,
    `id: before?.id ?? \`acme-\${this.#byMac.size + 1}\``,
  ]),
  mutant(
    "identity.restart",
    "endpoints are numbered in the order of discovery",
    ["function build(device) {", "let next = 0;\nfunction build(device) {\n  device.number ??= (next += 1) * 10;"],
    [
      "        endpoint: part.endpoint,\n        field",
      "        endpoint: part.endpoint + device.number,\n        field",
    ],
  ),
  mutant("identity.rename", "old topics count after a rename", [
    "if (before && this.#byBase.get(before.base) === before) this.#byBase.delete(before.base);",
    "",
  ]),
  mutant("identity.rename", "the first name stays for ever", [
    "      name,\n      model",
    "      name: before?.name ?? name,\n      model",
  ]),
  mutant("identity.rename", "commands go to the old topic", [
    "      base,\n      name,",
    "      base: before?.base ?? base,\n      name,",
  ]),
  mutant("identity.twice", "each announcement is a new node", [
    `id: identify([\`mac:\${mac}\`], "acme", mac)`,
    `id: \`acme-\${mac}-\${(this.count = (this.count ?? 0) + 1)}\``,
  ]),
  mutant("identity.two-devices", "the first device hears everything", [
    "const device = this.#byBase.get(base);",
    "const device = this.#byBase.values().next().value;",
  ]),
  mutant("identity.two-devices", "one id for all of a model", [
    `identify([\`mac:\${mac}\`], "acme", mac)`,
    `\`acme-\${textOf(info, "model")}\`.toLowerCase()`,
  ]),
];
