/** The model is told in no topic of the inverters' radios; people often put it into the name. */
export function modelIn(name: string | undefined): string | undefined {
  const [, family, watts] = /\b(HMS|HMT|HM|MI|TSUN)[-_ ]?(\d{3,4}(?:-\d[A-Z]{1,2})?)/i.exec(name ?? "") ?? [];
  return family && watts ? `${family.toUpperCase()}-${watts.toUpperCase()}` : undefined;
}
