import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const runsOften: Blueprint = {
  inglenookBlueprint: 1,
  id: "runs-often",
  version: 1,
  title: "Tell me when something runs often",
  description:
    "Counts how often a pump, a compressor or another device goes on in a day, in a number that the house keeps (you make it under Settings, House), and says so once it is more often than usual: a pipe may leak, a door may stand open, a valve may be worn.",
  about: "notice",
  icon: "pump",
  inputs: {
    device: { kind: "device", label: "Device", has: ["onOff.onOff"], prefer: ["pump", "plug"] },
    count: { kind: "device", label: "Number of the house that counts", has: ["houseNumber.value"] },
    most: { kind: "number", label: "Say so from so many times a day", min: 2, max: 500, whole: true, default: 20 },
    says: { kind: "text", label: "Message", default: "It runs unusually often today" },
  },
  rule: {
    form: "when",
    on: [
      { kind: "becomes", target: { input: "device" }, of: "onOff.onOff", to: true },
      { kind: "time", at: "00:00", id: "new day", late: "catchUp", withinMinutes: 1440 },
    ],
    variables: { runs: { op: "+", of: [{ read: "houseNumber.value", target: { input: "count" } }, 1] } },
    do: [
      {
        kind: "choose",
        options: [
          {
            if: { kind: "trigger", id: "new day" },
            do: [
              {
                ...{ kind: "command", target: { input: "count" }, capability: "houseNumber", command: "set" },
                args: { value: 0 },
              },
            ],
          },
        ],
        otherwise: [
          {
            ...{ kind: "command", target: { input: "count" }, capability: "houseNumber", command: "set" },
            args: { value: { variable: "runs" } },
          },
          {
            kind: "choose",
            options: [
              {
                if: { kind: "formula", is: { op: "=", of: [{ variable: "runs" }, { input: "most" }] } },
                do: [
                  {
                    ...{ kind: "notify", title: { input: "says" }, level: "warn" },
                    values: [{ label: "times", value: { variable: "runs" } }],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
    mode: "queued",
  },
};
