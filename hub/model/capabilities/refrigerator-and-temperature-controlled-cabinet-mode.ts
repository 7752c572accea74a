import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

export const refrigeratorAndTemperatureControlledCabinetMode = capability(
  modes(
    "refrigeratorAndTemperatureControlledCabinetMode",
    "RefrigeratorAndTemperatureControlledCabinetMode",
    "Cooling mode",
  ),
);
