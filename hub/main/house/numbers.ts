import { isNumber } from "../../../adapters/house/kept.ts";
import { checkRange, firstValue, type HouseNumber, MAX_NUMBERS } from "../../model/house-number.ts";
import type { HouseNumbers, NumberView, NumberWish } from "../../ports.ts";
import { KeptDesk, type KeptDeskParts } from "./kept.ts";

/** Numbers of the house as people make and change them. */
export function createNumberDesk(parts: KeptDeskParts): HouseNumbers {
  const { kept } = parts;
  const desk = new KeptDesk(parts);
  const all = () => kept.list().filter(isNumber);
  const view = (one: HouseNumber, users = desk.users()): NumberView => ({
    ...{ ...one, name: desk.nameNow(one), usedBy: users.get(one.id) ?? [] },
  });
  const checked = (wish: NumberWish, id?: string): NumberWish => {
    checkRange(wish);
    const { unit, min, max, step } = wish;
    return { name: desk.checked(wish.name, id), unit, min, max, step };
  };
  return {
    list() {
      const users = desk.users();
      return all().map((one) => view(one, users));
    },
    add(given, by) {
      const wish = checked(given);
      if (all().length >= MAX_NUMBERS)
        throw new RangeError(`name: there are already ${MAX_NUMBERS} numbers; remove one first`);
      const one = { ...wish, id: desk.freeId(wish.name), value: firstValue(wish) };
      desk.made(one, by);
      return view(one);
    },
    change(id, given, by) {
      const one = all().find((each) => each.id === id);
      if (!one) return undefined;
      const wish = checked(given, id);
      if (one.value < wish.min) throw new RangeError(`min: it stands at ${one.value} now; set it higher first`);
      if (one.value > wish.max) throw new RangeError(`max: it stands at ${one.value} now; set it lower first`);
      const changed = { ...wish, id, value: one.value };
      desk.changed(changed, by);
      return view(changed);
    },
    idFor: (name) => desk.idFor(name),
  };
}
