/** What people call a device, by its id. */
export type Names = (node: string) => string;
