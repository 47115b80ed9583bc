// This page's own microphone and camera. What is missing or not allowed is gone
// without: a call without a camera has sound, and one without both still stands.

import type { Shows } from './letters.js';

/** Why something is missing. */
export type Lack =
  /** The page is not on https or localhost, so the browser offers no devices. */
  | 'insecure'
  /** The server of this page lets it use no devices (its Permissions-Policy). */
  | 'forbidden'
  | 'camera-denied'
  | 'camera-missing'
  | 'microphone-missing'
  | 'denied'
  | 'missing';

const PICTURE: MediaTrackConstraints = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24 }, facingMode: 'user' };
const SOUND: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true };

export class Devices {
  readonly stream = new MediaStream();
  private closed = false;

  /** open asks for what a call wants, and answers what is missing of it. */
  async open(video: boolean): Promise<Lack | undefined> {
    const barred = barring();
    if (barred) return barred;
    if (!video) return (await this.take({ audio: SOUND })) ? lacking(this.why, 'denied', 'missing') : undefined;
    if (!(await this.take({ audio: SOUND, video: PICTURE }))) return undefined;
    const both = this.why;
    if (!(await this.take({ audio: SOUND }))) return lacking(both, 'camera-denied', 'camera-missing');
    if (!(await this.take({ video: PICTURE }))) return 'microphone-missing';
    return lacking(both, 'denied', 'missing');
  }

  get shows(): Shows {
    return { microphone: on(this.microphone), camera: on(this.camera) };
  }

  get microphone(): MediaStreamTrack | undefined {
    return this.stream.getAudioTracks()[0];
  }

  get camera(): MediaStreamTrack | undefined {
    return this.stream.getVideoTracks()[0];
  }

  /** mute keeps the microphone, so that it is back at once. */
  mute(muted: boolean): void {
    if (this.microphone) this.microphone.enabled = !muted;
  }

  /** lookAway lets the camera go, and its light off. */
  lookAway(): void {
    for (const track of this.stream.getVideoTracks()) {
      track.stop();
      this.stream.removeTrack(track);
    }
  }

  /** look takes the camera again, also in a call that began without. It answers why not. */
  async look(): Promise<Lack | undefined> {
    const barred = barring();
    if (barred) return barred;
    return (await this.take({ video: PICTURE })) ? lacking(this.why, 'camera-denied', 'camera-missing') : undefined;
  }

  close(): void {
    this.closed = true;
    for (const track of this.stream.getTracks()) track.stop();
  }

  private why = '';

  /** take answers whether it failed; `why` says how. */
  private async take(wanted: MediaStreamConstraints): Promise<boolean> {
    try {
      const given = await navigator.mediaDevices.getUserMedia(wanted);
      for (const track of given.getTracks()) {
        if (this.closed) track.stop();
        else this.stream.addTrack(track);
      }
      return false;
    } catch (error) {
      this.why = (error as DOMException).name;
      return true;
    }
  }
}

/** loaded resolves when the page has loaded: media that are shown earlier would hold that up. */
export function loaded(): Promise<unknown> {
  return document.readyState === 'complete' ? Promise.resolve() : new Promise((resolve) => addEventListener('load', resolve, { once: true }));
}

/** barring says why this page cannot even ask. Where the browser does not tell, asking does. */
function barring(): Lack | undefined {
  if (!navigator.mediaDevices) return 'insecure';
  const { featurePolicy } = document as Document & { featurePolicy?: { allowsFeature(name: string): boolean } };
  return featurePolicy?.allowsFeature('microphone') === false ? 'forbidden' : undefined;
}

function lacking(why: string, denied: Lack, missing: Lack): Lack {
  return why === 'NotAllowedError' || why === 'SecurityError' ? denied : missing;
}

const on = (track: MediaStreamTrack | undefined): boolean => track?.enabled === true && track.readyState === 'live';
