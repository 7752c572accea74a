import type { BridgeStatus, BridgeWish } from "../../../hub/http/schemas.ts";

/** A bridge while a person fills in its form; the port as typed. */
export interface BridgeDraft extends Omit<BridgeWish, "port"> {
  readonly id: string | undefined;
  readonly port: string;
}

export const ECOSYSTEMS: readonly { readonly value: BridgeWish["ecosystem"]; readonly label: string }[] = [
  { value: "any", label: "Any ecosystem" },
  { value: "apple", label: "Apple Home" },
  { value: "google", label: "Google Home" },
  { value: "amazon", label: "Amazon Alexa" },
  { value: "smartthings", label: "SmartThings" },
  { value: "homeAssistant", label: "Home Assistant" },
];

export const SHOWS: readonly { readonly value: BridgeWish["filter"]["show"]; readonly label: string }[] = [
  { value: "all", label: "All devices" },
  { value: "rooms", label: "Devices in some rooms" },
  { value: "kinds", label: "Some kinds of device" },
  { value: "chosen", label: "Only devices that I choose" },
];

const none: BridgeWish["filter"] = { show: "all", rooms: [], kinds: [], include: [], exclude: [] };

export const emptyDraft: BridgeDraft = { id: undefined, name: "", ecosystem: "any", filter: none, port: "" };

export const draftOf = ({ settings: { id, name, ecosystem, filter, port } }: BridgeStatus): BridgeDraft => ({
  ...{ id, name, ecosystem, filter },
  port: String(port),
});

export const wishOf = ({ name, ecosystem, filter, port }: BridgeDraft): BridgeWish => ({
  ...{ name, ecosystem, filter },
  ...(port.trim() === "" ? {} : { port: Number(port) }),
});

/** The list with the entry in it or out of it. */
export const toggled = (list: readonly string[], entry: string, is: boolean): string[] =>
  is ? [...list.filter((e) => e !== entry), entry] : list.filter((e) => e !== entry);

/** Shows the device or keeps it back, by the shortest way: what the rest of the filter says anyway needs no entry. */
export function chosenDevice(filter: BridgeWish["filter"], node: string, is: boolean): BridgeWish["filter"] {
  if (filter.show === "chosen") return { ...filter, include: toggled(filter.include, node, is), exclude: [] };
  return {
    ...filter,
    include: toggled(filter.include, node, is && !filter.exclude.includes(node)),
    exclude: toggled(filter.exclude, node, !is),
  };
}
