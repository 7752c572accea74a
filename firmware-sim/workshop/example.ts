import { everyMaker } from "./makers.ts";

/** A home with one device of each kind (of some Matter kinds) and everything that can be set on it, as JSON. */
export function example(): string {
  const devices = everyMaker.flatMap((maker) =>
    maker.kinds
      .filter(({ name }) => maker.examples?.includes(name) ?? true)
      .map((kind) => {
        const options = kind.options.parse({});
        const some = typeof options === "object" && options !== null && Object.keys(options).length > 0;
        const name = `${maker.name} ${kind.name}`.replaceAll("-", " ");
        return { kind: `${maker.name}/${kind.name}`, name, ...(some ? { options } : {}) };
      }),
  );
  const lines = devices.map((device) => `    ${JSON.stringify(device)}`).join(",\n");
  return `{\n  "broker": "mqtt://localhost:1883",\n  "seed": 1,\n  "devices": [\n${lines}\n  ],\n  "faults": []\n}\n`;
}
