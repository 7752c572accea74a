/** Everyday Dutch words, without accents: none of them is a slip of the finger in another. */
export const everyday = `
  aangenaam aankomen achter alle alleen allemaal alles alstublieft altijd ander andere anders avond avondeten
  baby beetje begin beginnen behalve bent best beter bezoek bijna binnen blijft blijven borgen boven breng
  buiten buren buurman cursus daar daarna daarom dagen daluren dank dankjewel denk denken deur deuren deze
  dichtbij ding dingen doen doet door draaien drie druk durf echt eens eerst eerste eigen eigenlijk elke enige
  enkele erbij ergens even familie fijn gaan gaat gast gasten geen geld geleden geloof gemaakt genoeg geven
  gewoon gezin gisteren goed goede gozer graag grens groot grote haar hadden halen hebben hebt heeft heel heen
  hele helemaal helpen hier hoef hoekje hoeven hond hoor horden horen hout huis huizen ieder iedere iedereen
  iemand iets ineens jaar jammer jaren juist jullie katten keer keuken kind kinderen kindje klein kleine
  koffie komen komt konden koorden kopje kort krijgen kunnen kunt kwam kwartier laat laatste langzaam laten
  later lekker lekkere leuk leven liever links lopen maak maakt maand maanden maar maken makkelijk maximaal
  meer meest meestal mens mensen midden mijn minder minuten minuut misschien moeder moest moesten moet moeten
  mogelijk mogen mond morgen morsen muren naar naast nadat natuurlijk neem nemen niemand niet niets nieuw
  nieuwe niveau nodig nogal nooit onder ongeveer ontbijt onze opeens open opstaan oude over overal paar
  perfect piekuren plaats plek precies prettig prima raam ramen rechts rond samen schone school schuin
  simpelweg slecht snel sommige soms soort staan staat steeds stoel straks stuk tafel tarief tegen terug
  terugkomen tijd toch toen trap trappen tuin tussen twee uiteraard uitgave uren vaak vader vandaag vanuit
  vast veel verder vergeet vergeten vermijd vermijden vermogen vertrek vertrekken vieze vind vinden vogel
  voldoende volgens voor vooral voorbij voordat vraag vragen vriend vriendelijk vrienden vroeg vrouw waar
  waarom wacht wachten wakker wanneer want ware waren week weer weet weinig weken welk welke werd werk werken
  werkt weten wilde wilden willen wilt woorden word worden wordt zeer zeggen zeker zelf zelfs zetten zich zien
  zoals zodat zolang zomer zonder zorg zorgen zouden zowat zullen zult
`;
