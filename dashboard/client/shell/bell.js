// The sound of a ring: a short two-tone beep, repeated until told to stop. Browsers allow sound after a first gesture.
// One bell for the page: what rings and "Test my bell" are the same sound.

const EVERY = 3000; // ms
const PATIENCE = 1000; // ms until the browser counts as not letting it sound
const TONES = [
  { delay: 0, pitch: 660 },
  { delay: 0.18, pitch: 880 },
]; // s, Hz

export class Bell {
  constructor() {
    /** @type {(beeps: number) => void} */
    this.played = () => {};
    this.beeps = 0;
    /** @type {AudioContext | null} */
    this.context = null;
    this.timer = 0;
    /** @type {Promise<void> | null} */
    this.making = null;
    this.wake = () => {
      this.making ??= this.make();
      if (this.context?.state === "suspended") this.context.resume();
    };
  }

  /** The context, made once the browser has its sound at hand: made before, it holds the page up for a tenth of a second. */
  async make() {
    await soundAtHand();
    const context = new AudioContext();
    this.context = context;
    context.addEventListener("statechange", () => {
      if (this.ringing) this.beep();
    });
    if (context.state === "suspended") context.resume();
  }

  /** From the first gesture on it may sound. @param {EventTarget} page */
  listen(page) {
    for (const gesture of ["pointerdown", "keydown"]) page.addEventListener(gesture, this.wake, true);
  }

  get ringing() {
    return this.timer !== 0;
  }

  /** Whether the browser lets it sound. */
  get audible() {
    return this.context?.state === "running";
  }

  /** @param {boolean} on */
  ring(on) {
    if (on === this.ringing) return;
    clearInterval(this.timer);
    this.timer = 0;
    if (on) {
      this.timer = setInterval(() => this.beep(), EVERY);
      this.beep();
    }
  }

  /** Sound once, as soon as the browser lets it; whether it did. */
  async test() {
    this.wake();
    await this.making;
    await Promise.race([this.context?.resume(), later(PATIENCE)]);
    return this.beep();
  }

  /** Sound once; whether it did. */
  beep() {
    if (!this.context || this.context.state !== "running") return false;
    const now = this.context.currentTime;
    for (const { delay, pitch } of TONES) this.tone(now + delay, pitch);
    this.beeps += 1;
    this.played(this.beeps);
    return true;
  }

  /**
   * @param {number} start
   * @param {number} pitch
   */
  tone(start, pitch) {
    const context = /** @type {AudioContext} */ (this.context);
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.2, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.16);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.17);
  }
}

/** Chromium starts its sound for whoever asks what devices there are, while the page goes on; nobody is asked for leave. */
async function soundAtHand() {
  const devices = globalThis.navigator?.mediaDevices; // none on an insecure page
  await Promise.race([devices?.enumerateDevices().catch(() => {}), later(PATIENCE)]);
}

/** @param {number} ms */
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
