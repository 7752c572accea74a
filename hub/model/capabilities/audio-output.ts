import { capability } from "../capability.ts";

export const audioOutput = capability({
  name: "audioOutput",
  label: "Sound output",
  matter: "AudioOutput",
  attributes: {
    currentOutput: { type: "string", maxLength: 64, label: "Plays on" },
  },
  commands: {
    selectOutput: {
      label: "Choose output",
      args: { index: { type: "string", maxLength: 64, label: "Output" } },
      wants: (args) => ({ currentOutput: args.index ?? "" }),
    },
  },
});
