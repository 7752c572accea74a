/**
 * "Why is it not charging?" in the other languages of the house, put into the English question that the grammar reads. Only such
 * questions: what moves something is never read from another language than the one that the box understands whole.
 */

type Doing = "charging" | "heating" | "running" | "on" | "off";

interface Tongue {
  /** With the named groups `thing`, `doing` and, where it is not so, `not`. */
  readonly forms: readonly RegExp[];
  readonly doings: Readonly<Record<string, Doing>>;
  /** Articles and such before a thing. */
  readonly small: RegExp;
  /** Kinds of things, in English. */
  readonly things: Readonly<Record<string, string>>;
}

const german: Tongue = {
  forms: [
    /^(?:warum|wieso|weshalb) (?:wird|ist) (?<thing>.+?)(?: (?:gerade|jetzt|noch))?(?<not> nicht)? (?<doing>geladen|geheizt|erwarmt|an|aus|ein)$/,
    /^(?:warum|wieso|weshalb) (?<doing>ladt|laedt|heizt|lauft|laeuft) (?<thing>.+?)(?: (?:gerade|jetzt|noch))?(?<not> nicht)?(?: auf)?$/,
  ],
  doings: {
    ladt: "charging",
    laedt: "charging",
    geladen: "charging",
    heizt: "heating",
    geheizt: "heating",
    erwarmt: "heating",
    lauft: "running",
    laeuft: "running",
    an: "on",
    ein: "on",
    aus: "off",
  },
  small: /^(?:der|die|das|den|mein|meine|unser|unsere) /,
  things: {
    auto: "car",
    wagen: "car",
    elektroauto: "car",
    "e auto": "car",
    wallbox: "car charger",
    boiler: "water heater",
    warmwasser: "water heater",
    warmwasserspeicher: "water heater",
    batterie: "battery",
    speicher: "battery",
    hausbatterie: "battery",
    akku: "battery",
    warmepumpe: "heat pump",
    heizung: "thermostat",
    geschirrspuler: "dishwasher",
    spulmaschine: "dishwasher",
    waschmaschine: "washing machine",
    trockner: "dryer",
  },
};

const french: Tongue = {
  forms: [
    /^pourquoi (?:est ce que )?(?<thing>.+?)(?<not> ne)?(?: se| s)? (?<doing>charge|recharge|chauffe|marche|tourne|fonctionne)(?: t (?:elle|il))?(?: pas)?(?: maintenant| encore)?$/,
    /^pourquoi (?:est ce que )?(?<thing>.+?)(?<not> n)? est(?: (?:elle|il))?(?: pas)?(?: en train de)? (?<doing>charger|chauffer|en charge|en marche|allumee?|eteinte?)$/,
  ],
  doings: {
    charge: "charging",
    recharge: "charging",
    charger: "charging",
    "en charge": "charging",
    chauffe: "heating",
    chauffer: "heating",
    marche: "running",
    tourne: "running",
    fonctionne: "running",
    "en marche": "on",
    allume: "on",
    allumee: "on",
    eteint: "off",
    eteinte: "off",
  },
  small: /^(?:le|la|l|les|mon|ma|notre) /,
  things: {
    voiture: "car",
    "voiture electrique": "car",
    auto: "car",
    borne: "car charger",
    "chauffe eau": "water heater",
    ballon: "water heater",
    "ballon d eau chaude": "water heater",
    batterie: "battery",
    "pompe a chaleur": "heat pump",
    chauffage: "thermostat",
    "lave vaisselle": "dishwasher",
    "lave linge": "washing machine",
    "machine a laver": "washing machine",
    "seche linge": "dryer",
  },
};

const spanish: Tongue = {
  forms: [
    /^por que(?<not> no)? (?:se )?(?:esta )?(?<doing>carga|cargando|calienta|calentando|funciona|funcionando|encendid[oa]|apagad[oa]) (?<thing>.+)$/,
    /^por que (?<thing>.+?)(?<not> no)? (?:se )?(?:esta )?(?<doing>carga|cargando|calienta|calentando|funciona|funcionando|encendid[oa]|apagad[oa])$/,
  ],
  doings: {
    carga: "charging",
    cargando: "charging",
    calienta: "heating",
    calentando: "heating",
    funciona: "running",
    funcionando: "running",
    encendido: "on",
    encendida: "on",
    apagado: "off",
    apagada: "off",
  },
  small: /^(?:el|la|los|las|mi|nuestro|nuestra) /,
  things: {
    coche: "car",
    carro: "car",
    "coche electrico": "car",
    cargador: "car charger",
    calentador: "water heater",
    termo: "water heater",
    bateria: "battery",
    "bomba de calor": "heat pump",
    calefaccion: "thermostat",
    lavavajillas: "dishwasher",
    lavadora: "washing machine",
    secadora: "dryer",
  },
};

const dutch: Tongue = {
  forms: [
    /^waarom (?:wordt|is|staat) (?<thing>.+?)(?: (?:nu|nog))?(?<not> niet)? (?<doing>geladen|opgeladen|verwarmd|aan|uit)$/,
    /^waarom (?<doing>laadt|verwarmt|draait|werkt) (?<thing>.+?)(?: (?:nu|nog))?(?<not> niet)?(?: op)?$/,
  ],
  doings: {
    laadt: "charging",
    geladen: "charging",
    opgeladen: "charging",
    verwarmt: "heating",
    verwarmd: "heating",
    draait: "running",
    werkt: "running",
    aan: "on",
    uit: "off",
  },
  small: /^(?:de|het|mijn|onze|ons) /,
  things: {
    auto: "car",
    "elektrische auto": "car",
    laadpaal: "car charger",
    boiler: "water heater",
    warmwater: "water heater",
    batterij: "battery",
    thuisbatterij: "battery",
    accu: "battery",
    warmtepomp: "heat pump",
    verwarming: "thermostat",
    vaatwasser: "dishwasher",
    wasmachine: "washing machine",
    droger: "dryer",
  },
};

const tongues: readonly Tongue[] = [german, french, spanish, dutch];
const MAX_CHARACTERS = 200;

/** Lower case, without accents and marks. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The same question in English; undefined where it is none of these. A thing that no dictionary has is taken for a device's own name. */
export function whyInEnglish(text: string): string | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
  const said = plain(text);
  for (const { forms, doings, small, things } of tongues)
    for (const pattern of forms) {
      const { thing = "", doing = "", not } = pattern.exec(said)?.groups ?? {};
      const meant = Object.hasOwn(doings, doing) ? doings[doing] : undefined;
      const named = thing.replace(small, "");
      if (!meant || named === "") continue;
      const noun = Object.hasOwn(things, named) ? things[named] : named;
      return `why is the ${noun}${not ? " not" : ""} ${meant}`;
    }
  return undefined;
}
