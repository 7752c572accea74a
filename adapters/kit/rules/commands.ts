import { capabilities, VENDOR } from "../../../hub/model/capabilities/index.ts";
import type { Value, ValueType } from "../../../hub/model/capability.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { parseJson } from "../../mqtt/json.ts";
import { readingsOf, truthOf } from "../bench.ts";
import type { Body, Order } from "../firmware.ts";
import { type Grown, type Rule, shown, type Trial, truthIn } from "../trial.ts";

const LATE_MS = 600_000;

/** Whether everything that is expected is there and equal; more keys are no fault. */
function covers(actual: unknown, expected: Body): boolean {
  if (typeof expected === "number" && typeof actual === "number") return Math.abs(actual - expected) < 1e-9;
  if (typeof expected !== "object" || expected === null) return actual === expected;
  if (typeof actual !== "object" || actual === null) return false;
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) return false;
  return Object.entries(expected).every(([key, value]) => covers(Reflect.get(actual, key), value));
}

function sendsIt(trial: Trial, { bench, node }: Grown, order: Order): void {
  const encoded = bench.encode(node, order.command, order.args);
  const what = `${order.command} ${shown(order.args ?? {})}`;
  if (!trial.expect(encoded.ok, () => `${what} is refused: ${encoded.ok ? "" : encoded.reason}`) || !encoded.ok) return;
  const { publish } = encoded;
  const right =
    publish.length === order.wire.length &&
    publish.every(({ topic, payload }, i) => {
      const wanted = order.wire[i];
      if (!wanted || topic !== wanted.topic) return false;
      return typeof wanted.body === "object"
        ? covers(parseJson(payload), wanted.body)
        : payload === String(wanted.body);
    });
  trial.expect(right, () => `${what} sends ${shown(publish)}; the device takes ${shown(order.wire)}`);
}

export const commands: readonly Rule[] = [
  {
    id: "commands.wire",
    grade: "bronze",
    title: "Each command reaches the device in the words that it takes",
    fix: "Give writable properties a `write`, toggles and the like an action; check unit and scale of what is sent.",
    needs: "orders",
    run(trial) {
      for (const grown of trial.grown()) for (const order of grown.device.orders ?? []) sendsIt(trial, grown, order);
    },
  },
  {
    id: "commands.careful",
    grade: "bronze",
    title: "Nothing sent to a device is retained; commands go with QoS 1, to topics without wildcards",
    fix: "Return { topic, payload, qos: 1 } and nothing else.",
    run(trial) {
      trial.looked += 1;
      for (const breach of trial.context.ledger.of("commands.careful")) trial.fail(breach);
    },
  },
  {
    id: "commands.range",
    grade: "bronze",
    title: "Every command that the node offers is taken within its range, and refused outside it",
    fix: "Give number properties the maker's min and max and plan commands with planCommand().",
    run(trial) {
      for (const { bench, node } of trial.grown()) {
        const description = bench.nodes.get(node);
        if (description) ranges(trial, description, (path, args) => bench.encode(node, path, args));
      }
      trial.looked += 1;
    },
  },
  {
    id: "commands.refused",
    grade: "bronze",
    title: "A command that makes no sense is refused in words",
    fix: "Return { ok: false, reason } for nodes, endpoints, capabilities, commands and arguments that do not exist.",
    run(trial) {
      for (const { bench, node, device } of trial.grown()) {
        const known = device.orders?.[0];
        const odd: readonly (readonly [string, string, Record<string, Value>])[] = [
          [node, "1/onOff.explode", {}],
          [node, "999/onOff.on", {}],
          [node, "1/__proto__.on", {}],
          [node, "1/constructor.toString", {}],
          [node, "1/onOff.__proto__", {}],
          [node, "1/vendor.set", { __proto__x: 1 }],
          ["nobody", "1/onOff.on", {}],
          ...(known ? [[node, known.command, { ...known.args, unheardOf: 1 }] as const] : []),
        ];
        for (const [whose, path, args] of odd) {
          const encoded = bench.encode(whose, path, args);
          trial.expect(!encoded.ok && encoded.reason.length > 5, () => `${path} ${shown(args)} is taken`);
        }
      }
    },
  },
  {
    id: "commands.echo",
    grade: "silver",
    title: "Only the device's own report changes a value: not the command, and also a report that comes late or never",
    fix: "Do not change what you remember of values in encode(); read every report, whatever was wanted.",
    needs: "orders",
    run(trial) {
      for (const grown of trial.grown()) for (const order of grown.device.orders ?? []) echo(trial, grown, order);
    },
  },
];

