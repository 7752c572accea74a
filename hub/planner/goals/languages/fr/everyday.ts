/** Everyday French words, without accents: none of them is a slip of the finger in another. */
export const everyday = `
  afin agreable aimerais aimerait ainsi aller allez alors amie amis apres argent arrive arrivent assez attend
  attendre aucun auparavant aussi autour autre autres avant avec avez avoir avons beaucoup bebe besoin bien
  bientot boire bonjour bonne bonsoir cafe cela celle celui cent cependant certain certaine certainement cette
  ceux chacun chaise chaque chez chose choses coin comme comment contre cote coucher coup cours courses
  creuses cuisine dans davantage debut dedans dehors deja demandais demande demander demi demie depense depuis
  dernier derriere deux devant devoir devrait dire dois doit donc donne donner dont douce doucement doux droit
  droite ecole elles encore enfant enfants enfin ensemble ensuite entendu entier entiere entre entrer envie
  environ etaient etait etant etes etre evite eviter evitez facile faire fais faisait fait faites falloir
  famille fatigue faudrait faut femme fenetre fenetres fille fois font force forcement fort gauche genre gens
  gentil gentille gere gerer grand grande grange guere heure heures heureux hier hiver homme idee important
  invite invites jamais jeune jour journee jusqu jusque juste laisser laissez laquelle lequel leur leurs lever
  limite limitee limites loin long longtemps lors lorsque machin maintenant malgre mamie manger marche
  marchent mari matinee meme menage menager merci mere mets mettez mettre mieux minutes moins mois moment
  monde monter montre moyen moyenne murs niveau notre nuit obligatoire oublie oublier oubliez papi parce
  pareil parfait parfaite parfois parler part partir partons passer pendant penser pensez pere permet personne
  petit petite petits peut peux place plaisir plein pleines pleut plupart plus plusieurs plutot porte portes
  possible poste pour pourquoi pourra pourrais pourrait pourriez pouvez pouvoir premier prendre prends prenez
  pres presque pret prix prochain puis puisque puissance quand quart quasi quelle quelles quelque quelques
  quels quoi raison rapide rendre rentrer rentrons repas reste rester retour reveil revenir rien route sais
  sait sans savoir semaine sera serait seront seul seule seulement simplement sinon soiree soit sommes sont
  sorte sortir souhaite souhaiterais souvent suffisamment suffisant suffit suis suivant surement surtout sympa
  table tant tard tarif tellement temps tenir toit toujours tour tourne tournent tous tout toute toutes
  tranquille travail travaille tres trop trouve trouver truc vais veille venir vers veuillez veut veux vieille
  vient vieux ville visite vite voici voila voir voisin voisins votre voudrais voulez vouloir voulu vous
  vraiment
`;
