import type { HouseState } from "../model/house.ts";

/** Whether a person, `anyone` or `everyone` is home, and why. Whose whereabouts nobody knows make it unknown. */
export function whoIsHome(
  house: HouseState,
  who: string,
): { readonly home: boolean | "unknown"; readonly reason: string } {
  if (house.people.length === 0) return { home: "unknown", reason: "no people are set up in this house" };
  const here = house.people.filter((p) => p.home === true).map((p) => p.name);
  const unknown = house.people.find((p) => p.home === "unknown");
  if (who === "anyone") {
    if (here.length > 0) return { home: true, reason: `${here.join(", ")} ${here.length > 1 ? "are" : "is"} home` };
    return unknown ? notKnown(unknown.name) : { home: false, reason: "nobody is home" };
  }
  if (who === "everyone") {
    const away = house.people.find((p) => p.home === false);
    if (away) return { home: false, reason: `${away.name} is not home` };
    return unknown ? notKnown(unknown.name) : { home: true, reason: "everyone is home" };
  }
  const person = house.people.find((p) => p.id === who || p.name === who);
  if (!person) return { home: "unknown", reason: `there is no ${who} in this house` };
  if (person.home === "unknown") return notKnown(person.name);
  return { home: person.home, reason: `${person.name} is ${person.home ? "" : "not "}home` };
}

const notKnown = (name: string) => ({ home: "unknown" as const, reason: `whether ${name} is home is not known` });
