import { deviceType } from "../device-type.ts";

export const roboticVacuumCleaner = deviceType({
  name: "roboticVacuumCleaner",
  matter: "RoboticVacuumCleaner",
  label: "Robot vacuum",
  icon: "robot",
  words: ["vacuum"],
});
