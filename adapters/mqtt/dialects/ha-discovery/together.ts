/** Several writes of one command as the messages that the device takes. */
import type { Command } from "../../../../hub/model/command.ts";
import type { MqttPublish } from "../../dialect.ts";
import type { Json, JsonObject } from "../../json.ts";
import type { Finish, Write } from "./reader.ts";

function merge(body: Record<string, Json>, more: JsonObject): void {
  for (const [key, value] of Object.entries(more)) {
    const before = body[key];
    const both = typeof before === "object" && before !== null && typeof value === "object" && value !== null;
    body[key] = both ? ({ ...before, ...value } as JsonObject) : value;
  }
}

/** Parts of a colour become one write each. */
function finished(writes: readonly Write[]): readonly Write[] {
  const colours = new Map<Finish, Map<string, number>>();
  const plain: Write[] = [];
  for (const write of writes) {
    if ("part" in write) colours.set(write.finish, (colours.get(write.finish) ?? new Map()).set(...write.part));
    else plain.push(write);
  }
  return [...plain, ...[...colours].map(([finish, parts]) => finish(parts))];
}

/** Parts of one JSON body go out as one message, with the transition where the command names one. */
export function together(writes: readonly Write[], command: Command): MqttPublish[] {
  const bodies = new Map<string, Record<string, Json>>();
  const out: MqttPublish[] = [];
  for (const write of finished(writes)) {
    if ("payload" in write) out.push({ topic: write.topic, payload: write.payload, qos: 1 });
    if (!("merge" in write)) continue;
    const body = bodies.get(write.topic) ?? {};
    merge(body, write.merge);
    bodies.set(write.topic, body);
  }
  const transition = command.args.transitionTime;
  for (const [topic, body] of bodies) {
    if (typeof transition === "number") body.transition = transition;
    out.push({ topic, payload: JSON.stringify(body), qos: 1 });
  }
  return out;
}
