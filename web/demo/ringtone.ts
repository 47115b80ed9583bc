// The sounds of ringing, made by WebAudio: two notes for who is rung, one long
// low tone for who rings. Browsers play nothing before the person has touched the page.

type Tune = 'incoming' | 'outgoing';

/** Each note: Hz, when it starts in its bar, how long; seconds. */
const tunes: Record<Tune, { bar: number; notes: [number, number, number][] }> = {
  incoming: { bar: 3, notes: [[659, 0, 0.22], [784, 0.2, 0.22], [988, 0.4, 0.45], [659, 1, 0.22], [784, 1.2, 0.22], [988, 1.4, 0.45]] },
  outgoing: { bar: 4, notes: [[425, 0, 1]] },
};
const LOUD = 0.08;

export class Ringtone {
  private context: AudioContext | undefined;
  private playing: { tune: Tune; timer: ReturnType<typeof setInterval>; gain: GainNode } | undefined;

  /** play plays a tune until it is asked for another, or for none. */
  play(tune: Tune | undefined): void {
    if (this.playing?.tune === tune) return;
    if (this.playing) {
      clearInterval(this.playing.timer);
      this.playing.gain.disconnect();
      this.playing = undefined;
    }
    if (!tune || !navigator.userActivation?.hasBeenActive) return;
    const context = (this.context ??= new AudioContext());
    void context.resume();
    const gain = new GainNode(context, { gain: LOUD });
    gain.connect(context.destination);
    const bar = (): void => {
      for (const note of tunes[tune].notes) sound(context, gain, ...note);
    };
    bar();
    this.playing = { tune, gain, timer: setInterval(bar, tunes[tune].bar * 1000) };
  }
}

/** sound plays one note that swells and fades, so that it does not click. */
function sound(context: AudioContext, out: AudioNode, frequency: number, starts: number, lasts: number): void {
  const at = context.currentTime + starts;
  const swell = new GainNode(context, { gain: 0 });
  swell.gain.setValueAtTime(0, at);
  swell.gain.linearRampToValueAtTime(1, at + 0.03);
  swell.gain.setValueAtTime(1, at + lasts - 0.08);
  swell.gain.linearRampToValueAtTime(0, at + lasts);
  const note = new OscillatorNode(context, { frequency, type: 'sine' });
  note.connect(swell).connect(out);
  note.start(at);
  note.stop(at + lasts);
}
