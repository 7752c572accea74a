import { lazy } from "../lazy.tsx";

/** {@link QrCode}, read with its library when the first one is drawn. */
export const LazyQrCode = lazy(() => import("./qr-code.tsx").then((part) => part.QrCode));
