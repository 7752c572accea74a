/** The version of the contract between the hub and makers' adapters. It changes when an adapter would have to. */
export const kitVersion = 1;
