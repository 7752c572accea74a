/** Session energies are Wh in some versions and kWh in others; the price of the same session tells them apart. */

const FIELDS = /^(chargedEnergy|sessionEnergy|chargeRemainingEnergy)$/;

interface Session {
  energy?: number;
  price?: number;
  perKwh?: number;
}

/** What is known of one evcc's unit. */
export class EnergyUnit {
  readonly #sessions = new Map<string, Session>();
  #kwh = false;

  /** The field's value in kWh, where it is a session's energy; else as it is. */
  read(loadpoint: string, field: string, value: number): number {
    const session = this.#sessions.get(loadpoint) ?? {};
    if (this.#sessions.size < 100) this.#sessions.set(loadpoint, session);
    if (field === "sessionEnergy") session.energy = value;
    if (field === "sessionPrice") session.price = value;
    if (field === "sessionPricePerKWh") session.perKwh = value;
    this.#judge(session);
    return FIELDS.test(field) ? (this.#kwh ? value : value / 1000) : value;
  }

  #judge({ energy, price, perKwh }: Session): void {
    if (!energy || !price || !perKwh) return;
    const ratio = energy / (price / perKwh);
    if (ratio > 0.5 && ratio < 2) this.#kwh = true;
    if (ratio > 500 && ratio < 2000) this.#kwh = false;
  }
}
