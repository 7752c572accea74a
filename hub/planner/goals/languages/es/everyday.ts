/** Everyday Spanish words, without accents: none of them is a slip of the finger in another. */
export const everyday = `
  abajo abuela abuelo acaba acabar acuerdate ademas adios agradable ahora algo alguien alguna algunas alguno
  algunos alla alli amable amablemente amigo amigos anos ante antes aproximadamente aquel aquella aqui arriba
  aunque ayer bajo basta bastante bebe bien buena bueno buenos cada cafe cansada cansado casi cena cerca
  chaval ciertamente cierto claro cocina coger colegio como conmigo contra cosa cosas creo cual cuales
  cualquier cuanto cuarto curso dame darle debajo debe deben deberia decir deja dejame dejar demasiado dentro
  derecha desayuno desde despertar despues detras dias dice dicho digo dinero donde duda durante ella ellas
  ellos encantaria encima encontrar enfrente entera entero entonces entrar esas escuela esos esquina esta
  estaba estado estamos estar estas este esto estos estoy evita evitar evite falta familia favor fuera fueron
  gasto gente giran gire gracias gran grande gusta gustaria haber habia hablar hace hacen hacer hacia haga
  hago hasta hazme hecho hemos hija hijo hijos hombre hora horas igual invierno invitado invitados izquierda
  jamas joder junto lado largo lejos lento levantar limite limites limpia limpio llega llegan lleva llevar
  luego lugar madre manera mano marcha marido masa mayor media medio mejor menor menudo mesa meses mientras
  minuto minutos misa misma mismo molestia momento mucha muchas mucho muchos muerte mujer mundo nada nadie
  necesita nieto nietos ninguna ninguno nivel noche nosotros nueva nuevo nunca ojala olvides otra otras otro
  otros padre para parece paredes parte pasa pasar pena pensar peor pequeno perfecta perfecto pero persona
  piensa placas poco podemos poder podria podrian podrias poner pongas ponlo ponme porque posible potencia
  primera primero principio pronto propio pudiera puede pueden puedo puerta puertas pues puesto punta quedar
  querer queria querria quien quienes quiera quiere quieren quisiera quisieramos quiza rapido rollo sabe saber
  salgo salimos salir salvo segun segunda segundo seguramente seguro semana semanas seria sido siempre siendo
  siete silla simplemente sino siquiera sitio sobre sois sola solo somos sucio suele suelo suficiente suyo
  tambien tampoco tanto tarde tarifa techo temprano tendria tener tengo tenia tiempo tiene tienen tipo toda
  todas todavia todo todos tomar tope trabajo traer tras tres tuvo ultimo unas unos usted ustedes vale valle
  vamos varias veces vecino vecinos venga venir ventana ventanas verano verdad vida vieja viejas viejo viene
  visita vivir volvemos volver vosotros vuelta vuelvo
`;
