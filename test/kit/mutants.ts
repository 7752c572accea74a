/**
 * Faults that makers make, planted one at a time into the worked example: what is changed in its source, and which rule
 * must find it.
 */
export interface Mutant {
  readonly fault: string;
  readonly rule: string;
  /** Each text must be there exactly once. */
  readonly changes: readonly (readonly [from: string, to: string])[];
}

const mutant = (rule: string, fault: string, ...changes: Mutant["changes"]): Mutant => ({ fault, rule, changes });

const wh = 'wh: { word: "energy", maker: { kind: "number", unit: "Wh" } },';
const watts = 'watts: { word: "power", maker: { kind: "number", unit: "W" } },';
const readOne = "for (const [field, raw] of fields) readField(device.built, place, field, raw, into);";
const reading = (code: string): readonly [string, string] => [
  readOne,
  `for (const [field, was] of fields) { let raw = was; ${code}; readField(device.built, place, field, raw, into); }`,
];
const intoFields = (code: string): readonly [string, string] => [
  "#fields(device, message, learns) {",
  `#fields(device, message, learns) { ${code}`,
];
const afterPlan = (code: string): readonly [string, string] => [
  "const body = Object.assign({}, ...planned.writes);",
  `const body = Object.assign({}, ...planned.writes); ${code}`,
];
const power = '{ node: device.id, endpoint: 1, capability: "electricalPowerMeasurement", attribute: "activePower" }';

const discovery: readonly Mutant[] = [
  mutant("discovery.found", "no device type", ['type: "onOffPlugInUnit", fields: { on', "fields: { on"]),
  mutant("discovery.sound", "a device type that nobody knows", ['type: "solarPower"', 'type: "inverter"']),
  mutant("discovery.found", "the MAC for a name", ["      name,\n      model", "      name: mac,\n      model"]),
  mutant("discovery.modest", "takes everybody's messages", ['if (root !== "acme" ||', 'if (root === "" ||'], [
    "if (!device) return undefined;",
    "if (!device) return nothing;",
  ]),
  mutant("discovery.any-order", "what comes before the description is thrown away", [
    "if (!device) return undefined;",
    "if (!device) return nothing;",
  ]),
];

const identity: readonly Mutant[] = [
  mutant("identity.rename", "id made of the name", ['identify([`mac:${mac}`], "acme", mac)', 'identify([], "acme", name)']),
  mutant("identity.restart", "ids are counted", ["id: identify([`mac:${mac}`], \"acme\", mac)", "id: before?.id ?? `acme-${this.#byMac.size + 1}`"]),
  mutant("identity.restart", "endpoints are numbered in the order of discovery",
    ["function build(device) {", "let next = 0;\nfunction build(device) {\n  device.number ??= (next += 1) * 10;"],
    ["        endpoint: part.endpoint,\n        field", "        endpoint: part.endpoint + device.number,\n        field"],
  ),
  mutant("identity.rename", "old topics count after a rename", [
    "if (before && this.#byBase.get(before.base) === before) this.#byBase.delete(before.base);",
    "",
  ]),
  mutant("identity.rename", "the first name stays for ever", ["      name,\n      model", "      name: before?.name ?? name,\n      model"]),
  mutant("identity.rename", "commands go to the old topic", ["      base,\n      name,", "      base: before?.base ?? base,\n      name,"]),
  mutant("identity.twice", "each announcement is a new node", ["id: identify([`mac:${mac}`], \"acme\", mac)", "id: `acme-${mac}-${(this.count = (this.count ?? 0) + 1)}`"]),
  mutant("identity.two-devices", "the first device hears everything", [
    "const device = this.#byBase.get(base);",
    "const device = this.#byBase.values().next().value;",
  ]),
  mutant("identity.two-devices", "one id for all of a model", ['identify([`mac:${mac}`], "acme", mac)', '`acme-${textOf(info, "model")}`.toLowerCase()']),
];

