/** What can go wrong with an announcement as a whole. */
import type { Problem } from "../../../../hub/model/finding.ts";
import type { HaDevice } from "./device.ts";

export function unreadable(topic: string): Problem {
  const message = "this announcement is no JSON object; the last one stays";
  return { code: "message-not-understood", message, topic };
}

export const tooManyDevices = (most: number, topic: string): Problem => ({
  code: "too-many-devices",
  message: `only ${most} devices are taken`,
  topic,
});

/** Values of a device beyond what is kept of one. */
export function droppedOf({ id, made }: HaDevice): readonly Problem[] {
  const { dropped } = made.built;
  if (dropped === 0) return [];
  return [{ code: "too-many-values", message: `${dropped} values of ${id} are not kept`, node: id }];
}
