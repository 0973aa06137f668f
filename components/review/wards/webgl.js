/* Says once that this browser cannot draw with WebGL, which the map that zooms needs; where it can, it says nothing. */

export default function ({ setStateValue }) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2");
  if (!context) return setStateValue("missing", true);
  // A browser holds few contexts at a time: this one is given back at once.
  context.getExtension("WEBGL_lose_context")?.loseContext();
}
