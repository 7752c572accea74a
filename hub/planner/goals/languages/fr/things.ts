export const things: Readonly<Record<string, string>> = {
  car: "ve|v\\.e\\.?|caisse|bagnole|voitures?|auto|vehicule|borne|wallbox|voiture electrique|tesla",
  tank: "eau chaude|chauffe-eau|ballon(?: d' ?eau chaude)?|eau|douches?|bain|cumulus|me douche",
  battery: "batteries?|batterie domestique|accumulateur",
  corner: "tele|televiseur|television|tv|coin tele",
  thermostat: "chauffage|thermostats?|radiateurs?",
  light: "lumieres?|lampes?|eclairage",
  dishwasher: "lave-?\\s?vaisselle|vaisselle|assiettes",
  laundryWasher: "machine a laver|lave-?linge|lessive|linge",
  laundryDryer: "seche-?\\s?linge|sechoir",
  refrigerator: "frigo|refrigerateur|congelateur|frigidaire",
  heatPump: "pompe a chaleur|pac",
};

export const rooms: Readonly<Record<string, string>> = {
  "living room": "salon|sejour|salle de sejour",
  bedroom: "chambre|chambre a coucher",
  bathroom: "salle de bains?|salle d' ?eau",
  kitchen: "cuisine",
  office: "bureau",
  "children's room": "chambre des? enfants?|chambre d' ?enfants?",
  hallway: "couloir|entree",
  "dining room": "salle a manger",
};
