import { describe, expect, test } from "vitest";
import { home, old } from "./fixtures/openevse.ts";
import { Listener } from "./listener.ts";

const drive = "openevse-c44f330d55ad";
const base = "emon/openevse-55ad";

describe("OpenEVSE", () => {
  test("it is known by its gateway's own number, under any base", () => {
    const l = new Listener().hear(...home);
    expect([...l.nodes.keys()]).toEqual([drive]);
    expect(l.nodes.get(drive)).toMatchObject({ name: "Driveway", firmware: "5.1.0" });
    expect(l.values()).toMatchObject({
      [`${drive}/1/energyEvse.state`]: "pluggedInCharging",
      [`${drive}/1/energyEvse.userMaximumChargeCurrent`]: 16,
      [`${drive}/1/energyEvse.sessionEnergyCharged`]: 2.5,
      [`${drive}/1/electricalPowerMeasurement.activeCurrent`]: 15.5,
      [`${drive}/1/electricalEnergyMeasurement.cumulativeEnergyImported`]: 1234.5,
      [`${drive}/1/vendor.temp`]: 41.2,
    });
    expect(l.value(`${drive}/1/vendor.temp2`)).toBeUndefined();
    expect(JSON.stringify(l.values())).not.toContain("secret");
  });

  test("what it says before its announcement waits for it; without one it goes by its base", () => {
    const [announced, ...rest] = home;
    if (!announced) throw new Error("no announcement");
    const l = new Listener();
    for (const [topic, body] of rest) {
      const payload = typeof body === "string" ? body : JSON.stringify(body);
      l.take(l.ingest.receive(topic, payload, true, 0));
    }
    expect(l.nodes.size).toBe(0);
    l.hear(announced);
    expect([...l.nodes.keys()]).toEqual([drive]);
    expect(l.value(`${drive}/1/energyEvse.userMaximumChargeCurrent`)).toBe(16);
    const silent = new Listener().hear(...old.slice(0, 3));
    const { due = 0 } = silent.ingest.catchUp(100, 0);
    silent.take(silent.ingest.catchUp(100, due));
    expect([...silent.nodes.keys()]).toEqual(["openevse-garage"]);
  });

  test("power that is told counts; where none is, it is computed", () => {
    const l = new Listener().hear(...home, [`${base}/power`, "3500"]);
    expect(l.value(`${drive}/1/electricalPowerMeasurement.activePower`)).toBe(3500);
    const first = new Listener().hear(...old);
    expect(first.value("openevse-garage/1/electricalPowerMeasurement.activePower")).toBe(2400);
  });

  test("asleep is disabled, and without a car it is not plugged in", () => {
    const l = new Listener().hear(...home, [`${base}/state`, "254"]);
    expect(l.value(`${drive}/1/energyEvse.supplyState`)).toBe("disabled");
    expect(l.value(`${drive}/1/energyEvse.state`)).toBe("pluggedInNoDemand");
    l.hear([`${base}/vehicle`, "0"]);
    expect(l.value(`${drive}/1/energyEvse.state`)).toBe("notPluggedIn");
    l.hear([`${base}/state`, "0"]);
    expect(l.problems).toEqual([]);
  });

  test("its will takes it out of reach", () => {
    const l = new Listener().hear(...home);
    l.hear(["openevse/announce/55ad", { state: "disconnected", id: "c44f330d55ad", name: "Driveway" }, true]);
    expect(l.reachable.get(drive)).toBe(false);
  });

  test("commands are overrides", () => {
    const l = new Listener().hear(...home);
    expect(l.ask(drive, 1, "energyEvse.disable")).toEqual([`${base}/override/set {"state":"disabled"}`]);
    expect(l.ask(drive, 1, "energyEvse.set", { userMaximumChargeCurrent: 10 })).toEqual([
      `${base}/override/set {"charge_current":10}`,
    ]);
    expect(l.ask(drive, 1, "vendor.set", { divertmode: "2" })).toEqual([`${base}/divertmode/set 2`]);
    expect(l.ask(drive, 1, "energyEvse.set", { userMaximumChargeCurrent: 5 })).toContain("userMaximumChargeCurrent");
  });

  test("two words that many makers use are no charger", () => {
    expect(new Listener().hear(["shed/temp1", "5"], ["shed/state", "1"], ["shed/power", "5"]).nodes.size).toBe(0);
  });
});
