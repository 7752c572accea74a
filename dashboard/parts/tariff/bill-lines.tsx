import type { Bill } from "../../../hub/http/schemas.ts";
import { money, number } from "../../words/format.ts";

interface Props {
  readonly lines: Bill["lines"];
  readonly total: number;
  readonly currency: string;
}

const quantity = ({ quantity: q, unit }: Bill["lines"][number], currency: string): string =>
  unit === "of" ? `of ${money(q, currency)}` : `${number(q, unit === "days" ? 0 : 2)} ${unit}`;

const rate = ({ rate: r, unit, quantity: q, amount }: Bill["lines"][number], currency: string): string => {
  if (unit === "of") return r === undefined ? "" : `${number(r * 100, 4)} %`;
  if (r !== undefined) return money(r, currency, 4);
  return unit === "kWh" && q > 0 ? `${money(amount / q, currency, 4)} in the mean` : "";
};

/** A bill's lines: what, how much of it, at which price, how much money. */
export function BillLines({ lines, total, currency }: Props) {
  const notes = [...new Set(lines.flatMap((line) => (line.note ? [`${line.label}: ${line.note}.`] : [])))];
  return (
    <div class="bill-scroll">
      <table class="bill">
        <thead>
          <tr>
            <th scope="col">For</th>
            <th scope="col">Quantity</th>
            <th scope="col">Price</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            <tr key={`${line.label}/${i}`}>
              <th scope="row">
                {line.label}
                {line.contract ? <span class="quiet small-text"> {line.contract}</span> : null}
              </th>
              <td>{quantity(line, currency)}</td>
              <td>{rate(line, currency)}</td>
              <td>{money(line.amount, currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              Total
            </th>
            <td>{money(total, currency)}</td>
          </tr>
        </tfoot>
      </table>
      {notes.map((note) => (
        <p key={note} class="quiet small-text">
          {note}
        </p>
      ))}
      <p class="quiet small-text">Amounts are rounded only here: the total is the sum of the exact ones.</p>
    </div>
  );
}
