import { deviceType } from "../device-type.ts";

export const contentApp = deviceType({ name: "contentApp", matter: "ContentApp", label: "App", icon: "tv", words: [] });
