import { flag, scaled, wireNumber, words } from "./codecs.ts";
import { amount, field, list, partOf, truth, word } from "./structs.ts";
import { type ClusterTable, clusterTable, type PartCodec } from "./table.ts";

const esaTypes = {
  ...{ 0: "evse", 1: "spaceHeating", 2: "waterHeating", 3: "spaceCooling", 4: "spaceHeatingCooling" },
  ...{ 5: "batteryStorage", 6: "solarPv", 7: "fridgeFreezer", 8: "washingMachine", 9: "dishwasher", 10: "cooking" },
  ...{ 11: "homeWaterPump", 12: "irrigationWaterPump", 13: "poolPump", 255: "other" },
};

/** AdjustmentCauseEnum (9.2.7.7): a person's own house asks unless the grid does. */
const cause = (args: Readonly<Record<string, unknown>>): number => (args.cause === "gridOptimization" ? 1 : 0);

/** ForecastStruct's list of slots holds no more (9.2.7.14). */
const MOST_SLOTS = 10;

type Read = (struct: object) => ReturnType<PartCodec["decode"]>;
const forecast = (read: Read) => partOf("forecast", read);

/** SlotStruct (9.2.7.13) of the part that runs; undefined before the run. */
function activeSlot(struct: object): unknown {
  const number = wireNumber(field(struct, "activeSlotNumber"));
  return number === undefined ? undefined : list(field(struct, "slots"))[number];
}
const ofSlot = (read: (slot: unknown) => ReturnType<Read>) =>
  forecast((struct) => {
    const slot = activeSlot(struct);
    return slot === undefined ? null : read(slot);
  });

/** A sum over the slots; null when one of them does not tell its share. */
function sum(struct: object, share: (slot: unknown) => number | undefined): number | null {
  const shares = list(field(struct, "slots")).map(share);
  return shares.length > 0 && shares.every((one) => one !== undefined)
    ? shares.reduce<number>((all, one) => all + (one ?? 0), 0)
    : null;
}

/** mWh of a slot: as it says, else its power over its usual time. A slot without power (state forecast) tells nothing. */
function slotEnergy(slot: unknown): number | undefined {
  const said = wireNumber(field(slot, "nominalEnergy"));
  if (said !== undefined) return said;
  const milliwatts = wireNumber(field(slot, "nominalPower"));
  const seconds = wireNumber(field(slot, "defaultDuration"));
  return milliwatts === undefined || seconds === undefined ? undefined : (milliwatts * seconds) / 3600;
}

function peak(struct: object): number | null {
  const powers = list(field(struct, "slots"))
    .map((slot) => wireNumber(field(slot, "nominalPower")))
    .filter((power) => power !== undefined);
  return powers.length === 0 ? null : Math.max(...powers);
}

/** SlotStruct's usual durations and powers in order, in s and W; null when a slot does not tell its power. */
function profile(struct: object): string | null {
  const slots = list(field(struct, "slots")).slice(0, MOST_SLOTS);
  const parts = slots.map((slot) => {
    const seconds = wireNumber(field(slot, "defaultDuration"));
    const milliwatts = wireNumber(field(slot, "nominalPower"));
    return seconds === undefined || milliwatts === undefined
      ? undefined
      : `${seconds}x${Math.round(milliwatts / 1000)}`;
  });
  return parts.length > 0 && !parts.includes(undefined) ? parts.join(",") : null;
}

/** The offered adjustment (9.2.7.9) of the widest power span: each offer holds only as a whole. */
function widest(struct: object): unknown {
  let best: unknown;
  let span = -1;
  for (const offer of list(field(struct, "powerAdjustCapability"))) {
    const [low, high] = [wireNumber(field(offer, "minPower")), wireNumber(field(offer, "maxPower"))];
    if (low === undefined || high === undefined || high - low <= span) continue;
    span = high - low;
    best = offer;
  }
  return best;
}
const adjust = (read: Read) => partOf("powerAdjustmentCapability", read);
const ofOffer = (name: string, perUnit: number) => adjust((struct) => amount(field(widest(struct), name), perUnit));

/** Null on the wire says that there is none, which is a fact and not a gap. */
const present = (of: string, isThere: Read): PartCodec => {
  const part = partOf(of, isThere);
  return { of, decode: (wire, siblings) => (wire === null ? false : part.decode(wire, siblings)) };
};

