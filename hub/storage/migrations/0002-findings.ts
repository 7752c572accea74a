/** Findings have states and other keys. What still is wrong is found again; what is not was never cleared. */
export const findings = `
DELETE FROM document WHERE kind = 'finding';
`;
