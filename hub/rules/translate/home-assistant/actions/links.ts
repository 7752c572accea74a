import type { Step } from "../../../../model/rule/step.ts";
import { type Desk, LINK, meantBy, miss, note, onlyKnows } from "../desk.ts";
import { type Item, keyOf, namesOf, switchOf } from "../item.ts";

const DATA = ["data", "service_data", "data_template"];

/** Names that a call is for. */
export const namesFor = (item: Item) =>
  [keyOf(item, "target"), keyOf(item, ...DATA), item].flatMap((place) => namesOf(keyOf(place, "entity_id")));

/** Another rule that comes from the same files. */
function other(desk: Desk, item: Item, name: string, does: "start" | "end"): readonly Step[] | undefined {
  const key = desk.library.keyFor(name);
  if (key !== undefined) return [{ kind: "rule", rule: `${LINK}${key}`, ...(does === "end" ? { does } : {}) }];
  if (name.startsWith("timer.")) return noted(desk, item, `Nothing in the files that were read waits for ${name}.`);
  const file = name.startsWith("script.") ? ": open the file of scripts together with this one" : "";
  return miss(desk, item, `${name} is not in the files that were read${file}.`);
}

function noted(desk: Desk, item: Item, text: string): readonly Step[] {
  note(desk, item, text);
  return [];
}

/** What is called as a service, for other rules: `script.turn_on`, `automation.trigger`, `input_button.press`, `timer.start`. */
export function linkSteps(desk: Desk, item: Item, service: string): readonly Step[] | undefined | "none" {
  const [domain = "", verb = ""] = service.split(".");
  if (domain === "timer") return timer(desk, item, verb);
  const names = namesFor(item);
  const data = keyOf(item, ...DATA);
  if (data && domain === "automation") onlyKnows(desk, data, ["entity_id", "skip_condition", "stop_actions"]);
  if (domain === "automation" && verb === "trigger") {
    note(desk, item, "It starts the other rule only if its condition is so.");
    return all(names, (name) => other(desk, item, name, "start"));
  }
  if (domain === "automation") return switching(desk, item, verb);
  if (domain !== "script") return "none";
  if (verb === "turn_on") return all(names, (name) => other(desk, item, name, "start"));
  if (verb === "turn_off") return all(names, (name) => other(desk, item, name, "end"));
  return other(desk, item, service, "start");
}

const SWITCHES: Readonly<Record<string, "switchOn" | "switchOff" | "toggle">> = {
  ...{ turn_on: "switchOn", turn_off: "switchOff", toggle: "toggle" },
};

/** Automations that are switched on or off; one that is switched off ends what it is doing, as there. */
function switching(desk: Desk, item: Item, verb: string): readonly Step[] | undefined | "none" {
  const does = Object.hasOwn(SWITCHES, verb) ? SWITCHES[verb] : undefined;
  if (!does) return "none";
  const stops = keyOf(keyOf(item, ...DATA), "stop_actions");
  if (stops && switchOf(stops) === false) note(desk, stops, "A rule that is switched off ends what it is doing here.");
  const names = namesFor(item);
  if (names.length === 0) return miss(desk, item, "It does not say which automation.");
  return all(names, (name) => {
    const key = desk.library.keyFor(name);
    if (key?.startsWith("automation.")) return [{ kind: "rule", rule: `${LINK}${key}`, does }];
    return miss(desk, item, `${name} is not in the files that were read.`);
  });
}

const all = (names: ReturnType<typeof namesFor>, make: (name: string) => readonly Step[] | undefined) =>
  names.flatMap(({ name }) => make(name) ?? []);

/** A timer is a rule that waits; one that is started again begins anew. */
function timer(desk: Desk, item: Item, verb: string): readonly Step[] | undefined {
  if (verb !== "start" && verb !== "cancel") return miss(desk, item, `That a timer is to "${verb}" has no like here.`);
  const data = keyOf(item, ...DATA);
  if (data) onlyKnows(desk, data, ["entity_id", "duration"]);
  for (const { name } of namesFor(item)) noteSaid(desk, item, name);
  return all(namesFor(item), (name) =>
    desk.library.timers.has(name) || (desk.library.keyFor(name) === undefined && meantBy(desk, name, item))
      ? other(desk, item, name, verb === "start" ? "start" : "end")
      : miss(desk, item, `How long ${name} runs is not in the files that were read, or not always the same.`),
  );
}

/** How long it runs was said by a person, who must find it again. */
function noteSaid(desk: Desk, item: Item, name: string): void {
  if (desk.find(name)?.kind === "value" && !desk.asked.has(name)) desk.asked.set(name, item.line);
}
