import type { Blueprint } from "../../../model/blueprint/blueprint.ts";
import { allOffAway } from "./all-off-away.ts";
import { applianceDone } from "./appliance-done.ts";
import { bathFan } from "./bath-fan.ts";
import { batteryCheapest } from "./battery-cheapest.ts";
import { batteryEvening } from "./battery-evening.ts";
import { blindsSummer } from "./blinds-summer.ts";
import { carCheapest } from "./car-cheapest.ts";
import { carPeakGuard } from "./car-peak-guard.ts";
import { carSun } from "./car-sun.ts";
import { circulationPump } from "./circulation-pump.ts";
import { dearHourAsk } from "./dear-hour-ask.ts";
import { deviceCheapest } from "./device-cheapest.ts";
import { dishwasherCheapest } from "./dishwasher-cheapest.ts";
import { freezerWarm } from "./freezer-warm.ts";
import { frostGuard } from "./frost-guard.ts";
import { heatingAway } from "./heating-away.ts";
import { heatingNight } from "./heating-night.ts";
import { holidayLights } from "./holiday-lights.ts";
import { leftOpen } from "./left-open.ts";
import { leftOpenAsk } from "./left-open-ask.ts";
import { lightsEmptyRoom } from "./lights-empty-room.ts";
import { machineDone } from "./machine-done.ts";
import { motionLight } from "./motion-light.ts";
import { nightMode } from "./night-mode.ts";
import { peakGuard } from "./peak-guard.ts";
import { runsOften } from "./runs-often.ts";
import { smokeWayOut } from "./smoke-way-out.ts";
import { standbyCut } from "./standby-cut.ts";
import { waterHeaterCheapest } from "./water-heater-cheapest.ts";
import { waterHeaterSun } from "./water-heater-sun.ts";
import { waterLeak } from "./water-leak.ts";
import { windowHeating } from "./window-heating.ts";

/** The ready-made rules that come with the hub: a rule is a file and a line; energy first. */
export const shippedBlueprints: readonly Blueprint[] = [
  waterHeaterSun,
  waterHeaterCheapest,
  carSun,
  carCheapest,
  dishwasherCheapest,
  dearHourAsk,
  batteryEvening,
  batteryCheapest,
  peakGuard,
  carPeakGuard,
  standbyCut,
  deviceCheapest,
  circulationPump,
  allOffAway,
  heatingAway,
  heatingNight,
  windowHeating,
  leftOpenAsk,
  blindsSummer,
  frostGuard,
  freezerWarm,
  waterLeak,
  smokeWayOut,
  holidayLights,
  lightsEmptyRoom,
  motionLight,
  nightMode,
  machineDone,
  applianceDone,
  leftOpen,
  runsOften,
  bathFan,
];
