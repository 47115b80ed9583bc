// What is seen of a call: the other side's picture, one's own in the corner, and
// a line that says what is missing. Sound comes from the same element, seen or not.

import { byId, say } from './dom.js';
import type { Shows } from './letters.js';
import type { Devices, Lack } from './media.js';
import { words } from './words.js';

export class Pictures {
  private readonly theirs = byId<HTMLVideoElement>('theirs');
  private readonly mine = byId<HTMLVideoElement>('mine');
  private shown: Shows | undefined;
  private state: RTCPeerConnectionState = 'new';

  constructor() {
    byId('hear').addEventListener('click', () => void this.play());
    this.theirs.addEventListener('resize', () => this.fit());
  }

  /** own shows this page's devices, and what is lacking. */
  own(devices: Devices | undefined, lack?: Lack): void {
    // An empty stream would hold up the page's load event after a reload.
    const stream = devices?.camera ? devices.stream : null;
    if (this.mine.srcObject !== stream) this.mine.srcObject = stream;
    const { microphone, camera } = devices?.shows ?? { microphone: false, camera: false };
    this.mine.hidden = !camera;
    toggle('mic', !microphone, microphone ? words().mute : words().unmute);
    toggle('camera', !camera, camera ? words().cameraOff : words().cameraOn);
    byId<HTMLButtonElement>('mic').disabled = !devices?.microphone;
    say(byId('lack'), lack ? words()[lack] : '');
  }

  /** stream shows what the other side sends; undefined: no more. */
  stream(stream: MediaStream | undefined): void {
    this.theirs.srcObject = stream ?? null;
    if (stream) void this.play();
    else {
      this.shown = undefined;
      this.state = 'new';
      byId('hear').hidden = true;
    }
    this.fit();
  }

  /** shows: the other side turned something on or off. */
  shows(shows: Shows, peer: string): void {
    this.shown = shows;
    this.note(peer);
    this.fit();
  }

  changed(state: RTCPeerConnectionState, peer: string): void {
    this.state = state;
    this.note(peer);
    this.fit();
  }

  note(peer: string): void {
    const w = words();
    const line = { new: w.reaching(peer), connecting: w.reaching(peer), disconnected: w.reaching(peer), failed: w.unreachable(peer) }[this.state as string];
    say(byId('media-note'), line ?? (this.shown && !this.shown.microphone ? w.theyAreMuted(peer) : ''));
  }

  /** fit gives the stage to the picture when there is one. */
  private fit(): void {
    const seen = this.theirs.srcObject !== null && this.state === 'connected' && this.shown?.camera === true && this.theirs.videoWidth > 0;
    byId('stage').classList.toggle('pictured', seen);
  }

  /** play may have to wait for a touch: browsers play no sound to somebody who has not done anything yet. */
  private async play(): Promise<void> {
    try {
      await this.theirs.play();
      byId('hear').hidden = true;
    } catch (error) {
      byId('hear').hidden = (error as DOMException).name !== 'NotAllowedError';
    }
  }
}

function toggle(id: string, off: boolean, label: string): void {
  byId(id).setAttribute('aria-pressed', String(off));
  say(byId(`${id}-label`), label);
}
