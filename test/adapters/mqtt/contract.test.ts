import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DialectSession, MqttMessage } from "../../../adapters/mqtt/dialect.ts";
import { dialectsWith } from "../../../adapters/mqtt/dialects/index.ts";
import { capabilities, VENDOR } from "../../../hub/model/capabilities/index.ts";
import { misfit, type Value, type ValueType } from "../../../hub/model/capability.ts";
import { deviceTypes } from "../../../hub/model/device-types/index.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { NODE_ID, parsePath, pathKey } from "../../../hub/model/path.ts";
import { charger, pump } from "./fixtures/generic.ts";
import { recorded } from "./fixtures/recorded.ts";
import type { Message } from "./listener.ts";

/** A second apart: some dialects wait a while for a description. */
const wire = ([topic, body, retained = false]: Message, index: number): MqttMessage => ({
  topic,
  payload: typeof body === "string" ? body : JSON.stringify(body),
  retained,
  at: index * 1000,
});

/** The type that a reading of this path must fit, as the node announced it. */
function typeOf(node: NodeDescription | undefined, key: string): ValueType | undefined {
  const path = parsePath(key);
  const instance =
    path && node?.endpoints.find((e) => e.number === path.endpoint)?.capabilities[path.capability]?.attributes;
  if (!path || !instance || !Object.hasOwn(instance, path.attribute)) return undefined;
  return path.capability === VENDOR
    ? instance[path.attribute]?.type
    : capabilities[path.capability]?.attributes[path.attribute];
}

function faultsOf(node: NodeDescription): string[] {
  const faults: string[] = [];
  if (!NODE_ID.test(node.id)) faults.push(`id ${node.id}`);
  if (new Set(node.endpoints.map((e) => e.number)).size !== node.endpoints.length) faults.push("endpoints twice");
  if (!node.endpoints.some((e) => e.deviceTypes.length > 0)) faults.push("no device type");
  for (const endpoint of node.endpoints) {
    faults.push(...endpoint.deviceTypes.filter((t) => !Object.hasOwn(deviceTypes, t)).map((t) => `device type ${t}`));
    for (const [name, instance] of Object.entries(endpoint.capabilities)) {
      const spec = name === VENDOR ? undefined : capabilities[name];
      if (name !== VENDOR && !spec) faults.push(`capability ${name}`);
      for (const [attribute, own] of Object.entries(instance.attributes)) {
        if (spec ? !Object.hasOwn(spec.attributes, attribute) : !own.type || !own.label)
          faults.push(`${name}.${attribute}`);
        if (!own.source.includes("#")) faults.push(`source of ${attribute}`);
      }
      for (const command of Object.keys(instance.commands))
        if (command !== "set" && !(spec && Object.hasOwn(spec.commands, command)))
          faults.push(`command ${name}.${command}`);
    }
  }
  return faults;
}

type Nodes = Map<string, NodeDescription>;

/** Feeds messages and holds everything that comes out against the model; `nodes` are those heard of before. */
function hearAll(session: DialectSession, messages: readonly MqttMessage[], nodes: Nodes = new Map()): Nodes {
  // Collected and asserted once: an assertion for each of a million readings takes longer than all that is tested.
  const faults: string[] = [];
  for (const message of messages) {
    const decoded = session.decode(message);
    if (!decoded) continue;
    for (const node of decoded.nodes) {
      faults.push(...faultsOf(node));
      nodes.set(node.id, node);
    }
    for (const { path, value, source } of decoded.readings) {
      const key = pathKey(path);
      const type = typeOf(nodes.get(path.node), key);
      const fault = type ? misfit(type, value) : "was never announced";
      if (fault !== undefined) faults.push(`${key} = ${String(value)}: ${fault}`);
      if (!source.includes("#")) faults.push(`source of ${key}`);
    }
    for (const id of decoded.gone) nodes.delete(id);
    for (const { topic, payload } of decoded.publish)
      if (/[#+]/.test(topic) || payload.length >= 10_000) faults.push(`published to ${topic}`);
  }
  expect(faults).toEqual([]);
  return nodes;
}

const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    "nan",
    "NaN",
    "None",
    "unavailable",
    "\ud800",
    "__proto__",
    1e308,
    -1e308,
    -0,
    1e21,
    true,
    [],
    {},
    [[]],
    "ON",
    "true",
    "0x1",
  ),
  fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }),
  fc.constant(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"state":"ON"}')),
);

/** The payload with one part, somewhere, replaced by something nasty. */
function mutate(json: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof json !== "object" || json === null) return by;
  const keys = Object.keys(json);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return by;
  const inner = mutate((json as Record<string, unknown>)[key], rest, by);
  if (Array.isArray(json)) return json.map((item, i) => (String(i) === key ? inner : item));
  return { ...json, [key]: inner };
}

