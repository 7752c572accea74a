import { homedir } from "node:os";
import { join } from "node:path";

/** Where the hub keeps things that outlive a home's data folder (XDG base directory specification, XDG_DATA_HOME). */
export const sharedFolder = (): string =>
  join(process.env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "inglenook");

/** Model files are large: all homes of this machine share them. */
export const modelsFolder = (given?: string): string =>
  given ?? process.env.INGLENOOK_MODELS ?? join(sharedFolder(), "models");
