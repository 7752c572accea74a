import { deviceType } from "../device-type.ts";

export const snapshotCamera = deviceType({
  name: "snapshotCamera",
  matter: "SnapshotCamera",
  label: "Snapshot camera",
  icon: "camera",
  words: ["camera"],
});