const values: readonly Mutant[] = [
  mutant("values.truth", "Wh taken for kWh", [wh, wh.replace('"Wh"', '"kWh"')]),
  mutant("values.truth", "W taken for kW", [watts, watts.replace('"W"', '"kW"')]),
  mutant("values.truth", "production counts as consumption", [', scale: -1 } }', " } }"]),
  mutant("values.truth", "consumption counts as production", [watts, watts.replace('"W"', '"W", scale: -1')]),
  mutant("values.truth", "the exported counter as imported", ['word: "produced_energy"', 'word: "energy"']),
  mutant("values.truth", "the day's counter as the lifetime's", [wh, wh.replace('word: "energy", ', "")], ["wh_today: { maker", 'wh_today: { word: "energy", maker']),
  mutant("values.truth", "0 to 255 taken for percent", ["min: 0, max: 255 }", 'min: 0, max: 100, unit: "%" }']),
  mutant("values.truth", "on and off swapped", ["on: true, off: false", "on: false, off: true"]),
  mutant("values.truth", "rounded to whole numbers", reading('if (typeof raw === "number") raw = Math.round(raw)')),
  mutant("values.unit-change", "Fahrenheit is never asked for", ["{ ...maker, unit: device.unit }", '{ ...maker, unit: "C" }']),
  mutant("values.unit-change", "the first unit stays for ever", ['unit: textOf(info, "unit") ?? "C"', 'unit: before?.unit ?? textOf(info, "unit") ?? "C"']),
  mutant("values.null", "null is 0", reading("if (raw === null) raw = 0")),
  mutant("values.null", "empty is off", reading('if (raw === "" && field === "on") raw = false')),
  mutant("values.null", "truthiness for a switch", reading('if (field === "on") raw = Boolean(raw)')),
  mutant("values.malformed", "any word is on", reading('if (field === "on" && typeof raw === "string" && raw) raw = true')),
  mutant("values.partial", "what is missing is filled in", intoFields('if (learns) message = { ...message, payload: JSON.stringify({ watts: 0, ...parseObject(message.payload) }) };')),
  mutant("values.unknown-kept", "unheard-of fields are dropped", ["if (learns && this.#learn(device, fields))", "if (learns && fields.length > 999 && this.#learn(device, fields))"]),
  mutant("values.malformed", "one bad field loses the whole message", [
    readOne,
    `${readOne}\n    if (into.problems.length > 0) return { ...harvest(), problems: into.problems };`,
  ]),
  mutant("values.malformed", "bad fields are swallowed", [readOne, `${readOne}\n    into.problems.length = 0;`]),
  mutant("values.range", "impossible values are cut to the range", reading('if (typeof raw === "number") raw = Math.min(Math.max(raw, 0), 50)')),
  mutant("values.fit", "whatever comes is a number", reading(`if (field === "watts") { into.readings.push({ path: ${power}, value: Number(raw), source: "x#watts" }); continue; }`)),
  mutant("values.fit", "values that were never announced", reading('if (field === "wh") { into.readings.push({ path: { node: device.id, endpoint: 7, capability: "onOff", attribute: "onOff" }, value: true, source: "x#wh" }); }')),
  mutant("values.counter-reset", "a counter never falls", reading('if (field === "wh") raw = device.top = Math.max(device.top ?? 0, Number(raw))')),
  mutant("values.counter-reset", "counts on over resets", reading('if (field === "wh" && typeof raw === "number") { if (raw < (device.last ?? 0)) device.more = (device.more ?? 0) + device.last; device.last = raw; raw += device.more ?? 0; }')),
];

const time: readonly Mutant[] = [
  mutant("time.retained-event", "a retained press is a press", [", event: true } }", " } }"]),
  mutant("time.event", "a second press of the same kind is dropped", intoFields("if (!learns && device.pressed === message.payload) return nothing; if (!learns) device.pressed = message.payload;")),
  mutant("time.retained-value", "retained values are dropped", intoFields("if (message.retained) return nothing;")),
  mutant("time.clock-jump", "what seems older is dropped", intoFields("if (message.at < (device.at ?? 0)) return nothing; device.at = message.at;")),
  mutant("time.reconnect", "an announcement that is known removes the device first", ["into.nodes.push(nodeOf(device));\n    return into;", "into.nodes.push(nodeOf(device));\n    if (before) into.gone.push(before.id);\n    return into;"]),
];

const presence: readonly Mutant[] = [
  mutant("presence.will", "the last will is ignored", ['if (kind === "online") return this.#online(device, message.payload);', 'if (kind === "online") return nothing;']),
  mutant("presence.will", "the last will is inverted", ['reachable: payload === "1"', 'reachable: payload === "0"']),
  mutant("presence.will", "dead is told, back is not", ['payload !== "1" && payload !== "0"', 'payload !== "0"']),
  mutant("presence.dead-at-start", "a will that came first is lost", ["if (!device) return undefined;", 'if (!device) return kind === "online" ? nothing : undefined;']),
  mutant("presence.values-stay", "a dead device uses 0 W", ["return { ...harvest(), reachable:", `const readings = payload === "0" && device.parts.includes("meter") ? [{ path: ${power}, value: 0, source: "x#will" }] : [];\n    return { ...harvest(), readings, reachable:`]),
  mutant("presence.asleep", "a sleeping device is lost after a minute", ["silentAfterS: 25 * HOUR_S", "silentAfterS: HOUR_S / 60"]),
  mutant("life.removed", "removal is ignored", ["return known ? this.#remove(known) : nothing;", "return nothing;"]),
  mutant("life.removed", "comes back under another id", ['identify([`mac:${mac}`], "acme", mac)', "`acme-${mac}${this.again ?? ''}`"], ["this.#byMac.delete(device.mac);", "this.#byMac.delete(device.mac); this.again = '-2';"]),
];

