import { render } from "preact";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/controls.css";
import "./styles/home.css";
import "./styles/house.css";
import { App } from "./app.tsx";
import { startRouter } from "./router.ts";
import { begin } from "./store.ts";

const root = document.getElementById("app");
if (root) {
  startRouter();
  render(<App />, root);
  void begin();
}
