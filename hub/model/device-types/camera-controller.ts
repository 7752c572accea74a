import { deviceType } from "../device-type.ts";

export const cameraController = deviceType({
  name: "cameraController",
  matter: "CameraController",
  label: "Camera control",
  icon: "remote",
  words: [],
});