const commands: readonly Mutant[] = [
  mutant("commands.range", "takes any level", ["const planned = planCommand(device.built, command);", 'if (command.args.level !== undefined) return { ok: true, publish: [{ topic: `${device.base}/set`, payload: JSON.stringify({ level: Math.round(Number(command.args.level) * 2.55) }), qos: 1 }] };\n    const planned = planCommand(device.built, command);']),
  mutant("commands.careful", "commands are retained", ["qos: 1 }] };\n  }\n\n  #info", "qos: 1, retain: true }] };\n  }\n\n  #info"]),
  mutant("commands.careful", "commands go with QoS 0", ["qos: 1 }] };\n  }\n\n  #info", "qos: 0 }] };\n  }\n\n  #info"]),
  mutant("commands.careful", "one command for all devices", ["topic: `${device.base}/set`, payload", 'topic: "acme/+/set", payload']),
  mutant("commands.wire", "commands go to the topic of the state", ["topic: `${device.base}/set`, payload", "topic: `${device.base}/state`, payload"]),
  mutant("commands.wire", "percent is sent where 0 to 255 is taken", afterPlan("if (body.level !== undefined) body.level = Math.round(body.level / 2.55);")),
  mutant("commands.wire", "toggle turns on", ['writes: [{ on: "toggle" }]', "writes: [{ on: true }]"]),
  mutant("commands.wire", "numbers are sent as text", afterPlan("for (const key of Object.keys(body)) body[key] = String(body[key]);")),
  mutant("commands.refused", "what can't be done is taken all the same", ["if (!planned.ok) return planned;", "if (!planned.ok) return { ok: true, publish: [] };"]),
  mutant("commands.echo", "the echo is assumed", afterPlan("device.wanted = body;"), reading("raw = device.wanted?.[field] ?? raw")),
  mutant("commands.echo", "after a command the device is not listened to", afterPlan("device.deaf = true;"), reading('if (device.deaf && (field === "on" || field === "level")) continue')),
  mutant("commands.echo", "the next message is taken as done", afterPlan("device.done = true;"), ["const into = harvest();\n    const place", `const into = harvest();\n    if (device.done && device.parts.includes("relay")) { device.done = false; into.readings.push({ path: { node: device.id, endpoint: 1, capability: "onOff", attribute: "onOff" }, value: false, source: "x#on" }); }\n    const place`]),
];

const robust: readonly Mutant[] = [
  mutant("robust.no-throw", "throws at what is no JSON", ["const body = parseObject(message.payload);", "const body = JSON.parse(message.payload);"]),
  mutant("robust.no-throw", "throws at a description without a MAC", ["const before = this.#byMac.get(mac);", "const before = this.#byMac.get(mac);", ], ['const mac = textOf(info, "mac");', "const mac = info.mac.toLowerCase();"]),
  mutant("robust.no-throw", "looks names up in a plain object", ["Object.hasOwn(parts, name) ? parts[name] : undefined", "parts[name]"]),
  mutant("robust.truncated", "an unreadable description removes the device", ["const into = harvest();\n    const info = parseObject(payload);", "const into = harvest();\n    const info = parseObject(payload);\n    if (!info && known) return this.#remove(known);"]),
  mutant("robust.prototype", "copies bodies into a plain object, key by key", intoFields("const copy = (from, to) => { for (const key of Object.keys(from)) { if (typeof from[key] === 'object' && from[key]) { to[key] ??= {}; copy(from[key], to[key]); } else to[key] = from[key]; } }; copy(parseObject(message.payload) ?? {}, (device.memory ??= {}));")),
  mutant("limits.memory", "no limit on devices", ["const MAX_DEVICES = 500;", "const MAX_DEVICES = Number.POSITIVE_INFINITY;"]),
  mutant("limits.memory", "remembers every topic that it ever heard", ["class Session {", "class Session {\n  #heard = new Map();"], ["const [root, name, kind, ...rest]", "this.#heard.set(message.topic, message.payload);\n    const [root, name, kind, ...rest]"]),
  mutant("limits.memory", "keeps every body that it could not read", ["if (!body) {", "if (!body) {\n      (this.unread ??= []).push(message.payload);"]),
  mutant("limits.speed", "builds everything anew with each message", intoFields("for (let n = 0; n < 60; n += 1) build(device);")),
  mutant("limits.pure", "reads the clock", intoFields("device.heardAt = Date.now();")),
  mutant("limits.pure", "sets a timer", intoFields("clearTimeout(device.timer); device.timer = setTimeout(() => {}, 0);")),
  mutant("limits.pure", "draws a number", ["      mac,\n      base,", "      mac,\n      token: Math.random(),\n      base,"]),
];

export const mutants: readonly Mutant[] = [discovery, identity, values, time, presence, commands, robust].flat();
