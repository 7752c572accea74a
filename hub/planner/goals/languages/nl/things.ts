export const things: Readonly<Record<string, string>> = {
  car: "voertuig|bolide|auto|auto's|wagen|laadpaal|elektrische auto|wallbox|tesla",
  tank: "warm water|warmwater|heet water|water|douche|douchewater|boiler|douchen|ik douche|bad(?= om| klaar)|in bad|badwater",
  battery: "batterij|accu|thuisbatterij|thuisaccu|huisbatterij",
  corner: "tv|televisie|tv-hoek|teevee",
  thermostat: "verwarming|thermosta\\w+|radiator\\w*",
  light: "lampen|lamp|licht|lichten|verlichting",
  dishwasher: "vaatwasser|afwasmachine|vaat|afwas|borden",
  laundryWasher: "wasmachine|was|wasje",
  laundryDryer: "droger|wasdroger|droogtrommel",
  refrigerator: "koelkast|vriezer|diepvries|ijskast",
  heatPump: "warmtepomp",
};

export const rooms: Readonly<Record<string, string>> = {
  "living room": "woonkamer|huiskamer|zitkamer",
  bedroom: "slaapkamer",
  bathroom: "badkamer",
  kitchen: "keuken",
  office: "kantoor|werkkamer|studeerkamer",
  "children's room": "kinderkamer",
  hallway: "gang|hal",
  "dining room": "eetkamer",
};
