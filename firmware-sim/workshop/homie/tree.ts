import type { HomieNode, Property } from "./homie.ts";

/** What a device tells of itself. */
export interface Tree {
  readonly version: "3" | "4" | "5";
  readonly seed: number;
  readonly label: string;
  /** Of the description (convention 5), growing with each change. */
  readonly revision: number;
  readonly nodes: readonly HomieNode[];
}

type Topic = readonly [tail: string, payload: string];

/** Version 3 and 4: one attribute a topic. In 3 network and firmware are of the device, in 4 an extension's. */
export function tree4({ version, seed, label, nodes }: Tree): Topic[] {
  const mac = `02:00:00:${[seed, seed >> 8, seed >> 16].map((part) => (part & 255).toString(16).padStart(2, "0")).join(":")}`;
  const network: readonly Topic[] = [
    ["$localip", `192.168.1.${20 + (seed % 200)}`],
    ["$mac", mac.toUpperCase()],
    ["$fw/name", "workshop"],
    ["$fw/version", "2.1.0"],
    ["$implementation", "esp32"],
  ];
  const head: readonly Topic[] =
    version === "4"
      ? [
          ["$homie", "4.0.0"],
          ["$name", label],
          ["$extensions", "org.homie.legacy-firmware:0.1.1:[4.x]"],
        ]
      : [
          ["$homie", "3.0.1"],
          ["$name", label],
          ["$stats/interval", "60"],
        ];
  return [...head, ...network, ["$nodes", nodes.map(({ id }) => id).join(",")], ...nodes.flatMap(node4)];
}

function node4(node: HomieNode): Topic[] {
  return [
    [`${node.id}/$name`, node.name],
    [`${node.id}/$type`, node.type],
    [`${node.id}/$properties`, node.properties.map(({ id }) => id).join(",")],
    ...node.properties.flatMap((property) => property4(`${node.id}/${property.id}`, property)),
  ];
}

function property4(path: string, property: Property): Topic[] {
  const topics: Topic[] = [
    [`${path}/$name`, property.name],
    [`${path}/$datatype`, property.datatype],
    [`${path}/$settable`, String(property.set !== undefined)],
    [`${path}/$retained`, String(property.retained !== false)],
  ];
  if (property.unit !== undefined) topics.push([`${path}/$unit`, property.unit]);
  if (property.format !== undefined) topics.push([`${path}/$format`, property.format]);
  return topics;
}

/** Version 5: one description. */
export function tree5({ label, revision, nodes }: Tree): Topic[] {
  const body = {
    homie: "5.0",
    version: revision,
    name: label,
    nodes: Object.fromEntries(
      nodes.map(({ id, name, type, properties }) => [
        id,
        {
          name,
          type,
          properties: Object.fromEntries(properties.map((property) => [property.id, property5(property)])),
        },
      ]),
    ),
  };
  return [["$description", JSON.stringify(body)]];
}

/** Only what differs from the defaults is written: not settable, retained. */
function property5({ name, datatype, format, unit, retained, set }: Property): object {
  return {
    name,
    datatype,
    ...(format === undefined ? {} : { format }),
    ...(unit === undefined ? {} : { unit }),
    ...(set ? { settable: true } : {}),
    ...(retained === false ? { retained: false } : {}),
  };
}
