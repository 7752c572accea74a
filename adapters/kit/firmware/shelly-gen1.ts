import type { Device, Firmware, Report, Said, Truth, Who } from "../firmware.ts";

const idOf = (who: Who, product: string): string => `shelly${product}-${who.address.slice(-6).toUpperCase()}`;
const online = (id: string, word: string): Said => ({ topic: `shellies/${id}/online`, body: word, retained: true });

const introduction = (who: Who, id: string, model: string): readonly Said[] => {
  const body = {
    id,
    model,
    mac: who.address.toUpperCase(),
    ip: "192.0.2.9",
    new_fw: false,
    fw_ver: "20230913-112003/v1.14.0",
  };
  return [
    { topic: "shellies/announce", body },
    { topic: `shellies/${id}/announce`, body },
  ];
};

const common = (who: Who, id: string, model: string) => ({
  name: id,
  announce: [online(id, "true"), ...introduction(who, id, model)],
  offline: [online(id, "false")],
  online: [online(id, "true")],
});

/** Asked on its command topic, it introduces itself or says all its values again. */
const answering = (who: Who, id: string, model: string, reports: readonly Report[]) => ({
  reports,
  answer: ({ topic, body }: { readonly topic: string; readonly body: unknown }): readonly Said[] => {
    if (topic !== `shellies/${id}/command`) return [];
    return body === "announce" ? introduction(who, id, model) : body === "update" ? reports : [];
  },
});

/** Every value is a plain text on a topic of its own. */
const value = (id: string, tail: string, body: string, truth: Truth): Report => ({
  topic: `shellies/${id}/${tail}`,
  body,
  says: { "": truth },
});

function plug(who: Who): Device {
  const id = idOf(who, "plug-s");
  const on = "1/onOff.onOff";
  return {
    ...common(who, id, "SHPLG-S"),
    deviceTypes: { 1: ["onOffPlugInUnit", "electricalSensor"] },
    ...answering(who, id, "SHPLG-S", [
      value(id, "relay/0", "on", { [on]: true }),
      value(id, "relay/0/power", "42.50", { "1/electricalPowerMeasurement.activePower": 42.5 }),
      // It counts watt-minutes.
      value(id, "relay/0/energy", "90000", { "1/electricalEnergyMeasurement.cumulativeEnergyImported": 1.5 }),
    ]),
    orders: [
      {
        command: "1/onOff.off",
        wire: [{ topic: `shellies/${id}/relay/0/command`, body: "off" }],
        echo: [value(id, "relay/0", "off", { [on]: false })],
      },
    ],
  };
}

function blind(who: Who): Device {
  const id = idOf(who, "switch25");
  const place = "1/windowCovering.currentPositionLiftPercentage";
  return {
    ...common(who, id, "SHSW-25"),
    deviceTypes: { 1: ["windowCovering"] },
    ...answering(who, id, "SHSW-25", [
      value(id, "roller/0", "stop", { "1/windowCovering.operationalStatus": "stopped" }),
      value(id, "roller/0/pos", "30", { [place]: 30 }),
    ]),
    orders: [
      {
        command: "1/windowCovering.upOrOpen",
        wire: [{ topic: `shellies/${id}/roller/0/command`, body: "open" }],
        echo: [value(id, "roller/0/pos", "100", { [place]: 100 })],
      },
    ],
  };
}

/** The first generation: a metering plug and a roller shutter. */
export const shellyGen1: Firmware = {
  kit: 1,
  dialect: "shelly-gen1",
  models: { plug, blind },
  without: {
    names: "Its name is not told over MQTT.",
    events: "Neither has a button.",
    removed: "It says no farewell: people remove it in the hub.",
    otherUnit: "Power and energy have fixed units.",
    open: "A topic that it is not known to have is none of its own.",
  },
};
