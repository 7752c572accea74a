/** Wishes whose meaning is known, to see what a model makes of them. Written once; never used to tune a question. */
import type { Goal } from "../../model/plan.ts";

type Kind = Goal["kind"];

export interface KnownWish {
  readonly text: string;
  /** Every kind of goal in it; none for what is no wish about energy. */
  readonly kinds: readonly Kind[];
  /** The thing or room it is about, as the home names it; undefined: the whole house. */
  readonly about?: string;
}

/** The home that the wishes are said in. */
export const HOME = {
  devices: ["Car charger", "Dishwasher", "Washing machine", "Water heater", "Home battery", "TV corner"],
  rooms: ["Living room", "Bedroom"],
} as const;

const wish = (text: string, kinds: readonly Kind[], about?: string): KnownWish => ({
  text,
  kinds,
  ...(about && { about }),
});

export const WISHES: readonly KnownWish[] = [
  wish("have the car at 80 % by 7 in the morning", ["readyBy"], "Car charger"),
  wish("hot water at 50 degrees by 6:30 please", ["readyBy"], "Water heater"),
  wish("keep the living room between 20 and 22 degrees", ["comfort"], "Living room"),
  wish("the dishwasher has to be done by six in the morning", ["applianceWindow"], "Dishwasher"),
  wish("our electricity bill should be smaller", ["minimise"]),
  wish("stop the TV corner from wasting standby power", ["reduceStandby"], "TV corner"),
  wish("always keep 30 % in the home battery for a power cut", ["batteryReserve"], "Home battery"),
  wish("never touch the washing machine", ["never"], "Washing machine"),
  wish("tell me a joke about the weather", []),
  wish("das Auto soll morgen um 7 Uhr zu 80 % geladen sein", ["readyBy"], "Car charger"),
  wish("im Schlafzimmer nie unter 18 Grad", ["comfort"], "Bedroom"),
  wish("die Waschmaschine soll bis 17 Uhr fertig sein", ["applianceWindow"], "Washing machine"),
  wish("wir wollen weniger für Strom bezahlen", ["minimise"]),
  wish("lass die Spülmaschine in Ruhe", ["never"], "Dishwasher"),
  wish("schreib meiner Tante einen Brief", []),
  wish("la voiture doit être chargée à 90 % pour 8 heures", ["readyBy"], "Car charger"),
  wish("au moins 19 degrés dans le salon", ["comfort"], "Living room"),
  wish("le lave-vaisselle doit finir avant 6 heures", ["applianceWindow"], "Dishwasher"),
  wish("utiliser notre propre soleil avant le réseau", ["minimise"]),
  wish("garder 20 % dans la batterie", ["batteryReserve"], "Home battery"),
  wish("quiero el coche cargado al 80 % a las 7", ["readyBy"], "Car charger"),
  wish("el dormitorio a 19 grados por la noche", ["comfort"], "Bedroom"),
  wish("quiero gastar menos dinero en luz", ["minimise"]),
  wish("no toques nunca la lavadora", ["never"], "Washing machine"),
  wish("agua caliente a 48 grados a las 6:30", ["readyBy"], "Water heater"),
  wish("de auto moet om 7 uur 80 % vol zijn", ["readyBy"], "Car charger"),
  wish("houd de woonkamer op minstens 20 graden", ["comfort"], "Living room"),
  wish("de vaatwasser moet om 6 uur klaar zijn", ["applianceWindow"], "Dishwasher"),
  wish("zo weinig mogelijk CO2 uitstoten", ["minimise"]),
  wish("hou altijd 25 % in de thuisbatterij", ["batteryReserve"], "Home battery"),
];
