const QUIET_MS = 3_000;
let last = Number.NEGATIVE_INFINITY;

/** A short soft tone, at most once in 3 s. Browsers stay silent until the visitor has pressed something here. */
export function chime(now = performance.now()): void {
  if (now - last < QUIET_MS) return;
  last = now;
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.08, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.4);
  tone.connect(volume).connect(context.destination);
  tone.onended = () => void context.close();
  tone.start();
  tone.stop(context.currentTime + 0.4);
}
