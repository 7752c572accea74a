import { deviceType } from "../device-type.ts";

export const fan = deviceType({ name: "fan", matter: "Fan", label: "Fan", icon: "fan", words: ["fan"] });
