import { type Asks, ask, bridgeCluster, type Fields, type Held, has, type Source } from "../table.ts";
import { isOn } from "./codecs.ts";
import { modeSwitch } from "./thermostat.ts";

const on = (_: Fields, __: Held, s: Source): Asks => (has(s, "onOff") ? [ask("onOff", "on")] : modeSwitch.on(s));
const off = (_: Fields, __: Held, s: Source): Asks => (has(s, "onOff") ? [ask("onOff", "off")] : modeSwitch.off());

/** Device types without the feature Lighting and its commands. */
const plain = new Set(["RoomAirConditioner", "Pump", "Fan"]);

/** Feature Lighting is mandatory for plugs as well (device library 5.1.5); only room air conditioners have DeadFront instead. */
export const onOff = bridgeCluster({
  cluster: "OnOff",
  features: (_, type) => (type === "RoomAirConditioner" ? ["DeadFrontBehavior"] : plain.has(type) ? [] : ["Lighting"]),
  fixed: (_, type) =>
    plain.has(type) ? {} : { globalSceneControl: true, onTime: 0, offWaitTime: 0, startUpOnOff: null },
  state: (held, source) => {
    const value = held("onOff.onOff");
    if (typeof value === "boolean") return { onOff: value };
    // An air conditioner without a switch of its own is on when it has a mode.
    const mode = held("thermostat.systemMode");
    return !has(source, "onOff") && typeof mode === "string" ? { onOff: mode !== "off" } : undefined;
  },
  commands: {
    on,
    off,
    toggle: (fields, held, s) => (isOn(held) ? off : on)(fields, held, s),
    offWithEffect: off,
    onWithRecallGlobalScene: on,
    // The time is the hub's rules' business, not the lamp's: only the switching on is carried out.
    onWithTimedOff: (fields, held, s) => {
      const control = fields.onOffControl;
      const onlyWhenOn = typeof control === "object" && control !== null && Reflect.get(control, "acceptOnlyWhenOn");
      return onlyWhenOn && !isOn(held) ? [] : on(fields, held, s);
    },
  },
  recall: (values, _, held, s) => (values.onOff === true ? (isOn(held) ? [] : on({}, held, s)) : off({}, held, s)),
  accepts: (command, _, type) => command === "on" || command === "off" || command === "toggle" || !plain.has(type),
});
