let audio: AudioContext | undefined;

/** Browsers let a page sound only after somebody used it. */
export function allowSound(): void {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume();
}

/** Two short soft tones, made here: no file is loaded. */
export function playTone(): void {
  if (audio?.state !== 'running') return;
  for (const [at, hertz] of [
    [0, 660],
    [0.14, 880],
  ] as const) {
    const start = audio.currentTime + at;
    const tone = new OscillatorNode(audio, { frequency: hertz });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.linearRampToValueAtTime(0.12, start + 0.02);
    volume.gain.linearRampToValueAtTime(0, start + 0.12);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.13);
  }
}
