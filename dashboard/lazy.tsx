import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Notice } from "./parts/notice.tsx";

/** A view whose code is read when it is first shown, so that the home view stays light. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let ready: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (ready) return;
      load().then(
        (view) => {
          ready = view;
          redraw((n) => n + 1);
        },
        () => setFailed(true),
      );
    }, []);
    if (ready) {
      const View = ready;
      return <View {...props} />;
    }
    if (failed) return <Notice tone="bad">This part of the dashboard could not be read. Load the page again.</Notice>;
    return <p class="quiet loading">Reading …</p>;
  };
}
