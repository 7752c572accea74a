import { afterPlan, type Mutant, mutant, reading } from "./mutant.ts";

export const commands: readonly Mutant[] = [
  mutant("commands.range", "takes any level", [
    "const planned = planCommand(device.built, command);",
    `if (command.args.level !== undefined) return { ok: true, publish: [{ topic: \`\${device.base}/set\`, payload: JSON.stringify({ level: Math.round(Number(command.args.level) * 2.55) }), qos: 1 }] };\n    const planned = planCommand(device.built, command);`,
  ]),
  mutant("commands.careful", "commands are retained", [
    "qos: 1 }] };\n  }\n\n  #info",
    "qos: 1, retain: true }] };\n  }\n\n  #info",
  ]),
  mutant("commands.careful", "commands go with QoS 0", [
    "qos: 1 }] };\n  }\n\n  #info",
    "qos: 0 }] };\n  }\n\n  #info",
  ]),
  mutant("commands.careful", "one command for all devices", [
    `topic: \`\${device.base}/set\`, payload`,
    'topic: "acme/+/set", payload',
  ]),
  mutant("commands.wire", "commands go to the topic of the state", [
    `topic: \`\${device.base}/set\`, payload`,
    `topic: \`\${device.base}/state\`, payload`,
  ]),
  mutant(
    "commands.wire",
    "percent is sent where 0 to 255 is taken",
    afterPlan("if (body.level !== undefined) body.level = Math.round(body.level / 2.55);"),
  ),
  mutant("commands.wire", "toggle turns on", ['writes: [{ on: "toggle" }]', "writes: [{ on: true }]"]),
  mutant(
    "commands.wire",
    "numbers are sent as text",
    afterPlan("for (const key of Object.keys(body)) body[key] = String(body[key]);"),
  ),
  mutant("commands.refused", "what can't be done is taken all the same", [
    "if (!planned.ok) return planned;",
    "if (!planned.ok) return { ok: true, publish: [] };",
  ]),
  mutant(
    "commands.echo",
    "the echo is assumed",
    afterPlan("device.wanted = body;"),
    reading("raw = device.wanted?.[field] ?? raw"),
  ),
  mutant(
    "commands.echo",
    "after a command the device is not listened to",
    afterPlan("device.deaf = true;"),
    reading('if (device.deaf && (field === "on" || field === "level")) continue'),
  ),
  mutant("commands.echo", "the next message is taken as done", afterPlan("device.done = true;"), [
    "const into = harvest();\n    const place",
    `const into = harvest();\n    if (device.done && device.parts.includes("relay")) { device.done = false; into.readings.push({ path: { node: device.id, endpoint: 1, capability: "onOff", attribute: "onOff" }, value: false, source: "x#on" }); }\n    const place`,
  ]),
];
