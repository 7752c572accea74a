/** What miners read beside the home's energy: windows that say whether they are closed, and boxes with a thermometer in them. */
import { loadsOf, type Parts } from "../../energy/parts.ts";
import { deviceTypesOf, endpointNameOf, type Home } from "../../model/home.ts";
import { pathKey } from "../../model/path.ts";
import type { ColdBox, Contact } from "./miner.ts";

const BOXES = ["refrigerator", "temperatureControlledCabinet"];

/** Doors and windows in rooms; leak and rain detectors tell something else by the same capability. */
export function contactsOf(home: Home): readonly Contact[] {
  return [...home.nodes.values()].flatMap((node) => {
    const { room } = node.settings;
    if (room === undefined) return [];
    return node.description.endpoints.flatMap((endpoint) =>
      deviceTypesOf(node, endpoint).includes("contactSensor") &&
      endpoint.capabilities.booleanState?.attributes.stateValue
        ? [
            {
              name: endpointNameOf(node, endpoint),
              room,
              path: pathKey({
                ...{ node: node.description.id, endpoint: endpoint.number },
                ...{ capability: "booleanState", attribute: "stateValue" },
              }),
            },
          ]
        : [],
    );
  });
}

/** Refrigerators and freezers of which the power and the temperature are told by one device. */
export function coldBoxesOf(home: Home, parts: Parts): readonly ColdBox[] {
  return loadsOf(parts).flatMap((part) => {
    const node = home.nodes.get(part.node);
    const boxed = node?.description.endpoints.some((e) => deviceTypesOf(node, e).some((t) => BOXES.includes(t)));
    const thermometer = node?.description.endpoints.find(
      (e) => e.capabilities.temperatureMeasurement?.attributes.measuredValue,
    );
    if (!boxed || !thermometer) return [];
    const at = { node: part.node, endpoint: thermometer.number };
    return [
      { part, temperature: pathKey({ ...at, capability: "temperatureMeasurement", attribute: "measuredValue" }) },
    ];
  });
}
