import { capability } from "../capability.ts";
import { yesNo } from "./shapes.ts";

const reached: Readonly<Record<string, string>> = {
  moveToFullyClosed: "fullyClosed",
  moveToFullyOpen: "fullyOpened",
  moveToPedestrianPosition: "openedForPedestrian",
  moveToVentilationPosition: "openedForVentilation",
  moveToSignaturePosition: "openedAtSignature",
};

/** Gates, garage doors and other closures. */
export const closureControl = capability({
  name: "closureControl",
  label: "Closure",
  matter: "ClosureControl",
  attributes: {
    mainState: {
      type: "enum",
      values: [
        "stopped",
        "moving",
        "waitingForMotion",
        "error",
        "calibrating",
        "protected",
        "disengaged",
        "setupRequired",
      ],
      label: "Movement",
    },
    position: {
      type: "enum",
      values: [
        "fullyClosed",
        "fullyOpened",
        "partiallyOpened",
        "openedForPedestrian",
        "openedForVentilation",
        "openedAtSignature",
      ],
      label: "Position",
      ours: true,
    },
    latched: { ...yesNo, label: "Latched", ours: true },
    secure: { ...yesNo, label: "Shut safely", ours: true },
  },
  commands: {
    moveTo: {
      label: "Move",
      args: {
        position: {
          type: "enum",
          values: [
            "moveToFullyClosed",
            "moveToFullyOpen",
            "moveToPedestrianPosition",
            "moveToVentilationPosition",
            "moveToSignaturePosition",
          ],
          label: "To",
        },
      },
      wants: (args) => ({ position: reached[String(args.position)] ?? "" }),
      begins: { mainState: "moving" },
    },
    stop: { label: "Stop", args: {}, wants: () => ({}) },
  },
});
