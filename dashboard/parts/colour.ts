/** The present value of a colour token: a canvas does not know custom properties. Six hex digits after a `#`. */
export const cssColour = (token: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(token).trim() || "#888888";