const mutated = (messages: readonly Message[]): fc.Arbitrary<MqttMessage> =>
  fc
    .record({
      index: fc.nat(messages.length - 1),
      path: fc.array(fc.nat(12), { maxLength: 7 }),
      by: nasty,
      cut: fc.option(fc.nat(400)),
      retained: fc.boolean(),
    })
    .map(({ index, path, by, cut, retained }) => {
      const [topic, body] = messages[index] ?? ["", ""];
      const changed = mutate(typeof body === "string" ? body : structuredClone(body), path, by);
      const payload = typeof changed === "string" ? changed : JSON.stringify(changed);
      return { topic, payload: cut === null ? payload : payload.slice(0, cut), retained, at: 0 };
    });

const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const deepObject = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;

const dialects = dialectsWith(() => [pump, charger]);

describe.each(dialects.map((d) => [d.name, d] as const))("%s keeps the contract", (name, dialect) => {
  const messages = recorded[name] ?? [];

  test("has payloads to be tried with, and they make nodes that the model knows", () => {
    const nodes = hearAll(dialect.open("hub"), [...messages, ...messages].map(wire));
    expect(nodes.size).toBeGreaterThan(0);
    for (const node of nodes.values()) expect(node).toMatchObject({ adapter: "mqtt", dialect: name });
  });

  test("never throws at what is broken or hostile, and says nothing that the model does not know", () => {
    fc.assert(
      fc.property(fc.array(mutated(messages), { maxLength: 12 }), (broken) => {
        hearAll(dialect.open("hub"), [...broken, ...messages.map(wire), ...broken]);
        expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test("bears depth, odd topics and bodies of any kind", () => {
    const session = dialect.open("hub");
    const nodes = hearAll(session, messages.map(wire));
    const bodies = [deep, deepObject, "", "\ud800", "{", "null", "[null]", `{"a":"${"x".repeat(10_000)}"}`];
    for (const [topic] of messages)
      for (const payload of bodies)
        for (const odd of [topic, `${topic}/set`, `x${topic}`, `${topic}/`, `/${topic}`, topic.slice(3)])
          hearAll(session, [{ topic: odd, payload, retained: false, at: 0 }], nodes);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (topic, payload) => {
        session.decode({ topic, payload, retained: false, at: 0 });
      }),
    );
  });

  test("every command that a node offers can be sent, and only within its range", () => {
    const session = dialect.open("hub");
    const nodes = hearAll(session, messages.map(wire));
    for (const node of nodes.values())
      for (const endpoint of node.endpoints)
        for (const [capability, instance] of Object.entries(endpoint.capabilities))
          for (const command of Object.keys(instance.commands)) {
            const target = { node: node.id, endpoint: endpoint.number };
            const ask = (args: Record<string, Value>) => session.encode({ target, capability, command, args });
            const spec = capabilities[capability]?.commands[command];
            const fields: [string, ValueType][] = spec
              ? Object.entries(spec.args).filter(([, a]) => !a.optional)
              : Object.entries(instance.attributes).flatMap(([n, a]): [string, ValueType][] => {
                  const type = a.type ?? capabilities[capability]?.attributes[n];
                  return a.writable && type ? [[n, type]] : [];
                });
            const good = Object.fromEntries(
              fields.map(([n, type]) => [n, sample(type, capability === "colorControl")]),
            );
            expect(ask(good), `${capability}.${command} ${JSON.stringify(good)}`).toMatchObject({ ok: true });
            for (const [n, type] of fields) {
              expect(ask({ ...good, [n]: wrong(type) }), `${capability}.${command} ${n}`).toMatchObject({
                ok: false,
                reason: expect.stringContaining(n),
              });
            }
            expect(ask({ ...good, unheardOf: 1 }).ok).toBe(false);
          }
  });

  test("commands that make no sense are refused in words", () => {
    const session = dialect.open("hub");
    const [node = ""] = [...hearAll(session, messages.map(wire)).keys()];
    const word = fc.oneof(
      fc.constantFrom(
        "onOff",
        "on",
        "set",
        "vendor",
        "__proto__",
        "constructor",
        "toString",
        "levelControl",
        "moveToLevel",
      ),
      fc.string(),
    );
    const value = fc.oneof(fc.double(), fc.boolean(), fc.string());
    fc.assert(
      fc.property(
        fc.constantFrom(node, "nobody", "__proto__"),
        fc.integer(),
        word,
        word,
        fc.dictionary(word, value),
        (id, endpoint, capability, command, args) => {
          const encoded = session.encode({ target: { node: id, endpoint }, capability, command, args });
          if (!encoded.ok) expect(encoded.reason.length).toBeGreaterThan(5);
        },
      ),
    );
  });
});

function sample(type: ValueType, colour: boolean): Value {
  switch (type.type) {
    case "number":
      // A device's own narrower range of colour temperatures lies within the standard's.
      return colour && type.unit === "mired" ? 250 : type.min > -1e11 ? type.min : 1;
    case "boolean":
      return true;
    case "enum":
      return type.values[0] ?? "";
    case "string":
      return "1";
  }
}

function wrong(type: ValueType): Value {
  switch (type.type) {
    case "number":
      return type.max + Math.max(1, Math.abs(type.max) * 0.01);
    case "boolean":
      return "yes";
    case "enum":
      return "no such word";
    case "string":
      return "x".repeat((type.maxLength ?? 255) + 1);
  }
}