/** Device Energy Management (Matter 1.4 application clusters, 9.2): mW, mWh, positive imported. */
export const deviceEnergyManagement: ClusterTable = clusterTable({
  cluster: "DeviceEnergyManagement",
  id: 0x0098,
  capability: "deviceEnergyManagement",
  attributes: {
    esaType: words(esaTypes),
    esaCanGenerate: flag,
    esaState: words({ 0: "offline", 1: "online", 2: "fault", 3: "powerAdjustActive", 4: "paused" }),
    absMinPower: scaled(1000),
    absMaxPower: scaled(1000),
    optOutState: words({ 0: "noOptOut", 1: "localOptOut", 2: "gridOptOut", 3: "optOut" }),
  },
  parts: {
    powerAdjustAvailable: present("powerAdjustmentCapability", (struct) => widest(struct) !== undefined),
    powerAdjustReason: adjust((struct) =>
      word(["noAdjustment", "localOptimizationAdjustment", "gridOptimizationAdjustment"])(field(struct, "cause")),
    ),
    powerAdjustMinPower: ofOffer("minPower", 1000),
    powerAdjustMaxPower: ofOffer("maxPower", 1000),
    powerAdjustMinDuration: ofOffer("minDuration", 1),
    powerAdjustMaxDuration: ofOffer("maxDuration", 1),
    forecastAvailable: present("forecast", () => true),
    forecastId: forecast((struct) => amount(field(struct, "forecastId"), 1)),
    forecastStartTime: forecast((struct) => amount(field(struct, "startTime"), 1)),
    forecastEndTime: forecast((struct) => amount(field(struct, "endTime"), 1)),
    forecastEarliestStartTime: forecast((struct) => amount(field(struct, "earliestStartTime"), 1)),
    forecastLatestEndTime: forecast((struct) => amount(field(struct, "latestEndTime"), 1)),
    forecastIsPausable: forecast((struct) => truth(field(struct, "isPausable"))),
    forecastPausableNow: forecast((struct) => truth(field(activeSlot(struct), "slotIsPausable")) ?? false),
    forecastMinPauseDuration: ofSlot((slot) => amount(field(slot, "minPauseDuration"), 1)),
    forecastMaxPauseDuration: ofSlot((slot) => amount(field(slot, "maxPauseDuration"), 1)),
    forecastSlots: forecast((struct) => list(field(struct, "slots")).length),
    forecastActiveSlot: forecast((struct) => amount(field(struct, "activeSlotNumber"), 1)),
    forecastRemainingSlotTime: ofSlot((slot) => amount(field(slot, "remainingSlotTime"), 1)),
    forecastActivePower: ofSlot((slot) => amount(field(slot, "nominalPower"), 1000)),
    forecastPeakPower: forecast((struct) => amount(peak(struct), 1000)),
    forecastDuration: forecast((struct) => sum(struct, (slot) => wireNumber(field(slot, "defaultDuration")))),
    forecastEnergy: forecast((struct) => amount(sum(struct, slotEnergy), 1e6)),
    forecastProfile: forecast(profile),
    forecastUpdateReason: forecast((struct) =>
      word(["internalOptimization", "localOptimization", "gridOptimization"])(field(struct, "forecastUpdateReason")),
    ),
  },
  commands: {
    powerAdjustRequest: {
      command: "powerAdjustRequest",
      id: 0,
      fields: (args) => ({
        power: Math.round(Number(args.power) * 1000),
        duration: Math.round(Number(args.duration)),
        cause: cause(args),
      }),
    },
    cancelPowerAdjustRequest: { command: "cancelPowerAdjustRequest", id: 1 },
    startTimeAdjustRequest: {
      command: "startTimeAdjustRequest",
      id: 2,
      fields: (args) => ({ requestedStartTime: Math.round(Number(args.requestedStartTime)), cause: cause(args) }),
    },
    pauseRequest: {
      command: "pauseRequest",
      id: 3,
      fields: (args) => ({ duration: Math.round(Number(args.duration)), cause: cause(args) }),
    },
    resumeRequest: { command: "resumeRequest", id: 4 },
    cancelRequest: { command: "cancelRequest", id: 7 },
  },
});
