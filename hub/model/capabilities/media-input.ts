import { capability } from "../capability.ts";

export const mediaInput = capability({
  name: "mediaInput",
  label: "Source",
  matter: "MediaInput",
  attributes: {
    currentInput: { type: "string", maxLength: 64, label: "Source" },
  },
  commands: {
    selectInput: {
      label: "Choose source",
      args: { index: { type: "string", maxLength: 64, label: "Source" } },
      wants: (args) => ({ currentInput: args.index ?? "" }),
    },
  },
});
