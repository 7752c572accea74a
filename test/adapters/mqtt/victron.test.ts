import { describe, expect, test } from "vitest";
import { done, grid, home, notice, portal, service, wallbox } from "./fixtures/victron.ts";
import { Listener } from "./listener.ts";

const meter = `victron-${portal}-grid-bp98305081235`;
const charger = `victron-${portal}-evcharger-hq2200evcs1`;
const idOf = (l: Listener, part: string): string => [...l.nodes.keys()].find((id) => id.includes(part)) ?? "";

describe("a GX device is kept talking, and not more than it needs", () => {
  test("everything is asked once, then at most every 30 seconds it is kept awake without a repetition", () => {
    const l = new Listener();
    for (let second = 0; second < 100; second += 1) l.hear(notice("heartbeat", second));
    const topic = `R/${portal}/keepalive`;
    const awake = '{"keepalive-options":["suppress-republish"]}';
    expect(l.questions).toEqual([
      { topic, payload: "", qos: 0 },
      ...[1, 2, 3].map(() => ({ topic, payload: awake, qos: 0 })),
    ]);
  });

  test("after a lapse everything is asked again", () => {
    const l = new Listener().hear(notice("heartbeat", 1));
    l.take(l.ingest.receive(`N/${portal}/heartbeat`, '{"value":2}', false, 9_000_000));
    expect(l.questions.map((q) => q.payload)).toEqual(["", ""]);
  });

  test("under a bridge's prefix questions and commands go the same way", () => {
    const l = new Listener().hear(
      notice("system/0/Serial", portal, {}, "boat/"),
      notice("system/0/Relay/0/State", 0, {}, "boat/"),
    );
    expect(l.questions[0]?.topic).toBe(`boat/R/${portal}/keepalive`);
    const id = `victron-${portal}-gx`;
    const relay = l.nodes.get(id)?.endpoints.find((e) => e.deviceTypes.includes("mountedOnOffControl"));
    expect(l.ask(id, relay?.number ?? 0, "onOff.on")).toEqual([`boat/W/${portal}/system/0/Relay/0/State {"value":1}`]);
  });

  test("requests on the broker are read as nothing, other people's topics not at all", () => {
    const l = new Listener().hear([`R/${portal}/keepalive`, ""], [`W/${portal}/x/1/Mode`, { value: 1 }]);
    expect([l.nodes.size, l.problems.length, l.questions.length]).toEqual([0, 0, 0]);
    l.hear([`N/${portal}/lamp`, "ON"], ["N/kitchen/light/1/On", { value: 1 }]);
    expect(l.nodes.size).toBe(0);
  });
});

describe("who a service is", () => {
  test("a serial number outlives a new instance number", () => {
    const first = new Listener().hear(...grid);
    const moved = new Listener().hear(
      ...grid.map(([topic, body]) => [topic.replace("grid/30", "grid/31"), body] as const),
    );
    expect([...first.nodes.keys()]).toEqual([meter]);
    expect([...moved.nodes.keys()]).toEqual([meter]);
    expect(first.nodes.get(meter)).toMatchObject({ name: "Grid meter", model: "Grid meter", firmware: "1.03" });
    expect(first.value(`${meter}/1/electricalPowerMeasurement.activePower`)).toBe(-420.5);
  });

  test("a service without one is taken as it is when all has been told, and then loses nothing that came before", () => {
    const l = new Listener().hear(...service("tank/3", { Level: 55, Remaining: 0.11 }));
    expect(l.nodes.size).toBe(0);
    l.hear(done);
    const tank = `victron-${portal}-tank-3`;
    expect(l.value(`${tank}/1/vendor.Level`)).toBe(55);
    expect(l.value(`${tank}/1/vendor.Remaining`)).toBe(0.11);
  });

  test("nobody waits for ever: half a minute of other messages is enough", () => {
    const l = new Listener().hear(notice("tank/3/Level", 55));
    for (let i = 0; i < 32; i += 1) l.hear(notice("heartbeat", i));
    expect(l.value(`victron-${portal}-tank-3/1/vendor.Level`)).toBe(55);
  });

  test("the owner's name is its name", () => {
    expect(new Listener().hear(...home).nodes.get(charger)).toMatchObject({
      name: "Carport",
      vendor: "Victron Energy",
    });
    expect(new Listener().hear(...home).nodes.get(`victron-${portal}-gx`)).toMatchObject({ model: "Cerbo GX" });
  });
});

