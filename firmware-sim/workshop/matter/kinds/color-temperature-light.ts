import { Endpoint } from "@matter/main";
import { ColorControl } from "@matter/main/clusters/color-control";
import { ColorTemperatureLightDevice } from "@matter/main/devices/color-temperature-light";
import { lampState, setLamp } from "../parts/lamp.ts";
import { numberIn, type Product } from "../product.ts";

/** White from 2202 to 6536 K. */
export const whites = {
  colorTempPhysicalMinMireds: 153,
  colorTempPhysicalMaxMireds: 454,
  coupleColorTempToLevelMinMireds: 153,
};

/** A lamp from warm to cold white. */
export function colorTemperatureLight(): Product {
  const endpoint = new Endpoint(ColorTemperatureLightDevice, {
    id: "light",
    levelControl: { currentLevel: 152 },
    colorControl: {
      ...whites,
      colorTemperatureMireds: 300,
      startUpColorTemperatureMireds: null,
      colorMode: ColorControl.ColorMode.ColorTemperatureMireds,
      enhancedColorMode: ColorControl.EnhancedColorMode.ColorTemperatureMireds,
    },
  });
  return {
    endpoints: [endpoint],
    state: () => ({ ...lampState(endpoint), mireds: endpoint.state.colorControl.colorTemperatureMireds }),
    async set(values) {
      await setLamp(endpoint, values);
      const mireds = numberIn(values, "mireds");
      if (mireds !== undefined)
        await endpoint.set({
          colorControl: { colorTemperatureMireds: Math.round(Math.max(153, Math.min(454, mireds))) },
        });
    },
  };
}
