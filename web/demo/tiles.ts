// The faces of a conference: a tile for each member, with their picture when there is one.

import { byId, el, paint, say } from './dom.js';
import type { Shows } from './letters.js';
import type { Devices, Lack } from './media.js';
import { words } from './words.js';

export class Tiles {
  private readonly tiles = new Map<string, HTMLElement>();

  /** meet has a tile for each of these, and for nobody else. */
  meet(accounts: string[], account: string): void {
    for (const [name, tile] of this.tiles) {
      if (accounts.includes(name)) continue;
      tile.remove();
      this.tiles.delete(name);
    }
    for (const name of accounts) if (!this.tiles.has(name)) this.add(name, name === account);
    byId('tiles').dataset['count'] = String(Math.min(accounts.length, 4));
  }

  own(account: string, devices: Devices | undefined, lack: Lack | undefined): void {
    const { microphone, camera } = devices?.shows ?? { microphone: false, camera: false };
    say(byId('room-lack'), lack ? words()[lack] : '');
    byId('room-mic').setAttribute('aria-pressed', String(!microphone));
    say(byId('room-mic-label'), microphone ? words().mute : words().unmute);
    byId('room-camera').setAttribute('aria-pressed', String(!camera));
    say(byId('room-camera-label'), camera ? words().cameraOff : words().cameraOn);
    if (devices?.camera) this.stream(account, devices.stream);
    this.shows(account, { microphone, camera });
  }

  stream(account: string, stream: MediaStream): void {
    const video = this.tiles.get(account)?.querySelector('video');
    if (!video || video.srcObject === stream) return;
    video.srcObject = stream;
    // Without a touch since the page was loaded there is no sound; any press in the page will do.
    video.play().catch(() => addEventListener('pointerdown', () => void video.play().catch(() => {}), { once: true }));
  }

  shows(account: string, { microphone, camera }: Shows): void {
    const tile = this.tiles.get(account);
    tile?.classList.toggle('dark', !camera);
    tile?.classList.toggle('muted', !microphone);
    tile?.querySelector('.tile-name')?.setAttribute('title', microphone ? '' : words().muted);
  }

  private add(name: string, mine: boolean): void {
    const face = el('span', { class: 'avatar large', 'aria-hidden': 'true' });
    paint(face, name);
    const video = el('video', { autoplay: '', playsinline: '', 'data-testid': `tile-${name}`, 'aria-label': name });
    video.muted = mine;
    const tile = el('div', { class: `tile dark${mine ? ' mine' : ''}`, 'data-account': name }, face, video, el('span', { class: 'tile-name' }, mine ? words().you(name) : name));
    this.tiles.set(name, tile);
    byId('tiles').append(tile);
  }
}
