import type { Endpoint } from "@matter/main";
import { describe, expect, test, vi } from "vitest";
import { able, device, switching } from "./bridge-devices.ts";
import { houseWith, labelled, paired, reachable, soon } from "./bridge-scene.ts";
import { type House, stateOf } from "./bridge-support.ts";
import { hasMatterNetwork } from "./support.ts";

const tinted = device("mqtt-tinted", "Tinted lamp", "colorTemperatureLight", {
  onOff: switching,
  levelControl: able(["currentLevel"], ["moveToLevel"]),
  colorControl: able(["colorTemperatureMireds"], ["moveToColorTemperature"]),
});

/** Lamps that do what they are told. */
function obedient(house: House): void {
  house.obey = ({ target, capability, command, args }) => {
    const at = `${target.node}/${target.endpoint}/${capability}`;
    const { level = 0, colorTemperatureMireds = 0 } = args;
    const values =
      capability === "onOff"
        ? { [`${at}.onOff`]: command === "on" }
        : capability === "levelControl"
          ? { [`${at}.currentLevel`]: level }
          : { [`${at}.colorTemperatureMireds`]: colorTemperatureMireds };
    setTimeout(() => house.say(values), 20);
    return { ok: true };
  };
}

const at = (on: boolean, level: number, mireds: number) => ({
  "mqtt-tinted/1/onOff.onOff": on,
  "mqtt-tinted/1/levelControl.currentLevel": level,
  "mqtt-tinted/1/colorControl.colorTemperatureMireds": mireds,
});

const scenesOf = (endpoint: Endpoint | undefined) => endpoint?.commandsOf("scenesManagement") ?? {};
const sceneInfo = (endpoint: Endpoint | undefined): unknown => {
  const { fabricSceneInfo } = stateOf(endpoint, "scenesManagement");
  return Array.isArray(fabricSceneInfo) ? fabricSceneInfo[0] : undefined;
};
const told = (house: House) => house.sent.map(({ command, args }) => [command, ...Object.values(args)].join(" "));

describe.skipIf(!hasMatterNetwork)("a scene of another ecosystem", { timeout: 180_000 }, () => {
  test("is kept as the lamp is, and recalled by the hub's own commands, in order", async () => {
    const house = await houseWith([tinted]);
    house.say(at(true, 60, 300));
    obedient(house);
    const { peer } = await paired(house);
    await vi.waitFor(() => expect(reachable(peer, "Tinted lamp")).toBe(true), soon);
    const lampThere = labelled(peer, "Tinted lamp");
    const scenes = scenesOf(lampThere);
    expect(await scenes.storeScene?.({ groupId: 0, sceneId: 1 })).toMatchObject({ status: 0 });
    await vi.waitFor(() => expect(sceneInfo(lampThere)).toMatchObject({ currentScene: 1, sceneValid: true }), soon);
    house.say(at(false, 20, 180));
    await vi.waitFor(() => expect(sceneInfo(lampThere)).toMatchObject({ sceneValid: false }), soon);
    await scenes.recallScene?.({ groupId: 0, sceneId: 1, transitionTime: null });
    expect(told(house)).toEqual(["on", "moveToLevel 60", "moveToColorTemperature 300"]);
    expect(house.audit().find((entry) => entry.what === "command-asked")).toMatchObject({ by: "matter:Test home" });
    await vi.waitFor(() => {
      expect(stateOf(lampThere, "onOff").onOff).toBe(true);
      expect(sceneInfo(lampThere)).toMatchObject({ currentScene: 1, sceneValid: true });
    }, soon);
    house.say({ "mqtt-tinted/1/levelControl.currentLevel": 30 });
    await vi.waitFor(() => expect(sceneInfo(lampThere)).toMatchObject({ sceneValid: false }), soon);
    // Switched off with an effect, it comes back as it was then.
    house.sent.length = 0;
    house.say(at(true, 45, 250));
    await vi.waitFor(() => expect(stateOf(lampThere, "colorControl").colorTemperatureMireds).toBe(250), soon);
    const { offWithEffect, onWithRecallGlobalScene } = lampThere?.commandsOf("onOff") ?? {};
    await offWithEffect?.({ effectIdentifier: 0, effectVariant: 0 });
    house.say(at(false, 20, 180));
    await onWithRecallGlobalScene?.(undefined);
    expect(told(house)).toEqual(["off", "on", "moveToLevel 45", "moveToColorTemperature 250"]);
  });

  test("in which the lamp is off only switches off, and one that the lamp refuses is a failure and holds nothing", async () => {
    const house = await houseWith([tinted]);
    house.say(at(false, 20, 180));
    obedient(house);
    const { peer } = await paired(house);
    await vi.waitFor(() => expect(reachable(peer, "Tinted lamp")).toBe(true), soon);
    const lampThere = labelled(peer, "Tinted lamp");
    const scenes = scenesOf(lampThere);
    await scenes.storeScene?.({ groupId: 0, sceneId: 2 });
    house.say(at(true, 80, 250));
    await vi.waitFor(() => expect(stateOf(lampThere, "onOff").onOff).toBe(true), soon);
    await scenes.recallScene?.({ groupId: 0, sceneId: 2, transitionTime: null });
    expect(told(house)).toEqual(["off"]);
    const holds = { currentScene: 2, sceneValid: true };
    await vi.waitFor(() => expect(sceneInfo(lampThere)).toMatchObject(holds), soon);
    house.say(at(true, 80, 250));
    await vi.waitFor(() => expect(sceneInfo(lampThere)).toMatchObject({ sceneValid: false }), soon);
    house.obey = () => ({ ok: false, reason: "the lamp refused" });
    const again = scenes.recallScene?.({ groupId: 0, sceneId: 2, transitionTime: null });
    await expect(again).rejects.toThrow(/refused|ailure/);
    expect(sceneInfo(lampThere)).toMatchObject({ sceneValid: false });
    house.reach("mqtt-tinted", false);
    await vi.waitFor(() => expect(reachable(peer, "Tinted lamp")).toBe(false), soon);
    expect(await scenes.storeScene?.({ groupId: 0, sceneId: 3 })).toMatchObject({ status: 1 });
  });
});
