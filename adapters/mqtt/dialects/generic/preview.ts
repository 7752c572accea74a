/** How a mapping reads the last messages, before it is kept. */
import { VENDOR } from "../../../../hub/model/capabilities/index.ts";
import { units } from "../../../../hub/model/units.ts";
import type { MappedValue, Mapping, ValuePreview } from "../../../../hub/ports.ts";
import { harvest, readField } from "../../device.ts";
import type { MqttMessage } from "../../dialect.ts";
import { HIDDEN, isSecret } from "../../mask.ts";
import { buildMapping, keyOf, ownName, specOf } from "./build.ts";
import { bodyOf, pick } from "./pick.ts";

function previewOf(mapping: Mapping, v: MappedValue, last: MqttMessage | undefined): ValuePreview {
  const built = buildMapping({ ...mapping, values: [v] });
  const [point] = built.points.values();
  const label = specOf(v.means)?.label ?? v.label ?? ownName(v);
  // The unit that a maker's own value keeps in its label is the unit that is shown.
  const type = point?.capability === VENDOR ? point.codec.type : specOf(v.means);
  const unitText = type?.type === "number" ? units[type.unit] : "";
  if (!last) return { label, unitText, problem: "nothing was heard on this topic yet" };
  const body = bodyOf(last.payload);
  const raw = v.field === undefined ? body : pick(body, v.field);
  if (raw === undefined) return { label, unitText, problem: "the last message does not say it" };
  const into = harvest();
  readField(built, { node: "preview", topic: v.topic, retained: false }, keyOf(v), raw, into);
  const [wrong, reading] = [into.problems[0], into.readings[0]];
  const secret = typeof reading?.value === "string" && isSecret((v.field ?? v.topic).split(/[./]/).at(-1) ?? "");
  if (reading) return { label, unitText, value: secret ? HIDDEN : reading.value };
  const problem = wrong
    ? wrong.message.slice(keyOf(v).length + 1) + (wrong.expected ? ` (expected: ${wrong.expected})` : "")
    : "the last message says nothing there";
  return { label, unitText, problem };
}

/** A line for each value, in order. The mapping fits (`mappingFaults`). */
export const previewMapping = (
  mapping: Mapping,
  last: (topic: string) => MqttMessage | undefined,
): readonly ValuePreview[] => mapping.values.map((v) => previewOf(mapping, v, last(v.topic)));
