import { deviceType } from "../device-type.ts";

export const threadBorderRouter = deviceType({
  name: "threadBorderRouter",
  matter: "ThreadBorderRouter",
  label: "Thread border router",
  icon: "network",
  words: [],
});
