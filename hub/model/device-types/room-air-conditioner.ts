import { deviceType } from "../device-type.ts";

export const roomAirConditioner = deviceType({
  name: "roomAirConditioner",
  matter: "RoomAirConditioner",
  label: "Air conditioner",
  icon: "cooling",
  words: ["air conditioner"],
});
