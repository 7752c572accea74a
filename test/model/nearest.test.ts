import { expect, test } from "vitest";
import { nearest } from "../../hub/model/nearest.ts";

test("a slip of the pen is seen through; where two words are as near, none is guessed", () => {
  const commands = ["on", "off", "toggle", "set"];
  expect(nearest("OFF", commands)).toBe("off");
  expect(nearest("togle", commands)).toBe("toggle");
  expect(nearest("togglle", commands)).toBe("toggle");
  expect(nearest("wiat", ["wait", "notify"]), "two letters swapped are one slip").toBe("wait");
  expect(nearest("mac-c45bbe61a01", ["mac-c45bbe61a010", "mac-c45bbe61a011"])).toBeUndefined();
  expect(nearest("lamp", commands)).toBeUndefined();
});
