/** The fireside corner that gave the house its name. */
export const Hearth = () => (
  <svg class="hearth" viewBox="0 0 32 32" aria-hidden="true">
    <path class="hearth-arch" d="M5 27V15a11 11 0 0 1 22 0v12h-5V15.500a6 6 0 0 0-12 0V27z" />
    <path
      class="hearth-fire"
      d="M16.300 16c2.900 2.500 4 4.700 4 6.800a4.300 4.300 0 0 1-8.600 0c0-1.500.7-2.700 1.700-3.700.2 1.100.8 1.800 1.400 2 0-1.900.3-3.500 1.500-5.100z"
    />
  </svg>
);
