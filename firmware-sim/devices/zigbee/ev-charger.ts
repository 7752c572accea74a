import { type Cadence, round } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { binary, choice, energy, linkQuality, numeric, power, switchOf } from "./exposes.ts";
import { readOnly, switched, type ZigbeeConfig, type ZigbeeDevice } from "./zigbee-device.ts";

/** A one-phase wall box that knows the car's state of charge while it is plugged in. */
export function evCharger(config: ZigbeeConfig, cadence: Cadence): ZigbeeDevice {
  const reporter = new Reporter(cadence.meter, [{ small: 25, big: 600 }]);
  return {
    name: config.name,
    ieee: config.ieee,
    about: {
      vendor: "Inglenook Simulators",
      model: "SIM-EVSE",
      description: "Simulated EV charger",
      modelId: "SIM-EVSE",
      manufacturer: "Inglenook Simulators",
      battery: false,
      exposes: [
        switchOf("charging (ON = allowed)"),
        binary("ev_connected", 1, true, false, "Indicates whether a car is plugged in"),
        choice("ev_status", 1, ["not_connected", "ready", "charging", "finished"], "State of the charging session"),
        numeric("charge_limit", 7, "A", "Highest current the car may take", {
          value_max: 16,
          value_min: 6,
          value_step: 1,
        }),
        power,
        energy,
        numeric("session_energy", 1, "kWh", "Energy charged since the car was plugged in"),
        numeric("ev_state_of_charge", 1, "%", "State of charge of the car while plugged in", {
          value_max: 100,
          value_min: 0,
        }),
        numeric("ev_battery_capacity", 1, "kWh", "Capacity of the car's battery"),
        linkQuality,
      ],
    },
    state(world) {
      const { charger, car, meters } = world.state;
      return {
        state: charger.on ? "ON" : "OFF",
        ev_connected: car.home,
        ev_status: charger.status,
        charge_limit: charger.amps,
        power: round(meters.charger.power, 1),
        energy: round(meters.charger.importedWh / 1000, 3),
        session_energy: round(charger.sessionWh / 1000, 3),
        // Nobody can ask a car that is away.
        ev_state_of_charge: car.home ? round((100 * car.kwh) / world.params.car.capacity, 1) : null,
        ev_battery_capacity: world.params.car.capacity,
      };
    },
    due(world) {
      const { charger, car, meters } = world.state;
      return reporter.due(world.at, `${charger.on} ${charger.status} ${charger.amps} ${car.home}`, [
        meters.charger.power,
      ]);
    },
    set(key, value, world) {
      const { charger } = world.state;
      if (key === "state") {
        const on = switched(value, charger.on);
        if (on === undefined) return `Value '${String(value)}' is not allowed for 'state', expected ON, OFF or TOGGLE`;
        charger.on = on;
        return undefined;
      }
      if (key !== "charge_limit") return readOnly(key);
      if (typeof value !== "number" || !(value >= 6 && value <= 16))
        return "'charge_limit' must be a number from 6 to 16";
      charger.amps = Math.round(value);
      return undefined;
    },
  };
}