describe("what its values mean", () => {
  test("the grid imports with plus; phases stand apart", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint(meter, 1).deviceTypes).toEqual(["electricalMeter", "electricalSensor"]);
    expect(l.value(`${meter}/1/electricalEnergyMeasurement.cumulativeEnergyExported`)).toBe(3400.25);
    expect(l.value(`${meter}/2/electricalPowerMeasurement.activePower`)).toBe(-500);
    expect(l.endpoint(meter, 3).label).toBe("L2");
  });

  test("what makes current exports it: inverter, solar charger with its trackers, generator", () => {
    const l = new Listener().hear(...home);
    const power = (id: string, endpoint = 1) => l.value(`${id}/${endpoint}/electricalPowerMeasurement.activePower`);
    expect(power(idOf(l, "pvinverter"))).toBe(-1500);
    expect(power(idOf(l, "solarcharger"))).toBe(-640);
    expect(power(idOf(l, "solarcharger"), 91)).toBe(-320);
    expect(power(idOf(l, "dcgenset"))).toBe(-2000);
    expect(l.value(`${idOf(l, "pvinverter")}/1/electricalEnergyMeasurement.cumulativeEnergyExported`)).toBe(900);
    expect(l.value(`${idOf(l, "solarcharger")}/1/electricalEnergyMeasurement.cumulativeEnergyExported`)).toBe(5200.5);
  });

  test("a battery that charges is plus; what the GX repeats is no second meter", () => {
    const l = new Listener().hear(...home);
    const battery = idOf(l, "-battery-");
    expect(l.endpoint(battery, 1).deviceTypes[0]).toBe("batteryStorage");
    expect(l.value(`${battery}/1/electricalPowerMeasurement.activePower`)).toBe(850);
    expect(l.value(`${battery}/1/powerSource.batPercentRemaining`)).toBe(61.5);
    const gx = l.nodes.get(`victron-${portal}-gx`);
    expect(gx?.endpoints.flatMap((e) => Object.keys(e.capabilities))).not.toContain("electricalPowerMeasurement");
    expect(l.value(`victron-${portal}-gx/1/vendor.Dc.Battery.Power`)).toBe(850);
  });

  test("null is no value, not zero; an emptied topic and a lost connection make it unreachable", () => {
    const l = new Listener().hear(...home);
    expect(l.value(`${idOf(l, "-battery-")}/1/vendor.TimeToGo`)).toBeUndefined();
    expect(l.reachable.get(meter)).toBe(true);
    l.hear(notice("grid/30/Ac/Power", null), notice("grid/30/Connected", null));
    expect(l.value(`${meter}/1/electricalPowerMeasurement.activePower`)).toBe(-420.5);
    expect(l.reachable.get(meter)).toBe(false);
    l.hear(notice("grid/30/Connected", 1));
    expect(l.reachable.get(meter)).toBe(true);
    l.hear([`N/${portal}/grid/30/Connected`, ""]);
    expect(l.reachable.get(meter)).toBe(false);
  });

  test("numbers that stand for words are words", () => {
    const l = new Listener().hear(...home);
    expect(l.value(`${idOf(l, "vebus")}/1/vendor.State`)).toBe("passthru");
    expect(l.value(`${idOf(l, "-tank-")}/1/vendor.FluidType`)).toBe("fresh water");
    expect(l.value(`${idOf(l, "-battery-")}/1/vendor.Alarms.LowSoc`)).toBe("ok");
    l.hear(notice("vebus/276/State", 77));
    expect(l.problems).toMatchObject([{ code: "value-not-understood", field: "State" }]);
  });

  test("oil in kilopascals, hours of running in seconds, a fridge's air in degrees", () => {
    const l = new Listener().hear(...home);
    expect(l.value(`${idOf(l, "dcgenset")}/1/vendor.Engine.OilPressure`)).toBe(3000);
    expect(l.value(`${idOf(l, "dcgenset")}/1/vendor.Engine.OperatingHours`)).toBe(7200);
    expect(l.value(`${idOf(l, "-temperature-")}/1/temperatureMeasurement.measuredValue`)).toBe(5.5);
  });

  test.each([
    [0, "notPluggedIn"],
    [1, "pluggedInNoDemand"],
    [2, "pluggedInCharging"],
    [4, "pluggedInDemand"],
    [13, "fault"],
  ])("a charger's status %i is %s", (status, state) => {
    const l = new Listener().hear(...wallbox, notice("evcharger/40/Status", status));
    expect(l.value(`${charger}/1/energyEvse.state`)).toBe(state);
  });
});

describe("what may be written, and only by command", () => {
  test("a charger: start, stop, current in its range", () => {
    const l = new Listener().hear(...home);
    const base = `W/${portal}/evcharger/40`;
    expect(l.ask(charger, 1, "energyEvse.disable")).toEqual([`${base}/StartStop {"value":0}`]);
    expect(l.ask(charger, 1, "energyEvse.set", { userMaximumChargeCurrent: 16 })).toEqual([
      `${base}/SetCurrent {"value":16}`,
    ]);
    expect(l.ask(charger, 1, "vendor.set", { Mode: "auto" })).toEqual([`${base}/Mode {"value":1}`]);
    expect(l.ask(charger, 1, "energyEvse.set", { userMaximumChargeCurrent: 500 })).toMatch(/80 A/);
  });

  test("limits that the message tells are kept", () => {
    const l = new Listener().hear(...home);
    const vebus = idOf(l, "vebus");
    const name = "Ac.ActiveIn.CurrentLimit";
    expect(l.ask(vebus, 1, "vendor.set", { [name]: 32 })).toEqual([
      `W/${portal}/vebus/276/Ac/ActiveIn/CurrentLimit {"value":32}`,
    ]);
    expect(l.ask(vebus, 1, "vendor.set", { [name]: 60 })).toMatch(/between 0 and 50 A/);
  });

  test("settings of the house's energy can be set, those of its screen are not taken in, measurements cannot be written", () => {
    const l = new Listener().hear(...home);
    const settings = `victron-${portal}-settings`;
    const least = "Settings.CGwacs.BatteryLife.MinimumSocLimit";
    expect(l.ask(settings, 1, "vendor.set", { [least]: 30 })).toEqual([
      `W/${portal}/settings/0/${least.replaceAll(".", "/")} {"value":30}`,
    ]);
    expect(l.ask(settings, 1, "vendor.set", { [least]: 130 })).toMatch(/100/);
    expect(l.value(`${settings}/1/vendor.Settings.Gui2.StartPage`)).toBeUndefined();
    expect(l.ask(idOf(l, "-tank-"), 1, "vendor.set", { Level: 3 })).toMatch(/cannot be set/);
  });
});
