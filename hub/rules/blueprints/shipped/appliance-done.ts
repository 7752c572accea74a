import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const applianceDone: Blueprint = {
  inglenookBlueprint: 1,
  id: "appliance-done",
  version: 1,
  title: "Appliance says that it is done",
  description: "For machines that tell their state themselves (Matter, Home Connect): a message when a run has ended.",
  about: "notice",
  icon: "appliance",
  inputs: {
    machine: {
      kind: "device",
      label: "Machine",
      has: ["operationalState.operationalState"],
      prefer: ["appliance"],
    },
    says: { kind: "text", label: "Message", default: "The machine is done" },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "becomes",
        target: { input: "machine" },
        of: "operationalState.operationalState",
        from: "running",
        to: "stopped",
      },
    ],
    do: [{ kind: "notify", title: { input: "says" }, level: "info" }],
    mode: "single",
  },
};
