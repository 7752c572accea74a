import { deviceType } from "../device-type.ts";

export const oven = deviceType({ name: "oven", matter: "Oven", label: "Oven", icon: "oven", words: ["oven"] });
