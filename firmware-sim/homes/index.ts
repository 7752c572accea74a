import { demoHome, type HomeData } from "./demo.ts";

/** Every simulated home under its name. */
export const homes: ReadonlyMap<string, HomeData> = new Map([["demo", demoHome]]);
