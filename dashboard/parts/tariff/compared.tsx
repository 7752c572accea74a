import type { Comparison } from "../../../hub/http/schemas.ts";
import { money, number } from "../../words/format.ts";
import { BillLines } from "./bill-lines.tsx";

/** The home's own bill beside what others would have been, the cheapest first; what is not comparable is said. */
export function Compared({ result }: { readonly result: Comparison }) {
  const [own, ...others] = result.bills;
  if (!own) return null;
  const { currency } = own.bill;
  const sorted = [...others].sort((a, b) => a.bill.total - b.bill.total);
  return (
    <ul class="tariff-parts">
      {[own, ...sorted].map(({ contract, name, bill }) => {
        const less = own.bill.total - bill.total;
        const { unpricedKwh } = bill.coverage;
        return (
          <li key={contract} class="tariff-part">
            <details>
              <summary class="row spread">
                <b>{name}</b>
                <span>
                  {money(bill.total, currency)}{" "}
                  {contract === "book" ? null : unpricedKwh > 0 ? (
                    <span class="pill pill-warn">prices of {number(unpricedKwh, 1)} kWh missing</span>
                  ) : (
                    <span class={`pill ${less > 0 ? "pill-good" : "pill-bad"}`}>
                      {money(Math.abs(less), currency)} {less > 0 ? "less" : "more"}
                    </span>
                  )}
                </span>
              </summary>
              <BillLines lines={bill.lines} total={bill.total} currency={currency} />
            </details>
          </li>
        );
      })}
    </ul>
  );
}
