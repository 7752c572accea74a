export const things: Readonly<Record<string, string>> = {
  car: "buga|coches?|carro|auto|vehiculo|cargador|wallbox|coche electrico|tesla",
  tank: "agua caliente|agua|ducha|duchas|me ducho|duchar\\w*|termo|calentador|bano caliente|banarnos|banan|banamos",
  battery: "baterias?|acumulador|bateria de casa",
  corner: "tele|television|televisor|tv|rincon de la tele",
  thermostat: "calefaccion|termostatos?|radiador\\w*",
  light: "luces|lamparas?|luz de",
  dishwasher: "lavavajillas|lavaplatos|platos",
  laundryWasher: "lavadora|colada|ropa",
  laundryDryer: "secadora",
  refrigerator: "nevera|frigorifico|congelador|refrigerador",
  heatPump: "bomba de calor|aerotermia",
};

export const rooms: Readonly<Record<string, string>> = {
  "living room": "salon|sala de estar|sala",
  bedroom: "dormitorio|habitacion|cuarto de dormir",
  bathroom: "cuarto de bano|bano",
  kitchen: "cocina",
  office: "oficina|despacho|estudio",
  "children's room": "cuarto de los ninos|habitacion de los ninos",
  hallway: "pasillo|recibidor|entrada",
  "dining room": "comedor",
};
