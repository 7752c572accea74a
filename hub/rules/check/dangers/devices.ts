/** Which devices need care: by what they are, and for plugs by what people call them. */
import { nameOf } from "../../../model/home.ts";
import type { Spot } from "../../picture.ts";
import { type Desk, endpointOf, kindsOf } from "../desk.ts";

const HOT: readonly string[] = ["waterHeater", "oven", "cooktop", "cookSurface", "microwaveOven"];
const COLD: readonly string[] = ["refrigerator", "temperatureControlledCabinet"];
const WATER: readonly string[] = ["waterValve", "irrigationSystem"];
const GUARDS: readonly string[] = ["smokeCoAlarm", "waterLeakDetector", "waterFreezeDetector"];
const GATES: readonly string[] = ["closure", "closurePanel"];
/** Only what anything may be plugged into is known by its name. */
const SOCKETS: readonly string[] = ["onOffPlugInUnit", "mountedOnOffControl"];

const HOT_WORDS =
  /(^|[^a-zà-ÿ])(iron|(space|fan|patio|towel|panel|infrared|ir|oil|electric|bath(room)?) ?heater|heater|radiator|electric blanket|heat(ing)? (pad|blanket|lamp)|toaster|kettle|fryer|grill|hot ?plate|stove|oven|sauna|waffle (iron|maker)|curling iron|straightener|boiler|immersion( heater)?|bügeleisen|heizlüfter|heizstrahler|heizdecke|heizkissen|heizstab|ofen|backofen|herd|wasserkocher|fritteuse|raclette)($|[^a-zà-ÿ])/iu;
const COLD_WORDS =
  /(^|[^a-zà-ÿ])(fridge|freezer|refrigerator|fridge.?freezer|deep freeze|kühlschrank|gefrierschrank|gefriertruhe|tiefkühler)($|[^a-zà-ÿ])/iu;
/** A lamp beside the oven is no oven. */
const BESIDE_WORDS =
  /(^|[^a-zà-ÿ])(light|lights|lamp|led|pump|fan|sensor|hood|valve|licht|lampe|pumpe|lüftung|light strip)($|[^a-zà-ÿ])/iu;

const is = (desk: Desk, spot: Spot, types: readonly string[]): boolean =>
  kindsOf(desk, spot).some((t) => types.includes(t));

function isCalled(desk: Desk, spot: Spot, words: RegExp): boolean {
  const found = endpointOf(desk, spot);
  if (!found || !is(desk, spot, SOCKETS)) return false;
  // Several sockets of one device have their own labels.
  const { node, endpoint } = found;
  const label = node.description.endpoints.length > 2 ? endpoint.label : undefined;
  const text = label ?? nameOf(node);
  return words.test(text) && !BESIDE_WORDS.test(text.replace(/heat(ing)? lamp|fan heater/i, "heater"));
}

/** Gets hot for as long as it is on: what has a thermostat of its own does not. */
export const isHot = (desk: Desk, spot: Spot): boolean =>
  (is(desk, spot, HOT) || isCalled(desk, spot, HOT_WORDS)) && !endpointOf(desk, spot)?.endpoint.capabilities.thermostat;

export const isCold = (desk: Desk, spot: Spot): boolean => is(desk, spot, COLD) || isCalled(desk, spot, COLD_WORDS);
export const isWater = (desk: Desk, spot: Spot): boolean => is(desk, spot, WATER);
export const isGuard = (desk: Desk, spot: Spot): boolean => is(desk, spot, GUARDS);
export const isGate = (desk: Desk, spot: Spot): boolean => is(desk, spot, GATES);
/** Heats water, not a room. */
export const isTank = (desk: Desk, spot: Spot): boolean => is(desk, spot, ["waterHeater"]);
/** A guard somewhere in the same device. */
export const hasGuard = (desk: Desk, { node }: Spot): boolean =>
  desk.context.home.nodes.get(node)?.description.endpoints.some((e) => isGuard(desk, { node, endpoint: e.number })) ??
  false;
