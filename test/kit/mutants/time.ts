import { intoFields, type Mutant, mutant } from "./mutant.ts";

export const time: readonly Mutant[] = [
  mutant("time.retained-event", "a retained press is a press", [", event: true } }", " } }"]),
  mutant(
    "time.event",
    "a second press of the same kind is dropped",
    intoFields(
      "if (!learns && device.pressed === message.payload) return nothing; if (!learns) device.pressed = message.payload;",
    ),
  ),
  mutant("time.retained-value", "retained values are dropped", intoFields("if (message.retained) return nothing;")),
  mutant(
    "time.clock-jump",
    "what seems older is dropped",
    intoFields("if (message.at < (device.at ?? 0)) return nothing; device.at = message.at;"),
  ),
  mutant("time.reconnect", "an announcement that is known removes the device first", [
    "into.nodes.push(nodeOf(device));\n    return into;",
    "into.nodes.push(nodeOf(device));\n    if (before) into.gone.push(before.id);\n    return into;",
  ]),
];
