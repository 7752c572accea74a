/** What tells which updates a device may get: its BasicInformation. */
export interface Updatable {
  readonly vendorId: number;
  readonly productId: number;
  /** BasicInformation.SoftwareVersion. */
  readonly version: number;
}

/** What an update says of the devices it is for; a product of 0 is every product of that maker. */
export interface Applicable {
  readonly vendorId: number;
  readonly productId: number;
  readonly version: number;
  readonly min?: number;
  readonly max?: number;
}

/** Whether a device with this version may get it (Matter core specification 11.20.3.3): never an older one, never the same. */
export const fits = (device: Updatable, image: Applicable): boolean =>
  image.vendorId === device.vendorId &&
  (image.productId === device.productId || image.productId === 0) &&
  image.version > device.version &&
  device.version >= (image.min ?? 0) &&
  device.version <= (image.max ?? image.version - 1);

/** The newest update that fits; of two alike the first. */
export function newestFor<Image extends Applicable>(device: Updatable, images: Iterable<Image>): Image | undefined {
  let best: Image | undefined;
  for (const image of images) if (fits(device, image) && (!best || image.version > best.version)) best = image;
  return best;
}
