// The sound of an answer. Browsers let a page sound once somebody has touched it; before that it stays silent.

const NOTES = [660, 880]; // Hz
const EACH = 0.14; // seconds

/** @type {AudioContext | undefined} */
let context;

let asked = false;

/** From the first touch on there may be sound. */
export function listen() {
  const ready = () => {
    if (!asked) make();
    if (context?.state === "suspended") context.resume().catch(() => {});
  };
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, ready, { capture: true, passive: true });
}

/** Chromium starts its sound for whoever asks what devices there are, and nobody is asked for leave; a context made before that holds the page up. */
async function make() {
  asked = true;
  await navigator.mediaDevices?.enumerateDevices().catch(() => {}); // there are none on an insecure page
  context = new AudioContext();
  if (context.state === "suspended") context.resume().catch(() => {});
}

/** Two soft notes. */
export function chime() {
  if (context?.state !== "running") return;
  for (const [index, pitch] of NOTES.entries()) note(context, pitch, context.currentTime + index * EACH);
}

/** @param {AudioContext} audio @param {number} pitch @param {number} at */
function note(audio, pitch, at) {
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.12, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + EACH * 2);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + EACH * 2);
}
