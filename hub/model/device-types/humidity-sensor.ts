import { deviceType } from "../device-type.ts";

export const humiditySensor = deviceType({
  name: "humiditySensor",
  matter: "HumiditySensor",
  label: "Humidity sensor",
  icon: "humidity",
  words: ["humidity"],
});
