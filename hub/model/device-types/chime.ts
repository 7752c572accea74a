import { deviceType } from "../device-type.ts";

export const chime = deviceType({ name: "chime", matter: "Chime", label: "Chime", icon: "bell", words: ["chime"] });
