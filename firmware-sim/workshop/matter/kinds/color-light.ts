import { Endpoint } from "@matter/main";
import { ColorControlServer } from "@matter/main/behaviors/color-control";
import { ColorControl } from "@matter/main/clusters/color-control";
import { ExtendedColorLightDevice } from "@matter/main/devices/extended-color-light";
import { lampState, setLamp } from "../parts/lamp.ts";
import type { Product } from "../product.ts";
import { whites } from "./color-temperature-light.ts";

const Type = ExtendedColorLightDevice.with(ColorControlServer.with("HueSaturation", "Xy", "ColorTemperature"));

/** A lamp with colours and white. */
export function colorLight(): Product {
  const endpoint = new Endpoint(Type, {
    id: "light",
    levelControl: { currentLevel: 152 },
    colorControl: {
      ...whites,
      colorTemperatureMireds: 300,
      startUpColorTemperatureMireds: null,
      currentHue: 20,
      currentSaturation: 200,
      currentX: 24_939,
      currentY: 24_701,
      colorMode: ColorControl.ColorMode.ColorTemperatureMireds,
      enhancedColorMode: ColorControl.EnhancedColorMode.ColorTemperatureMireds,
    },
  });
  return {
    endpoints: [endpoint],
    state: () => ({
      ...lampState(endpoint),
      mireds: endpoint.state.colorControl.colorTemperatureMireds,
      hue: Math.round((endpoint.state.colorControl.currentHue * 360) / 254),
      saturation: Math.round((endpoint.state.colorControl.currentSaturation * 100) / 254),
    }),
    set: (values) => setLamp(endpoint, values),
  };
}
