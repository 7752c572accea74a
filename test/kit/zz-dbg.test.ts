import { test } from "vitest";
import { markOrders } from "../../adapters/kit/record/orders.ts";
import { learn } from "../../adapters/kit/twin/learn.ts";
import { TwinState } from "../../adapters/kit/twin/state.ts";
import { Room } from "../firmware-sim/room.ts";
import { Listener } from "../adapters/mqtt/listener.ts";
test.each(["zigbee2mqtt/plug", "ha-discovery/lock"])("%s", (kind) => {
  const room = new Room([{ kind, name: "Test thing" }]);
  const ear = new Listener();
  const messages: any[] = [];
  room.onMessage(({ topic, payload, retain }) => {
    messages.push({ at: room.at, topic, payload, retain });
    ear.hear([topic, payload]);
    for (const one of ear.questions.splice(0)) room.say(one.topic, one.payload);
  });
  room.run(120);
  const rec = { head: { recording: 1 as const, made: "2026-03-01T10:00:00.000Z", topics: ["#"], seconds: 120, replaced: {}, notes: [] }, messages: markOrders(messages) };
  const plan = learn(rec);
  for (const m of rec.messages) console.log(m.dir ?? "", m.at, m.topic, m.payload.slice(0, 150));
  console.log("ANN", plan.announce.map((m) => m.topic), "TAPE", plan.tape.map((m) => m.topic));
  console.log(plan.forms.slice(0,5), plan.hears, [...plan.reader.values.values()].slice(0,3));
  const st = new TwinState(plan);
  const f = plan.forms.find((f) => f.command === "off" || f.command === "unlockDoor");
  console.log(f);
  for (const n of ear.nodes.values()) for (const c of ["onOff.off", "doorLock.unlockDoor"]) {
    const sent = ear.ask(n.id, 1, c);
    console.log(sent);
    if (typeof sent !== "string") for (const s of sent) console.log(st.order(s.slice(0, s.indexOf(" ")), s.slice(s.indexOf(" ") + 1)));
  }
});
