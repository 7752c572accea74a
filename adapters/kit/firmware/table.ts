/** Short forms for devices that write each value on a topic of its own, or everything in one plain body. */
import type { Body, Order, Report, Said, Truth } from "../firmware.ts";

/** The values that most of these devices have. */
export const watts = (n = 1): string => `${n}/electricalPowerMeasurement.activePower`;
export const volts = (n = 1): string => `${n}/electricalPowerMeasurement.voltage`;
export const amperes = (n = 1): string => `${n}/electricalPowerMeasurement.activeCurrent`;
export const imported = (n = 1): string => `${n}/electricalEnergyMeasurement.cumulativeEnergyImported`;
export const exported = (n = 1): string => `${n}/electricalEnergyMeasurement.cumulativeEnergyExported`;

/** Of a car's charger. */
export const evse = {
  state: "1/energyEvse.state",
  supply: "1/energyEvse.supplyState",
  limit: "1/energyEvse.userMaximumChargeCurrent",
  session: "1/energyEvse.sessionEnergyCharged",
  charge: "1/energyEvse.stateOfCharge",
} as const;

/** One value on one topic. */
export const value = (topic: string, body: Body, truth: Truth, retained = true): Report => ({
  topic,
  body,
  retained,
  says: { "": truth },
});

/** Values below a base: the end of the topic, what stands there, what it means. */
export const values = (
  base: string,
  rows: readonly (readonly [tail: string, body: Body, truth: Truth])[],
  retained = true,
): readonly Report[] => rows.map(([tail, body, truth]) => value(`${base}/${tail}`, body, truth, retained));

/** What a device says besides its values, below a base. */
export const texts = (base: string, table: Readonly<Record<string, Body>>, retained = true): readonly Said[] =>
  Object.entries(table).map(([tail, body]) => ({ topic: `${base}/${tail}`, body, retained }));

/** The last will on a topic, and its contrary. */
export const presence = (topic: string, online: Body, offline: Body) => ({
  online: [{ topic, body: online, retained: true }],
  offline: [{ topic, body: offline, retained: true }],
});

/** A command that is one message. */
export const order = (
  command: string,
  args: NonNullable<Order["args"]>,
  wire: readonly [topic: string, body: Body],
  ...echo: readonly Report[]
): Order => ({ command, args, wire: [{ topic: wire[0], body: wire[1] }], echo });

/** What most of these devices lack. */
export const lacks = {
  events: "No device here has a button.",
  removed: "It says no farewell: people remove it in the hub.",
  otherUnit: "Its units are fixed.",
} as const;
export const onePerTopic = { open: "Every value is a topic of its own." } as const;
export const readOnly = { orders: "It takes no commands over MQTT." } as const;
export const noWill = { presence: "It gives the broker no last will." } as const;
