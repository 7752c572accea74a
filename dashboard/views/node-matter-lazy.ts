import { lazy } from "../lazy.tsx";

/** {@link NodeMatter}, read when the page of a Matter device is first opened. */
export const LazyNodeMatter = lazy(() => import("./node-matter.tsx").then((part) => part.NodeMatter));
