import { describe, expect, test, vi } from "vitest";
import { able, at, button, climate, device, lamp, lampOn, plug, switching, valve } from "./bridge-devices.ts";
import { houseWith, labelled, paired, reachable, soon } from "./bridge-scene.ts";
import { stateOf } from "./bridge-support.ts";
import { hasMatterNetwork } from "./support.ts";

describe.skipIf(!hasMatterNetwork)("the house in another ecosystem", { timeout: 180_000 }, () => {
  test("shows its devices with what is known of them, and says of the rest that it can't be reached", async () => {
    const house = await houseWith([lamp, plug, climate]);
    house.say({ ...lampOn, "mqtt-plug/1/electricalPowerMeasurement.activePower": 1834.2 });
    house.sayRetained({ "mqtt-plug/1/onOff.onOff": true });
    const { peer } = await paired(house);
    await vi.waitFor(() => {
      expect(reachable(peer, "Reading lamp")).toBe(true);
      expect(stateOf(labelled(peer, "Reading lamp"), "onOff").onOff).toBe(true);
      expect(stateOf(labelled(peer, "Reading lamp"), "levelControl").currentLevel).toBe(102);
    }, soon);
    // Whether the kettle is on is only known from before.
    expect(reachable(peer, "Kettle")).toBe(false);
    expect(reachable(peer, "Bath")).toBe(false);
    house.say({ "mqtt-plug/1/onOff.onOff": false, "mqtt-climate/1/temperatureMeasurement.measuredValue": 21.46 });
    await vi.waitFor(() => {
      expect(reachable(peer, "Kettle")).toBe(true);
      expect(stateOf(labelled(peer, "Kettle"), "electricalPowerMeasurement").activePower).toBe(1_834_200);
      const parts = [...(labelled(peer, "Bath")?.parts ?? [])].sort((a, b) => a.number - b.number);
      expect(stateOf(parts[0], "temperatureMeasurement").measuredValue).toBe(2146);
      // Never said: no value, rather than a made-up one.
      expect(stateOf(parts[1], "relativeHumidityMeasurement").measuredValue).toBeNull();
    }, soon);
    house.reach("mqtt-lamp", false);
    await vi.waitFor(() => expect(reachable(peer, "Reading lamp")).toBe(false), soon);
    house.say({ "mqtt-lamp/1/levelControl.currentLevel": 90 });
    house.name("mqtt-plug", "Tea kettle");
    await vi.waitFor(() => expect(labelled(peer, "Tea kettle")).toBeDefined(), soon);
  });

  test("obeys through the hub's own arbitration, says who asked, and never shows what did not happen", async () => {
    const house = await houseWith([lamp, valve]);
    house.say({
      ...lampOn,
      "mqtt-valve/1/thermostat.localTemperature": 19.5,
      "mqtt-valve/1/thermostat.occupiedHeatingSetpoint": 20,
      "mqtt-valve/1/thermostat.systemMode": "heat",
    });
    const { peer } = await paired(house, "Family");
    await vi.waitFor(() => expect(reachable(peer, "Radiator")).toBe(true), soon);
    const light = labelled(peer, "Reading lamp");
    house.obey = ({ target, command }) => {
      setTimeout(() => house.say({ [`${target.node}/1/onOff.onOff`]: command === "on" }), 20);
      return { ok: true };
    };
    await light?.commandsOf("onOff").off?.(undefined);
    await vi.waitFor(() => expect(stateOf(light, "onOff").onOff).toBe(false), soon);
    expect(house.audit().find((entry) => entry.what === "command-asked")).toMatchObject({
      by: "matter:Family",
      detail: expect.stringContaining("through the Matter bridge Everything"),
    });
    // The device takes the command and does nothing: the answer is a failure, and the state stays what it is.
    house.obey = () => ({ ok: false, reason: "the device refused" });
    await expect(light?.commandsOf("onOff").on?.(undefined)).rejects.toThrow(/ailure|refused/);
    expect(stateOf(light, "onOff").onOff).toBe(false);
    const thermostat = labelled(peer, "Radiator");
    await expect(thermostat?.setStateOf("thermostat", { occupiedHeatingSetpoint: 2300 })).rejects.toThrow();
    await vi.waitFor(() => expect(stateOf(thermostat, "thermostat").occupiedHeatingSetpoint).toBe(2000), soon);
    house.obey = ({ target, args }) => {
      const { occupiedHeatingSetpoint = 0 } = args;
      setTimeout(
        () => house.say({ [`${target.node}/1/thermostat.occupiedHeatingSetpoint`]: occupiedHeatingSetpoint }),
        20,
      );
      return { ok: true };
    };
    await thermostat?.setStateOf("thermostat", { occupiedHeatingSetpoint: 2250 });
    await vi.waitFor(() => expect(stateOf(thermostat, "thermostat").occupiedHeatingSetpoint).toBe(2250), soon);
    expect(house.sent.at(-1)?.args).toEqual({ occupiedHeatingSetpoint: 22.5 });
  });

  test("tells a press of a button once, when it happens", async () => {
    const house = await houseWith([button]);
    house.say({ "mqtt-button/1/switch.event": "longPress" });
    const { peer } = await paired(house);
    await vi.waitFor(() => expect(reachable(peer, "Bedside button")).toBe(true), soon);
    const heard: string[] = [];
    const events = labelled(peer, "Bedside button")?.eventsOf("switch") ?? {};
    for (const name of ["initialPress", "longPress", "multiPressComplete"])
      events[name]?.on((payload: unknown) => {
        heard.push(`${name} ${JSON.stringify(payload)}`);
      });
    house.say({ "mqtt-button/1/switch.event": "doublePress" });
    const done = 'multiPressComplete {"previousPosition":1,"totalNumberOfPressesCounted":2}';
    await vi.waitFor(() => expect(heard.at(-1)).toBe(done), soon);
    house.say({ "mqtt-button/1/switch.event": "doublePress" });
    await vi.waitFor(() => expect(heard.filter((h) => h === done)).toHaveLength(2), soon);
    expect(heard.filter((h) => h.startsWith("longPress"))).toEqual([]);
  });

  test("goes on when one device is beyond all sense, and names it", async () => {
    const odd = device("mqtt-odd", "Odd lamp", "colorTemperatureLight", {
      onOff: switching,
      levelControl: able(["currentLevel"], ["moveToLevel"]),
      colorControl: {
        attributes: {
          colorTemperatureMireds: { source: "t", type: { type: "number", unit: "mired", min: 9e9, max: -1 } },
        },
        commands: at(["moveToColorTemperature"]),
      } as ReturnType<typeof able>,
    });
    const house = await houseWith([odd, lamp]);
    house.say(lampOn);
    const { peer } = await paired(house);
    await vi.waitFor(() => expect(reachable(peer, "Reading lamp")).toBe(true), soon);
    expect(labelled(peer, "Odd lamp")).toBeUndefined();
    expect(house.problems.join()).toContain("Odd lamp can't be shown by the Matter bridge");
  });
});
