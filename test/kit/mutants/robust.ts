import { intoFields, type Mutant, mutant } from "./mutant.ts";

export const robust: readonly Mutant[] = [
  mutant("robust.no-throw", "throws at what is no JSON", [
    "const body = parseObject(message.payload);",
    "const body = JSON.parse(message.payload);",
  ]),
  mutant(
    "robust.no-throw",
    "throws at a description without a MAC",
    ["const before = this.#byMac.get(mac);", "const before = this.#byMac.get(mac);"],
    ['const mac = textOf(info, "mac");', "const mac = info.mac.toLowerCase();"],
  ),
  mutant("robust.no-throw", "looks names up in a plain object", [
    "Object.hasOwn(parts, name) ? parts[name] : undefined",
    "parts[name]",
  ]),
  mutant("robust.truncated", "an unreadable description removes the device", [
    "const into = harvest();\n    const info = parseObject(payload);",
    "const into = harvest();\n    const info = parseObject(payload);\n    if (!info && known) return this.#remove(known);",
  ]),
  mutant(
    "robust.prototype",
    "copies bodies into a plain object, key by key",
    intoFields(
      "const copy = (from, to) => { for (const key of Object.keys(from)) { if (typeof from[key] === 'object' && from[key]) { to[key] ??= {}; copy(from[key], to[key]); } else to[key] = from[key]; } }; copy(parseObject(message.payload) ?? {}, (device.memory ??= {}));",
    ),
  ),
  mutant("limits.memory", "no limit on devices", [
    "const MAX_DEVICES = 500;",
    "const MAX_DEVICES = Number.POSITIVE_INFINITY;",
  ]),
  mutant(
    "limits.memory",
    "remembers every topic that it ever heard",
    ["class Session {", "class Session {\n  #heard = new Map();"],
    [
      "const [root, name, kind, ...rest]",
      "this.#heard.set(message.topic, message.payload);\n    const [root, name, kind, ...rest]",
    ],
  ),
  mutant("limits.memory", "keeps every body that it could not read", [
    "if (!body) {",
    "if (!body) {\n      (this.unread ??= []).push(message.payload);",
  ]),
  mutant(
    "limits.speed",
    "builds everything anew with each message",
    intoFields("for (let n = 0; n < 60; n += 1) build(device);"),
  ),
  mutant("limits.pure", "reads the clock", intoFields("device.heardAt = Date.now();")),
  mutant(
    "limits.pure",
    "sets a timer",
    intoFields("clearTimeout(device.timer); device.timer = setTimeout(() => {}, 0);"),
  ),
  mutant("limits.pure", "draws a number", [
    "      mac,\n      base,",
    "      mac,\n      token: Math.random(),\n      base,",
  ]),
];
