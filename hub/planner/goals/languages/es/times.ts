import type { Times } from "../language.ts";

export const times: Times = {
  oclock: "horas?|h|en punto",
  phrases: [
    { pattern: "(?<h>\\d{1,2}) y media", add: 30 },
    { pattern: "(?<h>\\d{1,2}) y cuarto", add: 15 },
    { pattern: "(?<h>\\d{1,2}) menos cuarto", add: -15 },
    { pattern: "(?<h>\\d{1,2}) menos (?<m>5|10|20|25)", add: 0, each: -1 },
    { pattern: "(?<h>\\d{1,2}) y (?<m>5|10|20|25)", add: 0, each: 1 },
  ],
  noon: "mediodia|medio dia",
  midnight: "medianoche|media noche",
  by: "antes de|para|hasta|antes del?",
  at: "a|sobre|al?",
  from: "no antes de|a partir de|desde|despues de",
  open: "entre|de|desde",
  mid: "y|a|hasta|-|–",
  between: "entre",
  counted: "personas?|duchas?|banos?|ninos?",
  measured:
    "veces|coladas?|lavados?|kilometros?|dias?|semanas?|minutos?|min|centimos?|euros?|habitaciones|grados?|coches",
  late: "de la tarde|por la tarde|de la noche|esta tarde|esta noche|pm",
  early: "de la manana|por la manana|de la madrugada|am",
  parts: {
    night: "por la noche|de noche|durante la noche|por las noches",
    morning: "por la manana|por las mananas",
    afternoon: "por la tarde|por las tardes",
    evening: "al anochecer|al final de la tarde",
    day: "durante el dia|de dia|por el dia",
  },
  days: ["lunes", "martes", "miercoles", "jueves", "viernes", "sabados?", "domingos?"],
  shortDays: ["l(?:un)?", "m(?:ar)?", "x|mie", "j(?:ue)?", "v(?:ie)?", "s(?:ab)?", "d(?:om)?"],
  weekend: "fin(?:es)? de semana|finde",
  workdays: "entre semana|dias laborables|dias de trabajo|dias de colegio|laborables",
  except: "excepto(?: el| los)?|salvo(?: el| los)?|menos (?:el|los)|pero no(?: el| los)?|a excepcion de(?:l| los)?",
  dates: {
    near: [
      ["pasado manana", 2, ""],
      ["(?<!(?:la|esta|cada|una|las|toda|buena) )manana", 1, ""],
      ["hoy", 0, ""],
      ["esta (noche|tarde|manana)", 0, "por la $1"],
    ],
    months: [
      ...["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"],
      ...["sep?tiembre", "octubre", "noviembre", "diciembre"],
    ],
    on: "el|los dias",
    open: "del?|entre|desde",
    mid: "al?|y|hasta|-|–",
    from: "a partir del?|desde",
    until: "hasta",
  },
};