function echo(trial: Trial, { bench, node, device }: Grown, order: Order): void {
  const what = `${order.command}, sent`;
  const echoed = truthOf(order.echo);
  const send = (): unknown => bench.encode(node, order.command, order.args);
  send();
  const idle = bench.hear([...(device.online ?? []), ...(device.events ?? [])], { retained: false, mute: true });
  trial.silent(`${what} and not answered`, idle, node, echoed);
  // The acknowledgement was lost and the device still says what it said before: that is the truth.
  for (const report of device.reports)
    trial.holds(`${what} and not obeyed`, bench.hear([report]), node, truthIn(report));
  send();
  const at = 1_767_225_600_000 + LATE_MS;
  for (const report of order.echo)
    trial.holds(`${what} and obeyed late`, bench.hear([report], { at }), node, truthIn(report), false);
  const readings = readingsOf(bench.hear(order.echo), node);
  trial.expect(readings.size > 0, () => `${what}: the echo is not read the second time`);
  bench.hear(device.reports);
}

type Ask = (path: string, args: Record<string, Value>) => { readonly ok: boolean; readonly reason?: string };

/** Each command that the description offers: its fields with their types, as the device takes them. */
function ranges(trial: Trial, node: NodeDescription, ask: Ask): void {
  for (const endpoint of node.endpoints)
    for (const [capability, instance] of Object.entries(endpoint.capabilities))
      for (const command of Object.keys(instance.commands)) {
        const spec = capability === VENDOR ? undefined : capabilities[capability];
        const taken = spec?.commands[command];
        const fields: (readonly [string, ValueType])[] = taken
          ? Object.entries(taken.args).filter(([, arg]) => !arg.optional)
          : Object.entries(instance.attributes).flatMap(([name, a]) => {
              const type = a.type ?? spec?.attributes[name];
              return a.writable && type ? [[name, type] as const] : [];
            });
        const path = `${endpoint.number}/${capability}.${command}`;
        if (command === "set") for (const field of fields) oneField(trial, path, [field], ask);
        else oneField(trial, path, fields, ask);
      }
}

function oneField(trial: Trial, path: string, fields: readonly (readonly [string, ValueType])[], ask: Ask): void {
  const good = Object.fromEntries(fields.map(([name, type]) => [name, fitting(type)]));
  const answer = ask(path, good);
  trial.expect(answer.ok, () => `${path} ${shown(good)} is refused: ${answer.reason}`);
  for (const [name, type] of fields)
    for (const bad of unfit(type)) {
      const args = { ...good, [name]: bad };
      trial.expect(!ask(path, args).ok, () => `${path} takes ${name} = ${String(bad)}`);
    }
}

/** A value in the middle: a device's own range lies within the standard's. */
function fitting(type: ValueType): Value {
  switch (type.type) {
    case "number": {
      if (type.unit === "mired") return Math.min(type.max, Math.max(type.min, 250));
      return type.max > 1e11 ? 1 : type.min + Math.floor((type.max - type.min) / 2);
    }
    case "boolean":
      return true;
    case "enum":
      return type.values[0] ?? "";
    case "string":
      return "1";
  }
}

function unfit(type: ValueType): readonly Value[] {
  switch (type.type) {
    case "number": {
      const far = Math.max(1, Math.abs(type.max) * 0.01);
      return [type.max + far, type.min - far, Number.NaN, Number.POSITIVE_INFINITY, "5", true];
    }
    case "boolean":
      return ["yes", 1];
    case "enum":
      return ["no such word", "__proto__", 0];
    case "string":
      return ["x".repeat((type.maxLength ?? 255) + 1)];
  }
}
