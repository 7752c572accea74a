/** What people call a device, or a rule or scene, by its id. */
export type Names = (node: string) => string;
