import { useEffect, useState } from "preact/hooks";
import type { Contract, PricePicture } from "../../../hub/http/schemas.ts";
import { inWords, post } from "../../api.ts";
import { clockAt, dayWords, money } from "../../words/format.ts";
import { Notice } from "../notice.tsx";

interface Props {
  readonly contract: Contract;
  readonly day: string;
  readonly currency: string;
  readonly timeZone: string | undefined;
}

const DAY = 86_400_000;
const DAYS = 7;
const WIDTH = 480;
const HEIGHT = 46;
const WAIT_MS = 400;

/** What a kilowatt-hour costs over a week, a row for each day: higher is dearer, a guess is pale. */
export function PriceWeek({ contract, day, currency, timeZone }: Props) {
  const [picture, setPicture] = useState<PricePicture | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const asked = JSON.stringify(contract);
  useEffect(() => {
    let current = true;
    // Not at each key: a person types.
    const timer = setTimeout(() => {
      post<PricePicture>("/tariffs/picture", { contract: JSON.parse(asked), day, days: DAYS }).then(
        (drawn) => {
          if (!current) return;
          setPicture(drawn);
          setProblem("");
        },
        (error: unknown) => current && setProblem(inWords(error)),
      );
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, day]);
  if (problem) return <Notice tone="warn">No picture of the prices: {problem}</Notice>;
  if (!picture) return <p class="quiet loading">Drawing the week …</p>;
  return <Week picture={picture} currency={currency} timeZone={timeZone} />;
}

type Price = PricePicture["prices"][number];

function Week({
  picture,
  currency,
  timeZone,
}: {
  readonly picture: PricePicture;
  readonly currency: string;
  readonly timeZone: string | undefined;
}) {
  const { prices, to } = picture;
  const from = prices[0]?.from ?? 0;
  const all = prices.map((p) => p.importPerKwh);
  const [low, high] = [Math.min(0, ...all), Math.max(...all, 0.0001)];
  const days = Array.from({ length: Math.ceil((to - from) / DAY) }, (_, i) => from + i * DAY);
  const dearest = Math.max(...all);
  const cheapest = Math.min(...all);
  const earns = [...new Set(prices.map((p) => p.exportPerKwh))];
  const guessed = prices.some((p) => p.guess);
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
  const [least, most] = [money(cheapest, currency, 3), money(dearest, currency, 3)];
  const summary = `A kilowatt-hour costs ${least === most ? least : `${least} to ${most}`} this week`;
  return (
    <figure class="price-week">
      {days.map((at) => {
        const label = dayWords(new Intl.DateTimeFormat("sv-SE", timeZone ? { timeZone } : {}).format(at + DAY / 2));
        return (
          <div class="price-day" key={at}>
            <span class="quiet small-text">{label}</span>
            <svg
              viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={`Prices of ${label}`}
            >
              {piecesOf(prices, at, Math.min(to, at + DAY)).map((piece) => {
                const y = (v: number) => ((high - v) / (high - low)) * HEIGHT;
                const top = Math.min(y(piece.importPerKwh), y(0));
                return (
                  <rect
                    key={piece.from}
                    class={piece.guess ? "price-guess" : piece.importPerKwh > mean(all) ? "price-dear" : "price-cheap"}
                    x={((piece.from - at) / DAY) * WIDTH}
                    width={((piece.end - piece.from) / DAY) * WIDTH}
                    y={top}
                    height={Math.max(1.5, Math.abs(y(piece.importPerKwh) - y(0)))}
                  >
                    <title>{`${clockAt(piece.from, timeZone)}: ${money(piece.importPerKwh, currency, 4)}/kWh`}</title>
                  </rect>
                );
              })}
            </svg>
          </div>
        );
      })}
      <figcaption class="quiet small-text">
        {summary}, taxes and fees in it; what you give earns{" "}
        {earns.length === 1
          ? money(earns[0] ?? 0, currency, 3)
          : `${money(Math.min(...earns), currency, 3)} to ${money(Math.max(...earns), currency, 3)}`}
        .{guessed ? " Pale: not known yet, shown as the last known day was, or decided by what the month uses." : ""}
      </figcaption>
    </figure>
  );
}

function piecesOf(prices: readonly Price[], from: number, to: number): (Price & { readonly end: number })[] {
  return prices.flatMap((price, i) => {
    const start = Math.max(from, price.from);
    const end = Math.min(to, prices[i + 1]?.from ?? to);
    return end > start ? [{ ...price, from: start, end }] : [];
  });
}
