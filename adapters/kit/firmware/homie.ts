import { namedEndpoint } from "../../mqtt/draft.ts";
import type { Body, Device, Firmware, Report, Said, Truth, Who } from "../firmware.ts";

type Fields = { readonly [key: string]: Body };

const baseOf = (who: Who): string => `homie/5/kit-${who.address}`;
const state = (who: Who, word: string): Said => ({ topic: `${baseOf(who)}/$state`, body: word, retained: true });

const description = (who: Who, nodes: Fields): Said => ({
  topic: `${baseOf(who)}/$description`,
  body: { homie: "5.0", version: 1, name: who.name, nodes },
  retained: true,
});

/** Values are plain texts on topics of their own, and retained. */
const value = (who: Who, path: string, body: string, truth: Truth): Report => ({
  topic: `${baseOf(who)}/${path}`,
  body,
  retained: true,
  says: { "": truth },
});

const common = (who: Who, nodes: Fields) => ({
  name: who.name,
  announce: [description(who, nodes), state(who, "ready")],
  offline: [state(who, "lost")],
  online: [state(who, "ready")],
  removed: [
    { topic: `${baseOf(who)}/$state`, body: "", retained: true },
    { topic: `${baseOf(who)}/$description`, body: "", retained: true },
  ],
});

const number = (unit: string, more: Fields = {}): Body => ({ datatype: "float", unit, ...more });

function plug(who: Who): Device {
  const endpoint = namedEndpoint("outlet");
  const on = `${endpoint}/onOff.onOff`;
  const nodes = {
    outlet: {
      name: "Outlet",
      properties: {
        power: { datatype: "boolean", settable: true, name: "Power" },
        consumption: number("W"),
        energy: number("Wh"),
      },
    },
  };
  const off = value(who, "outlet/power", "false", { [on]: false });
  return {
    ...common(who, nodes),
    deviceTypes: { [endpoint]: ["onOffPlugInUnit"] },
    reports: [value(who, "outlet/power", "true", { [on]: true })],
    orders: [
      {
        command: `${endpoint}/onOff.off`,
        wire: [{ topic: `${baseOf(who)}/outlet/power/set`, body: "false" }],
        echo: [off],
      },
    ],
  };
}

function climate(who: Who): Device {
  const endpoint = namedEndpoint("air");
  const nodes = (unit: string): Fields => ({
    air: { name: "Air", properties: { temperature: number(unit), humidity: number("%") } },
  });
  const temperature = `${endpoint}/temperatureMeasurement.measuredValue`;
  return {
    ...common(who, nodes("°C")),
    deviceTypes: { [endpoint]: ["temperatureSensor", "humiditySensor"] },
    reports: [
      value(who, "air/temperature", "-3.5", { [temperature]: -3.5 }),
      value(who, "air/humidity", "61.5", { [`${endpoint}/relativeHumidityMeasurement.measuredValue`]: 61.5 }),
    ],
    otherUnit: {
      said: [description(who, nodes("°F"))],
      reports: [value(who, "air/temperature", "50", { [temperature]: 10 })],
    },
  };
}

/** Homie 5: devices that describe themselves, every value on a topic of its own. */
export const homie: Firmware = {
  kit: 1,
  dialect: "homie",
  models: { plug, climate },
  without: {
    events: "What is no state is not retained in Homie, and these devices have none.",
    counters: "No device here counts.",
    open: "A value without a property in the description is none in Homie.",
  },
};
