import { describe, expect, test } from "vitest";
import { home, strip } from "./fixtures/wled.ts";
import { Listener } from "./listener.ts";

const node = "wled-wled-a0b1c2";

describe("a WLED strip", () => {
  test("is a coloured light with its brightness in percent, whatever comes first", () => {
    for (const messages of [home, [...home].reverse()]) {
      const l = new Listener().hear(...messages);
      expect(l.nodes.get(node)).toMatchObject({ name: "Shelf", vendor: "WLED", dialect: "wled" });
      expect(l.endpoint(node, 1).deviceTypes[0]).toBe("extendedColorLight");
      expect(l.values()).toMatchObject({
        [`${node}/1/onOff.onOff`]: true,
        [`${node}/1/levelControl.currentLevel`]: 50,
        [`${node}/1/colorControl.currentHue`]: 0,
        [`${node}/1/colorControl.currentSaturation`]: 100,
        [`${node}/1/vendor.v.effect`]: 3,
      });
      expect(l.reachable.get(node)).toBe(true);
    }
  });

  test("takes on, off, brightness, colour and effects in its own words, and is lost with its will", () => {
    const l = new Listener().hear(...home);
    expect(l.ask(node, 1, "onOff.off")).toEqual([`${strip} OFF`]);
    expect(l.ask(node, 1, "levelControl.moveToLevel", { level: 100 })).toEqual([`${strip} 255`]);
    expect(l.ask(node, 1, "colorControl.moveToHueAndSaturation", { hue: 120, saturation: 100 })).toEqual([
      `${strip}/col #00ff00`,
    ]);
    expect(l.ask(node, 1, "vendor.set", { "v.effect": 9 })).toEqual([`${strip}/api FX=9`]);
    expect(l.ask(node, 1, "vendor.set", { "v.effect": 300 })).toContain("must be between");
    l.hear([`${strip}/status`, "offline", true], [`${strip}/g`, "0"]);
    expect(l.value(`${node}/1/onOff.onOff`)).toBe(false);
    expect(l.reachable.get(node)).toBe(false);
  });

  test("other makers' topics that end alike are left alone", () => {
    const l = new Listener().hear(["heating/c", "21.5"], ["car/g", "3"], ["car/v", "88"], ["car/status", "online"]);
    expect(l.nodes.size).toBe(0);
  });
});
