import { isNumber } from "../../../adapters/house/kept.ts";
import { type HouseSwitch, MAX_SWITCHES } from "../../model/house-switch.ts";
import type { HouseSwitches, SwitchView } from "../../ports.ts";
import { KeptDesk, type KeptDeskParts } from "./kept.ts";

/** Switches of the house as people make and name them. */
export function createSwitchDesk(parts: KeptDeskParts): HouseSwitches {
  const { kept } = parts;
  const desk = new KeptDesk(parts);
  const all = () => kept.list().filter((one): one is HouseSwitch => !isNumber(one));
  const view = (one: HouseSwitch, users = desk.users()): SwitchView => ({
    ...{ ...one, name: desk.nameNow(one), usedBy: users.get(one.id) ?? [] },
  });
  return {
    list() {
      const users = desk.users();
      return all().map((one) => view(one, users));
    },
    add(given, by) {
      const name = desk.checked(given);
      if (all().length >= MAX_SWITCHES)
        throw new RangeError(`name: there are already ${MAX_SWITCHES} switches; remove one first`);
      const one = { id: desk.freeId(name), name, on: false };
      desk.made(one, by);
      return view(one);
    },
    rename(id, given, by) {
      const one = all().find((each) => each.id === id);
      if (!one) return undefined;
      const named = { ...one, name: desk.checked(given, id) };
      desk.changed(named, by);
      return view(named);
    },
    idFor: (name) => desk.idFor(name),
    drop: (id) => kept.drop(id),
  };
}
