import type { Cue } from "../language.ts";

export const cues: Readonly<Record<Cue, string>> = {
  not: "nunca|jamas|no|sin|ni|nada de",
  only: "solo|solamente|unicamente|exclusivamente|nada mas que",
  handsOff:
    "no toques|no tocar|no (?:se )?toque\\w*|deja\\w*\\b.{0,40}\\b(?:en paz|tranquil[oa])|manos fuera|nunca toques|no tocamos|ni se te ocurra\\b.{0,12}\\b(?:tocar|apagar|mover)",
  switchOn:
    "poner|pongas?|encender|enciend\\w+|funcionar?|funcione|arrancar|arranque|usar|use|cargar|cargues?|cargue|lavar|en marcha",
  switchOff: "apagar|apagues?|apaga|apague|cortar|desconect\\w+",
  steer: "cambi\\w+|controlar|ajust\\w+|conmut\\w+",
  lights: "luces|luz|lamparas?|iluminacion|alumbra\\w*|bombillas?",
  heating: "calentar|calefaccion|calientes?|caliente la casa|radiador\\w*|calefactar",
  standby:
    "no (?:gaste|consuma|chupe)n? (?:nada|luz|electricidad|corriente)|en espera|modo espera|stand-?\\s?by|consumo fantasma|consumo en reposo|reposo|gasta\\w*\\b.{0,20}\\b(?:noche|nada|nadie)",
  quiet: "silencio|ruidos?|silencioso|tranquilidad|ruidosas?",
  reserve: "guardar?|reserva\\w*|mantener|manten|dejar|apagon\\w*|emergencias?|siempre|conservar|guarde|guardad",
  grid: "red|red electrica|compania",
  sun: "sol|solar|solares|fotovoltaica?|placas|paneles",
  cost: "^(?:despues |luego )?(?:el |los )?(?:costes?|costos?|precio)$|^(?:el |los )?(?:costes?|costos?|precio) (?:\\w+ ){0,2}(?:despues|segund\\w*|secundari\\w*)|(?:gastar|pagar|gasto)\\b.{0,20}\\b(?:menos|poco|minimo)|ahorr\\w+|barat\\w+|economic\\w+|factura\\b.{0,40}\\b(?:alta|cara|baj\\w+|reduc\\w+|menor|elevada)|(?:bajar|reducir|menos)\\b.{0,12}\\b(?:factura|costes?|gastos?)|demasiado car[oa]|muy car[oa]|arruin\\w+|un ojo de la cara|una fortuna|factura\\b.{0,40}\\b(?:mata\\w*|dispara\\w*|sube)|bolsillo|sueldo",
  co2: "co2|contamin\\w+|carbono|emisiones|clima|planeta|ecologic\\w+|medio ?ambiente|naturaleza|osos polares|la tierra",
  import:
    "autoconsumo|(?:nuestra|mi|propia|nuestro|propio|nuestras)\\b.{0,16}\\b(?:solar|sol|solares|placas)|independientes?|autosuficien\\w+|(?:menos|poco)\\b.{0,36}\\bred|(?:aprovechar|usar)\\b.{0,20}\\b(?:solar|sol)|(?:regal\\w+|vender|desperdici\\w+)\\b.{0,30}\\b(?:sol|solar|tejado)",
  ready:
    "list[oa]s?|cargar|cargad[oa]|llen[oa]s?|termin\\w+|caliente|limpi[oa]s?|acab\\w+|necesito|necesitamos|lavad[oa]",
  full: "llen[oa]s?|del todo|al completo|al maximo|a tope|completamente|completo",
  warm: "calido|temperatura|calefaccion|grados?|calor|calentit\\w+",
  cold: "frio|helad\\w+|congel(?!ador)\\w+|fresc\\w+|tirit\\w+|pasa\\w* frio|glacial",
  hot: "demasiado calor|mucho calor|sobrecalent\\w*|calor|(?:es|como|parece) un horno|sauna|sud(?:ar|amos|ando|o)|asfixi\\w+|bochorno",
  house: "la casa|en casa|toda la casa|todas las habitaciones|todas partes|el piso|aqui",
  outage:
    "(?<!(?:no habra|no haya|no hay|ningun|sin|nunca|cero) (?:mas )?)(?:apagon\\w*|cortes? de luz)|se va la luz|quedamos sin luz",
  sleep: "duerm\\w+|siesta|dormimos",
  drive: "conduzco|conducir|salgo de viaje",
  nap: "siesta",
  needless: "no (?:hace falta|necesit\\w+|es necesario|tiene por que|tengo que|hay que)|sin necesidad",
};
