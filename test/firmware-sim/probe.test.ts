import { expect, test } from "vitest";
import { makers } from "../../firmware-sim/workshop/makers.ts";
import { Listener } from "../adapters/mqtt/listener.ts";
import { Room } from "./room.ts";

test("probe", () => {
  const only = process.env.ONLY;
  for (const maker of makers) for (const kind of maker.kinds) {
    const name = `${maker.name}/${kind.name}`;
    if (only && !name.includes(only)) continue;
    const room = new Room([{ kind: name, name: "My Thing" }]);
    const ear = new Listener();
    let depth = 0;
    room.onMessage(({ topic, payload, retain }) => {
      ear.hear([topic, payload, false]);
      void retain;
      const q = ear.questions.splice(0);
      if (depth++ < 20) for (const one of q) room.say(one.topic, one.payload);
      depth--;
    });
    room.run(40);
    console.log("=====", name);
    for (const node of ear.nodes.values()) {
      console.log(node.id, node.name, node.vendor, node.model, JSON.stringify(node.endpoints.map((e) => [e.number, e.label, e.deviceTypes, Object.entries(e.capabilities).map(([c, i]) => `${c}[${Object.keys(i.attributes).join(",")}](${Object.keys(i.commands).join(",")})`).join(" ")]).slice(0, 8)));
    }
    console.log(JSON.stringify(ear.values()));
    console.log("problems", JSON.stringify(ear.problems.slice(0, 5)), JSON.stringify([...ear.reachable]));
  }
  expect(1).toBe(1);
});
