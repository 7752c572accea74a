import { capability } from "../capability.ts";
import { seconds } from "./shapes.ts";

export const mediaPlayback = capability({
  name: "mediaPlayback",
  label: "Player",
  matter: "MediaPlayback",
  attributes: {
    currentState: { type: "enum", values: ["playing", "paused", "notPlaying", "buffering"], label: "Plays" },
    playbackSpeed: { type: "number", unit: "1", min: -1000, max: 1000, label: "Speed" },
    duration: { ...seconds, label: "Length" },
    position: { ...seconds, label: "At", ours: true },
  },
  commands: {
    play: { label: "Play", args: {}, wants: () => ({ currentState: "playing" }) },
    pause: { label: "Pause", args: {}, wants: () => ({ currentState: "paused" }) },
    stop: { label: "Stop", args: {}, wants: () => ({ currentState: "notPlaying" }) },
    previous: { label: "Previous", args: {}, wants: () => ({}) },
    next: { label: "Next", args: {}, wants: () => ({}) },
    startOver: { label: "From the start", args: {}, wants: () => ({}) },
  },
});
