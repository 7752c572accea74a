import type { Language } from "../language.ts";
import { numberWords } from "../numbers.ts";
import { cues } from "./cues.ts";
import { everyday } from "./everyday.ts";
import { rooms, things } from "./things.ts";
import { times } from "./times.ts";

const numbers = numberWords(
  "- dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
  "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
  "cien",
  (ten, one) => {
    const ones = one === "-" ? ["uno", "un", "una"] : [one];
    return ones.map((last) => (ten === "veinte" ? `veinti${last}` : `${ten} y ${last}`));
  },
);

export const es: Language = {
  code: "es",
  common:
    "el la los las un una de del al a en y o para por con sin que cuando si no nunca hay esta estan es son mi mis nuestra nuestro quiero queremos tiene antes entre se lo mas menos siempre solo",
  letters: "[ñáíóú¿¡]",
  everyday,
  numbers,
  rewrites: [
    ["(?:a )?medi[oa] (?:llen[oa]|cargad[oa])", "al 50 %"],
    [
      "(?:me |nos )?(?:gustaria|encantaria|vendria bien|estaria bien|seria (?:bueno|genial|estupendo|de agradecer)) (?:mucho )?(?:si|que)",
      "",
    ],
    [
      "si no (?:es|fuera|supone) (?:mucha |demasiada |ninguna )?molestia|si no (?:te|le|os) (?:importa|molesta)|si (?:es|fuera|eres) tan amable",
      "",
    ],
    ["(\\d+) coma (\\d+)", "$1.$2"],
    ["la una(?= |$)", "1"],
    ["entre (?:las? )?(\\d{1,2}(?::\\d\\d)?) y(?= (?:las? )?\\d)", "entre $1 ~"],
    ["(?:las|los)(?= \\d)", ""],
    ["(\\d+) grados y medio", "$1.5 grados"],
    ["(?:un|el) tercio (?:de la|del|de|en la|en el|en)", "33 % de la"],
    ["(?:un|el) cuarto (?:de la|del)(?= (?:bateria|acumulador))", "25 % de la"],
    ["(?:una?|el|la) (?:quinto|quinta parte) (?:de la|del)", "20 % de la"],
    ["(?:un|una|el|la) (?:decimo|decima parte) (?:de la|del)", "10 % de la"],
    ["(?:los )?2 tercios(?: (?:de la|del))?", "67 %"],
    ["(?:las )?3 cuartos|3 cuartas partes", "75 %"],
    ["no (?:te )?olvid\\w+(?: de| que)?", ""],
    ["(\\d+) y medio", "$1.5"],
    ["(?:la )?mitad (?:de la|del|de)", "50 % de la"],
  ],
  times,
  bounds: {
    below:
      "por debajo del?|debajo del?|baj\\w+(?: nunca| jamas)? del?|bajo|menos de|menor que|mas (?:fri[oa]|fresc[oa]) (?:que|de)|inferior a",
    above:
      "por encima del?|encima del?|sub\\w+(?: nunca| jamas)? del?|mas de|mayor que|mas (?:caliente|calor|calid[oa]) (?:que|de)|superior a|super\\w+|pas\\w+ de",
    atLeast: "al menos|por lo menos|como minimo|minimo|no menos de",
    atMost: "como mucho|(?:para|pare|parar|deten\\w*)\\b.{0,24}\\bal?|como maximo|maximo|no mas de|hasta un",
  },
  and: "y|e|pero|ademas|tambien",
  question:
    "que (?:hora|tiempo|temperatura|consumo|gast\\w+|ha|hay|es)|cuant[oa]s?|cual\\w*|por que|como (?:esta|va|es)|cuando (?:se|va|es)|quien|donde|esta",
  presence: {
    arrive: "lleg\\w+|vuelv\\w+|volv\\w+",
    home: "(?:cuando|si|mientras|siempre que|solo)\\b[^,;]{0,20}\\b(?:alguien|estamos|estemos|gente|estoy|este)\\b[^,;]{0,16}\\b(?:casa|aqui|dentro|ahi)|(?:cuando|si|mientras) (?:haya|hay) alguien",
    away: "(?:cuando|en cuanto|si|una vez que)\\b[^,;]{0,24}\\b(?:(?:hayamos|hayan|haya) (?:ido|salido|marchado)|nos vamos|nos vayamos|se vayan|salimos|salgamos|vayamos)(?: (?:todos|todo el mundo|de casa))*|en cuanto\\b[^,;]{0,16}\\bnadie\\b[^,;]{0,20}|(?:cuando|si|mientras|siempre que|donde)\\b[^,;]{0,16}\\bnadie\\b[^,;]{0,20}|(?:cuando|si|mientras|siempre que)\\b[^,;]{0,20}\\b(?:fuera|vacia|vacio|ausentes?|de vacaciones|no estamos|no estemos|de viaje)|(?:casa|habitacion\\w*) vacias?|(?:a|para) nadie|no hay nadie|sin nadie",
  },
  strength: {
    must: "sin falta|a toda costa|obligatoriamente|pase lo que pase|en cualquier caso",
    ifPossible: "si es posible|a ser posible|si se puede|en lo posible|preferiblemente|de ser posible",
  },
  cues,
  things,
  rooms,
  anyRoom:
    "(?:cuarto|habitacion) (?:de (?:(?:los|las|la|el|mi|mis) )?|del )(?!ninos|bano|dormir)\\p{L}+|sala de (?:juegos|musica|cine)|atico|desvan|sotano|terraza acristalada|despensa|aseo|taller|trastero|invernadero|lavadero",
  filler: "y|por favor|gracias|tambien|quiero|queremos|hola|pero",
  beyond:
    "casi (?:llen[oa]|cargad[oa])|(?:durante|a la hora de) (?:la )?(?:cena|cenar|comer|comida)|(?:durante|dentro de|en) (?:unas? |al menos |unos )?N (?:horas?|h|minutos?|min|dias?|semanas?)|N (?:horas?|minutos?|veces) (?:al|por) (?:dia|semana|mes)|N veces a la semana|(?:un dia|una noche) si y otr[oa] no|cada N \\w+|(?:la )?(?:proxima semana|semana que viene)|esta semana|excepto|salvo|a excepcion|a menos que|a no ser que|(?:puesta|salida) de(?:l)? sol|anochecer|amanecer",
  condition: "si|cuando|mientras|siempre que|en cuanto",
  stress: "sobre todo|especialmente|y menos|mucho menos|en especial",
};
