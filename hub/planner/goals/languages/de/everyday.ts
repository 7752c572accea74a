/** Everyday German words, without accents: none of them is a slip of the finger in another. */
export const everyday = `
  abendessen aber acht alle allein allem allen aller alles also andere anderen anders angenehm arbeit arbeiten
  arzt auch baby beide bereits besser besuch bevor bisschen bitte bleibe bleiben bleibt borgen brauche
  brauchen brauchst bringen bringt dabei dafur damit danach danke dann daran darauf daraus darf darfst darin
  dass davon davor dazu dein denke denken denn dennoch deren deshalb dessen dich dicht diese dieser dieses
  doch dort draussen dringend durch durfen egal eher eigene eigenem eigenen eigenes eigentlich einfach einmal
  eltern endlich enkel erlauben erlaubt erst essen etwa etwas euch extra falls familie fast feiern fertige
  finde fragen frau freue freuen freund freunde fruh fruhstuck fuhle funktioniert ganz ganze ganzen ganzes
  gast gaste geben gebt gefallt gegeben gegen gehe gehen gehort geht geld gemacht genau genug gerade gern
  gerne geschafft gesorgt gestern gewohnt gibt glaube gleich gluck gross grosse habe haben halbe halber halt
  hatte hatten hause heim heisst herum hier hinaus hinter hoch hohe hoher hore horen ihnen ihre immer immerhin
  interessiert irgend irgendwann irgendwie jahr jahre jede jeden jeder jemand jetzt kaffee kann kannst kaum
  keinesfalls kind kinder kindern klar klein kleine kleines kochen komme kommen kommt konne konnen konnte
  konnten kurz kurze lache lang lange langer langsam lasse lassen lauft laut leben leicht leider leise lernen
  letzte letzten leute licht liebe lieber liegen liegt machen macht manche manchmal mann mehrere mein meine
  meinem meinen meiner meines meist meistens mensch menschen merken mich minuten mitte mochte mochten moglich
  moglichst mollig mollige monat morgens mude muss mussen musste mutter nach nachbar nachbarn nachdem nachte
  nahe namlich naturlich neben nehmen nette neue neuen nicht nichts niedrig noch normal notig nutzt oben oder
  ohne ordentlich passiere passieren passt plan platz prima punkt raus recht reich rein richtig ruhig runter
  sache sachen sagen sagt samtliche sauber schade schaffen schaue schauen schlecht schlimm schnell schon
  schone schule sehen sehr seien sein seiner seit seite selber selbst setzen sich sicher siehe sitzen sobald
  sofort soll sollen sollte sollten sommer sonst sonstige sorgen sparen spat spater spatestens stark statt
  stehen steht stellen stunde stunden such suche tage tagen teil teuer tief tragen trotzdem uber uberhaupt
  ubrigens umso unbedingt ungefahr unserem unseren unserer unter ursache vater verdammt vergessen vergiss
  verlassen verstehen versuche viel viele vielleicht viertel vorbei vorher vorne vorsicht wahrend wann ware
  waren warm warte warten warum wasche wechseln wegen weich weil weiss weit weiter welche welcher wenig
  weniger werde werden wert wichtig wieder wiederholen wild willst wirklich wirst wissen woche wohl wohnung
  wolle wollen wollte worden wunder wunderbar wunsch wunsche wunschen wurde wurden zahl zeit zeiten ziehen
  ziel ziemlich zimmer zuerst zuhause zuruck zusammen zwar zweite
`;
